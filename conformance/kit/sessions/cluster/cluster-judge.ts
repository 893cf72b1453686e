/** Judging what a cluster tells: every history law at every label, and at the end who still waits. */
import type { HistoryLaw, Law, LeadsToLaw, Memory } from "../../../../spec/law.ts"
import { type BrokenLaw, historyLaws } from "../../law-memories.ts"

export type Pending = BrokenLaw

/** Judges one run. It keeps one memory for all laws that follow it, and reads no label twice. */
export class ClusterJudge<L> {
  private readonly laws: ReadonlyArray<HistoryLaw<L>>
  private readonly waiting: ReadonlyArray<LeadsToLaw<L>>
  private readonly memories: Map<Memory<unknown, L>, unknown>
  private read = 0

  constructor(laws: ReadonlyArray<Law<L>>) {
    this.laws = historyLaws(laws)
    this.waiting = laws.filter((law): law is LeadsToLaw<L> => law.modality === "leadsTo")
    this.memories = new Map([...this.laws, ...this.waiting].map(({ follows }) => [follows, follows.init]))
  }

  /** What the labels break that came since it was last asked: each law once, with what was noticed first. */
  judge(labels: ReadonlyArray<L>): ReadonlyArray<BrokenLaw> {
    const broken: Array<BrokenLaw> = []
    for (; this.read < labels.length; this.read++) {
      const label = labels[this.read]!
      const before = new Map(this.memories)
      for (const [memory, value] of before) this.memories.set(memory, memory.on(value, label))
      for (const law of this.laws) {
        const why = law.breaks(before.get(law.follows), label, this.memories.get(law.follows))
        if (why !== undefined && broken.every((other) => other.law !== law.id)) broken.push({ law: law.id, why })
      }
    }
    return broken
  }

  /** Who waits for what, by the laws that say that waiting ends. */
  pending(): ReadonlyArray<Pending> {
    return this.waiting.flatMap((law) => {
      const why = law.pending(this.memories.get(law.follows))
      return why === undefined ? [] : [{ law: law.id, why }]
    })
  }
}
