/** A cluster of the twin that is talked with: each command is a line, and what is heard are the labels that belong to the plot. */

import type { InjectionName } from "../../../../impl/view-building/injections.ts"
import type { ViewBuildingLabel } from "../../../../spec/view-building/labels.ts"
import type { BaseRow } from "../../../../spec/view-building/messages.ts"
import { judged } from "../judged.test-support.ts"
import { heardOf, more } from "./heard.test-support.ts"
import { Cluster, type ClusterOptions, token } from "./twin.test-support.ts"

/** A line that means nothing, or that cannot be done where it stands. */
export class TalkProblem extends Error {
  override readonly name = "TalkProblem"
}

const seconds = 120

export class TalkCluster {
  readonly #options: ClusterOptions
  #cluster: Cluster | undefined
  #heard = 0
  #isPlotTold = true
  readonly #also = new Set<ViewBuildingLabel["_tag"]>()
  #timestamp = 0
  /** What became of commands that had to wait, such as a truncation. */
  readonly #told: Array<string> = []
  /** What was waited for in vain. */
  readonly #missed: Array<string> = []

  constructor(options: ClusterOptions) {
    this.#options = options
  }

  /** Throws where there is no cluster yet. */
  get cluster(): Cluster {
    if (this.#cluster === undefined) throw new TalkProblem("there is no cluster yet")
    return this.#cluster
  }

  /** Begins with these nodes, of which the first leads. */
  async begin(nodes: ReadonlyArray<string>): Promise<void> {
    if (this.#cluster !== undefined) throw new TalkProblem("there is a cluster already")
    this.#cluster = await Cluster.start({ ...this.#options, nodes })
  }

  /** From now on nothing is told but answers to questions. */
  beBrief(): void {
    this.#isPlotTold = false
  }

  /** From now on labels of a kind are told that are left out otherwise. */
  tellOf(kind: string): void {
    const tags = more[kind]
    if (tags === undefined) throw new TalkProblem(`"${kind}" is none of ${Object.keys(more).join(", ")}`)
    for (const tag of tags) this.#also.add(tag)
  }

  /** The next write of a key. Timestamps rise with each. */
  row(key: string, value: string | null, at: number): BaseRow {
    return { key, value, timestamp: ++this.#timestamp, token: token(at) }
  }

  /** Begins something, and lets everything happen that can without time passing. What is not over by then is heard of later. */
  async perform(what: string, deed: (cluster: Cluster) => Promise<unknown>): Promise<void> {
    let hasToWait = false
    let isOver = false
    let problem: TalkProblem | undefined
    const ends = (how?: string): void => {
      isOver = true
      if (hasToWait || how !== undefined) this.#told.push(`"${what}" ${how ?? "is over"}`)
    }
    deed(this.cluster).then(
      () => ends(),
      (error: unknown) => {
        if (error instanceof TalkProblem) problem = error
        ends(`fails: ${error instanceof Error ? error.message : String(error)}`)
      }
    )
    await this.cluster.flush()
    if (problem !== undefined) throw problem
    hasToWait = !isOver
    if (hasToWait) this.#told.push(`"${what}" has to wait`)
  }

  place(name: InjectionName, nodes: ReadonlyArray<string>, how: "on" | "once" | "off"): void {
    for (const node of nodes) {
      const { injections } = this.cluster.member(node)
      if (how === "off") injections.disable(name)
      else injections.enable(name, { once: how === "once" })
    }
  }

  /** Lets time pass until something is so, or until everything is done. A cluster that does not come to it is wrong. */
  async until(what: string, isSo?: (cluster: Cluster) => boolean): Promise<void> {
    const { cluster } = this
    try {
      await (isSo === undefined ? cluster.settle(seconds) : cluster.until(() => isSo(cluster), seconds))
    } catch {
      const told = `"${what}" does not come to pass`
      this.#told.push(told)
      this.#missed.push(told)
    }
  }

  /** What happened since it was last asked. */
  news(): ReadonlyArray<string> {
    const { labels } = this.cluster
    const fresh = labels.slice(this.#heard)
    this.#heard = labels.length
    return [...(this.#isPlotTold ? heardOf(fresh, this.#also) : []), ...this.#told.splice(0)]
  }

  /** What was wrong with all of it: laws that were broken, what was waited for in vain, and what nobody foresaw. */
  faults(): ReadonlyArray<string> {
    const { labels, defects } = this.cluster
    return [...judged(labels), ...this.#missed, ...defects.map((defect) => `nobody foresaw ${String(defect)}`)]
  }
}
