/** A cluster that is talked with: each command is a line, and what is heard are the labels that belong to the plot. */
import type { ClusterLabel } from "../../../../../spec/sessions/labels.ts"
import { StreamPath } from "../../../../../spec/sessions/messages.ts"
import { NodeId } from "../../../../../spec/sessions/metadata.ts"
import type { Event } from "../../../cluster/cluster-life.ts"
import { ClusterRun } from "../cluster-run.ts"
import { tabletOn } from "../cluster-setups.ts"
import type { ClusterAdapter } from "../cluster-under-test.ts"
import { describeLabel } from "../cluster-words.ts"

/** A line that means nothing, or that cannot be done where it stands. */
export class TalkProblem extends Error {
  override readonly name = "TalkProblem"
}

const untold: ReadonlySet<ClusterLabel["_tag"]> = new Set([
  "ShardCommitted",
  "BarrierBegan",
  "CommandAccepted",
  "Entered",
  "Left",
  "Forgotten",
  "RequestBegan"
])

/** Whether a reader of the plot wants to hear of it: what succeeds as it should, he takes for granted. */
const isPlot = (label: ClusterLabel): boolean => {
  if (untold.has(label._tag)) return false
  if (label._tag === "Served" || label._tag === "CommandAnswered") return label.reason !== null
  return label._tag !== "BarrierEnded" || !label.ok
}

const seconds = 60
const mostAtOnce = 5_000

export class TalkCluster {
  readonly #adapter: ClusterAdapter
  #run: ClusterRun | undefined
  #heard = 0
  #isPlotTold = true

  constructor(adapter: ClusterAdapter) {
    this.#adapter = adapter
  }

  /** The run of the last cluster. Throws where there is none yet. */
  get run(): ClusterRun {
    if (this.#run === undefined) throw new TalkProblem("there is no cluster yet")
    return this.#run
  }

  get isThere(): boolean {
    return this.#run !== undefined
  }

  /** Whether nothing can happen before somebody does something, or time passes. */
  get isQuiet(): boolean {
    return this.run.ready.length === 0
  }

  /** Begins anew with a cluster such as `A B C: t1 on A.0 B.0; t2 on C.1`. */
  async begin(nodes: string, tablets: string, path: string): Promise<void> {
    await this.end()
    const setup = {
      nodes: nodes.split(" ").map((name) => NodeId.make(name)),
      shards: 2,
      tablets: tablets.split("; ").map((text) => {
        const [name = "", replicas = ""] = text.split(" on ")
        return tabletOn(name, ...replicas.split(" "))
      }),
      streamPath: StreamPath.make(path === "files" ? "files" : "mutations")
    }
    this.#run = new ClusterRun(setup, await this.#adapter.start(setup))
    await this.run.work(mostAtOnce)
    this.#heard = this.run.labels.length
  }

  async end(): Promise<void> {
    await this.#run?.cluster.stop()
    this.#run = undefined
  }

  /** From now on nothing is told but answers to questions. */
  beBrief(): void {
    this.#isPlotTold = false
  }

  /** What happened since it was last asked, and every law that was broken by it. */
  news(): ReadonlyArray<string> {
    const { labels, broken } = this.run
    const fresh = labels.slice(this.#heard)
    const lines = fresh.flatMap((label, at) =>
      this.#isPlotTold && isPlot(label) ? describeLabel(label, labels.slice(0, this.#heard + at)) : []
    )
    this.#heard = labels.length
    return [
      ...lines.filter((line) => !line.includes(": nothing new") && !/: fence [0-9]+ \(/.test(line)),
      ...broken.map(({ law, why }) => `${law} is broken: ${why}`)
    ]
  }

  /** Lets everything happen in order, and time pass where nothing else is left, until something is so. */
  async until(what: string, isSo: () => boolean): Promise<void> {
    for (let second = 0; second < seconds && !isSo(); second++) {
      if (second > 0) await this.run.perform({ _tag: "PassTime", milliseconds: 1000 })
      for (let turn = 0; turn < mostAtOnce && !isSo() && this.run.ready.length > 0; turn++) await this.run.work(1)
    }
    const waiting = this.run.pending.map(({ why }) => why)
    if (!isSo()) throw new TalkProblem(`it does not come to pass that ${what}; ${waiting.join(", ")}`)
  }

  quiet(): Promise<void> {
    return this.run.work(mostAtOnce)
  }

  /** The first event of a name. Throws where there is none. */
  event(name: string, among: ReadonlyArray<Event> = this.run.cluster.waiting): Event {
    const found = among.find((event) => event.name === name)
    if (found === undefined)
      throw new TalkProblem(`"${name}" does not wait to happen; there is ${among.map((one) => one.name).join(", ")}`)
    return found
  }
}
