/**
 * A build that is struck at one of its points, for each of them.
 *
 * Everything happens in the order in which it was announced, so that a build is the same whenever it is run, and a point of it is
 * a number: so many things have happened before. What happens is that a message or an answer arrives, that a node asks group 0,
 * commits to it, hears of that or applies it, that something is on disk, that a batch goes on, or that time passes where nothing
 * else is left to happen.
 */
import type { NodeId } from "../../../../spec/metadata.ts"
import { TableId, Token, ViewId } from "../../../../spec/view-building/ids.ts"
import type { ViewBuildingLabel } from "../../../../spec/view-building/labels.ts"
import type { BaseRow } from "../../../../spec/view-building/messages.ts"
import type { BrokenLaw } from "../../law-memories.ts"
import { ClusterRun } from "./cluster-run.ts"
import { threeNodesOfOneShard } from "./cluster-setups.ts"
import type { ClusterAdapter } from "./cluster-under-test.ts"
import type { Strike } from "./failover-strikes.ts"

/** What came of one build. */
export interface StruckBuild {
  /** How many things happened in it. */
  readonly points: number
  readonly labels: ReadonlyArray<ViewBuildingLabel>
  readonly broken: ReadonlyArray<BrokenLaw>
  /** What some node's replica of a view lacks or has too much of in the end. */
  readonly wrongRows: ReadonlyArray<string>
}

/** What came of a build that was struck at each of its points, once for each. */
export interface StruckEverywhere {
  /** How many points the build has where nothing strikes it. */
  readonly points: number
  /** At how many of them it was struck. */
  readonly struckAt: number
  /** What went wrong, and at which point the build was struck. */
  readonly wrong: ReadonlyArray<{ readonly point: number; readonly what: ReadonlyArray<string> }>
}

/** Longer than this no build takes. */
const mostPoints = 20_000
/** As often as a coordinator collects, so that nothing that waits for time is passed over. */
const tickMs = 200
/** A build that is not over then waits for something that never comes. */
const mostMs = 60_000

/** Strikes the build at every point, or at every so many. It ends early at the first that goes wrong where `once` is set. */
export const strikeEverywhere = async (
  adapter: ClusterAdapter,
  strike: Strike,
  { once = false, every = 1 }: { readonly once?: boolean; readonly every?: number } = {}
): Promise<StruckEverywhere> => {
  const { points, ...plain } = await build(adapter)
  const wrong: Array<StruckEverywhere["wrong"][number]> = []
  if (whatIsWrong(plain).length > 0) wrong.push({ point: -1, what: whatIsWrong(plain) })
  let struckAt = 0
  for (let point = 0; point < points && !(once && wrong.length > 0); point += every) {
    const struck = await build(adapter, strike, point)
    struckAt++
    const what = whatIsWrong(struck)
    if (what.length > 0) wrong.push({ point, what })
  }
  return { points, struckAt, wrong }
}

const whatIsWrong = ({ broken, wrongRows, labels }: Omit<StruckBuild, "points">): ReadonlyArray<string> => [
  ...broken.map(({ law, why }) => `${law}: ${why}`),
  ...wrongRows,
  ...doneAgain(labels)
]

/** Tasks that a shard has set out to do more than once without having forgotten the first time, and sstables processed twice. */
export const doneAgain = (labels: ReadonlyArray<ViewBuildingLabel>): ReadonlyArray<string> => {
  const begun = new Map<NodeId, Set<string>>()
  const note = (node: NodeId, what: string): ReadonlyArray<string> => {
    const known = begun.get(node) ?? new Set()
    const isKnown = known.has(what)
    begun.set(node, known.add(what))
    return isKnown ? [`${node} does ${what} again`] : []
  }
  return labels.flatMap((label) => {
    if (label._tag === "Stopped") begun.delete(label.node)
    if (label._tag === "SstableProcessed") return note(label.node, label.sstable)
    return label._tag === "BatchBegan" ? label.tasks.flatMap((task) => note(label.node, `task ${task}`)) : []
  })
}

/** Runs a build that is struck when so many things have happened in it; nowhere where no point is given. */
export const build = async (adapter: ClusterAdapter, strike?: Strike, point = 0): Promise<StruckBuild> => {
  const cluster = await adapter.start(threeNodesOfOneShard)
  try {
    const run = new ClusterRun(threeNodesOfOneShard, cluster)
    const story = new Build(run, strike, point)
    await story.begin()
    const points = await story.goOn()
    const wrongRows = run.isOver ? [] : wrongRowsOf(run)
    return { points, labels: run.labels, broken: run.broken, wrongRows }
  } finally {
    await cluster.stop()
  }
}

/** In the end every node has every row in its replica of every view. */
const wrongRowsOf = ({ setup, cluster }: ClusterRun): ReadonlyArray<string> => {
  const due = [...rows, staged].map(({ key, value }) => `${key}=${value}`).join()
  return setup.nodes.flatMap((node) =>
    views.flatMap((view) => {
      const has = cluster.viewRows(node, view).map(({ key, value }) => `${key}=${value}`)
      return has.join() === due ? [] : [`${view} on ${node} has [${has.join()}] and not [${due}]`]
    })
  )
}

class Build {
  readonly #run: ClusterRun
  readonly #strike: Strike | undefined
  readonly #point: number
  #passed = 0
  #mendsAt = Number.POSITIVE_INFINITY
  #hasLoaded = false

  constructor(run: ClusterRun, strike: Strike | undefined, point: number) {
    this.#run = run
    this.#strike = strike
    this.#point = point
  }

  /** The base has rows before there is a view of it. */
  async begin(): Promise<void> {
    const run = this.#run
    // What is asked of a node that falls is asked of nobody any more, so it is asked of one that nothing strikes.
    const at = run.setup.nodes.at(-1)!
    await run.work(mostPoints)
    for (const row of rows) await run.perform({ _tag: "Write", at, base, row })
    await run.work(mostPoints)
    for (const view of views) await run.perform({ _tag: "Order", at, order: { _tag: "CreateView", base, view } })
  }

  /** Until everybody is idle. How many things have happened. */
  async goOn(): Promise<number> {
    const run = this.#run
    for (let points = 0; points < mostPoints && !run.isOver; points++) {
      if (points === this.#point) await this.#isStruck()
      if (this.#passed >= this.#mendsAt) await this.#mends()
      await this.#load()
      const [next] = run.cluster.waiting
      if (next !== undefined) await run.happen(next)
      else if (this.#isOver) return points
      else await this.#tick()
    }
    return mostPoints
  }

  get #isOver(): boolean {
    const run = this.#run
    if (this.#mendsAt !== Number.POSITIVE_INFINITY) return false
    if (this.#passed < mostMs) return run.isIdle()
    run.judgeWaiting()
    return true
  }

  async #tick(): Promise<void> {
    this.#passed += tickMs
    await this.#run.perform({ _tag: "PassTime", milliseconds: tickMs })
  }

  async #isStruck(): Promise<void> {
    await this.#strike?.happens(this.#run)
    const after = this.#strike?.after
    if (after !== undefined) this.#mendsAt = this.#passed + after.ms
  }

  async #mends(): Promise<void> {
    this.#mendsAt = Number.POSITIVE_INFINITY
    await this.#strike?.after?.mends(this.#run)
  }

  /** A row comes from elsewhere while something is being built, so that it goes into staging. */
  async #load(): Promise<void> {
    if (this.#hasLoaded || !this.#run.labels.some(({ _tag }) => _tag === "AttemptBegan")) return
    this.#hasLoaded = true
    await this.#run.perform({ _tag: "Load", base, row: staged })
  }
}

const row = (key: string, token: number, timestamp: number): BaseRow => ({
  key,
  timestamp,
  value: `${key}${timestamp}`,
  token: Token.make(token)
})

const base = TableId.make("t")
const views = ["v", "w"].map((view) => ViewId.make(view))
const rows = [row("a", 1, 1), row("b", 9, 2)]
const staged = row("s", 3, 3)
