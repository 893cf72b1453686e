/** A cluster of the twin that is talked with: each command is a line, and what is heard are the labels that belong to the plot. */
import type { InjectionName } from "../../../../impl/raft-upgrade/injections.ts"
import { Cluster, type ClusterOptions } from "../../../../impl/raft-upgrade/node/local-cluster.ts"
import type { RaftUpgradeLabel } from "../../../../spec/raft-upgrade/labels.ts"
import { Deeds, TalkProblem } from "../../../talk/deeds.ts"
import { judged } from "../judged.ts"
import { heardOf, more } from "./heard.test-support.ts"

const seconds = 120

export class TalkCluster {
  readonly #options: ClusterOptions
  #cluster: Cluster | undefined
  #heard = 0
  #isPlotTold = true
  readonly #also = new Set<RaftUpgradeLabel["_tag"]>()
  readonly #deeds = new Deeds()

  constructor(options: ClusterOptions) {
    this.#options = options
  }

  /** Throws where there is no cluster yet. */
  get cluster(): Cluster {
    if (this.#cluster === undefined) throw new TalkProblem("there is no cluster yet")
    return this.#cluster
  }

  /** Begins with these nodes, none of which runs. */
  async begin(nodes: ReadonlyArray<string>, supports: boolean): Promise<void> {
    if (this.#cluster !== undefined) throw new TalkProblem("there is a cluster already")
    this.#cluster = await Cluster.start({ ...this.#options, nodes, supports })
  }

  /** From now on only answers to questions are told, or everything again. */
  beBrief(isBrief: boolean): void {
    this.#isPlotTold = !isBrief
  }

  /** From now on labels of a kind are told that are left out otherwise. */
  tellOf(kind: string): void {
    const tags = more[kind]
    if (tags === undefined) throw new TalkProblem(`"${kind}" is none of ${Object.keys(more).join(", ")}`)
    for (const tag of tags) this.#also.add(tag)
  }

  /** Begins something, and lets everything happen that can without time passing. */
  perform(what: string, deed: (cluster: Cluster) => Promise<string | undefined>): Promise<void> {
    const { cluster } = this
    return this.#deeds.perform(
      what,
      () => deed(cluster),
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

  /** Lets time pass until something is so. A cluster that does not come to it is wrong. */
  until(what: string, isSo: (cluster: Cluster) => boolean): Promise<void> {
    const { cluster } = this
    return this.#deeds.until(what, () => cluster.until(() => isSo(cluster), seconds))
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
