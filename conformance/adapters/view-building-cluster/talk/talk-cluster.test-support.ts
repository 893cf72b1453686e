/** A cluster of the twin that is talked with: each command is a line, and what is heard are the labels that belong to the plot. */

import type { InjectionName } from "../../../../impl/view-building/injections.ts"
import type { ViewBuildingLabel } from "../../../../spec/view-building/labels.ts"
import type { BaseRow } from "../../../../spec/view-building/messages.ts"
import { Deeds, TalkProblem } from "../../../talk/deeds.ts"
import { judged } from "../judged.test-support.ts"
import { heardOf, more } from "./heard.test-support.ts"
import { Cluster, type ClusterOptions, token } from "./twin.test-support.ts"

const seconds = 120

export class TalkCluster {
  readonly #options: ClusterOptions
  #cluster: Cluster | undefined
  #heard = 0
  #isPlotTold = true
  readonly #also = new Set<ViewBuildingLabel["_tag"]>()
  #timestamp = 0
  readonly #deeds = new Deeds()

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

  /** Begins something, and lets everything happen that can without time passing. */
  perform(what: string, deed: () => Promise<unknown>): Promise<void> {
    const { cluster } = this
    return this.#deeds.perform(
      what,
      async () => {
        await deed()
        return undefined
      },
      () => cluster.flush()
    )
  }

  place(name: InjectionName, nodes: ReadonlyArray<string>, how: "on" | "once" | "off"): void {
    for (const node of nodes) {
      const { injections } = this.cluster.member(node)
      if (how === "off") injections.disable(name)
      else injections.enable(name, { once: how === "once" })
    }
  }

  /** Lets time pass until something is so, or until everything is done. */
  async until(what: string, isSo?: (cluster: Cluster) => boolean): Promise<void> {
    const { cluster } = this
    await this.#deeds.until(what, async () => {
      await (isSo === undefined ? cluster.settle(seconds) : cluster.until(() => isSo(cluster), seconds))
    })
  }

  /** What happened since it was last asked. */
  news(): ReadonlyArray<string> {
    const { labels } = this.cluster
    const fresh = labels.slice(this.#heard)
    this.#heard = labels.length
    return [...(this.#isPlotTold ? heardOf(fresh, this.#also) : []), ...this.#deeds.news()]
  }

  /** What was wrong with all of it: laws that were broken, what was waited for in vain, and what nobody foresaw. */
  faults(): ReadonlyArray<string> {
    const { labels, defects } = this.cluster
    return [...judged(labels), ...this.#deeds.missed, ...defects.map((defect) => `nobody foresaw ${String(defect)}`)]
  }
}
