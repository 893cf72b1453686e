/** Judging what a cluster tells: every history law at every label, and at the end who still waits. */
import type { HistoryLaw, Law, LeadsToLaw, Memory } from "../../../spec/law.ts"
import { type BrokenLaw, historyLaws } from "../law-memories.ts"

export type Pending = BrokenLaw

/** Judges one run. It keeps one memory for all laws that follow it, and reads no label twice. */
export class ClusterJudge<L> {
  private readonly laws: ReadonlyArray<HistoryLaw<L>>
  private readonly waiting: ReadonlyArray<LeadsToLaw<L>>
  private readonly remembered: ReadonlyArray<Remembered<L>>
  private read = 0

  constructor(laws: ReadonlyArray<Law<L>>) {
    this.laws = historyLaws(laws)
    this.waiting = laws.filter((law): law is LeadsToLaw<L> => law.modality === "leadsTo")
    const memories = new Set([...this.laws, ...this.waiting].map(({ follows }) => follows))
    this.remembered = [...memories].map((memory) => ({
      memory,
      laws: this.laws.filter((law) => law.follows === memory),
      value: memory.init
    }))
  }

  /** What the labels break that came since it was last asked: each law once, with what was noticed first. */
  judge(labels: ReadonlyArray<L>): ReadonlyArray<BrokenLaw> {
    const broken = new Map<string, string>()
    for (; this.read < labels.length; this.read++) {
      const label = labels[this.read]!
      const now = new Map<string, string>()
      for (const one of this.remembered) {
        const before = one.value
        one.value = one.memory.on(before, label)
        for (const law of one.laws) {
          const why = law.breaks(before, label, one.value)
          if (why !== undefined) now.set(law.id, why)
        }
      }
      for (const { id } of now.size === 0 ? [] : this.laws) {
        const why = now.get(id)
        if (why !== undefined && !broken.has(id)) broken.set(id, why)
      }
    }
    return [...broken].map(([law, why]) => ({ law, why }))
  }

  /** Who waits for what, by the laws that say that waiting ends. */
  pending(): ReadonlyArray<Pending> {
    return this.waiting.flatMap((law) => {
      const why = law.pending(this.remembered.find(({ memory }) => memory === law.follows)!.value)
      return why === undefined ? [] : [{ law: law.id, why }]
    })
  }
}

/** A memory with what it remembers by now, and the laws that follow it. */
interface Remembered<L> {
  readonly memory: Memory<unknown, L>
  readonly laws: ReadonlyArray<HistoryLaw<L>>
  value: unknown
}
