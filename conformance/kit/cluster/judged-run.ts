/** One run of a cluster, whatever its protocol: deeds are done to it, events are chosen, and the laws hear of everything. */
import type { Law } from "../../../spec/law.ts"
import type { BrokenLaw } from "../law-memories.ts"
import { ClusterJudge } from "./cluster-judge.ts"
import type { ClusterLife, Event, Fate } from "./cluster-life.ts"

/** What stands for a law where an implementation rejects something that nobody expects. */
export const noDefects = "no defects"

/** What the kit knows of a cluster from what it did and heard. A protocol says what else it takes notice of. */
export abstract class JudgedRun<L, Deed, Life extends ClusterLife<L, Deed> = ClusterLife<L, Deed>> {
  readonly cluster: Life
  /** Events that were put aside: they do not happen before they are taken up again. */
  readonly held = new Set<number>()
  broken: ReadonlyArray<BrokenLaw> = []
  readonly #judge: ClusterJudge<L>
  #read = 0

  constructor(cluster: Life, laws: ReadonlyArray<Law<L>>) {
    this.cluster = cluster
    this.#judge = new ClusterJudge(laws)
  }

  /** Takes notice of something that the cluster has told. */
  protected abstract heard(label: L): void
  /** Takes notice of something that is about to be done to the cluster. */
  protected abstract noted(deed: Deed): void

  get isOver(): boolean {
    return this.broken.length > 0
  }

  get labels(): ReadonlyArray<L> {
    return this.cluster.labels
  }

  /** What could happen next and was not put aside. */
  get ready(): ReadonlyArray<Event> {
    return this.cluster.waiting.filter(({ id }) => !this.held.has(id))
  }

  get aside(): ReadonlyArray<Event> {
    return this.cluster.waiting.filter(({ id }) => this.held.has(id))
  }

  async happen(event: Event, fate?: Fate): Promise<void> {
    this.held.delete(event.id)
    await this.cluster.happen(event, fate)
    this.hear()
  }

  /** Lets events happen in the order in which they were announced, as long as there are any and no law is broken. */
  async work(most: number): Promise<void> {
    for (let turn = 0; turn < most && !this.isOver; turn++) {
      const [next] = this.ready
      if (next === undefined) return
      await this.happen(next)
    }
  }

  async perform(deed: Deed): Promise<void> {
    this.noted(deed)
    await this.cluster.perform(deed)
    this.hear()
  }

  /** Judges what came since, and takes notice of it. */
  hear(): void {
    const { labels } = this
    this.broken = [...this.broken, ...this.#judge.judge(labels)]
    const [defect] = this.cluster.defects
    if (defect !== undefined && this.broken.every(({ law }) => law !== noDefects))
      this.broken = [...this.broken, { law: noDefects, why: defect }]
    for (; this.#read < labels.length; this.#read++) this.heard(labels[this.#read]!)
  }

  /** Who waits for what, by the laws that say that waiting ends. */
  get pending(): ReadonlyArray<BrokenLaw> {
    return this.#judge.pending()
  }

  /** Who still waits, where nobody should. */
  judgeWaiting(): void {
    this.broken = [...this.broken, ...this.pending]
  }
}
