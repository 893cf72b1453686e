/** What laws say of a whole history. */
import type { HistoryLaw, Law, LeadsToLaw, Memory } from "../../spec/law.ts"

/** A law that a history breaks, and the place where it first does. */
export interface Breach {
  readonly law: string
  readonly why: string
  /** How many labels come before; all of them where somebody waits in the end. */
  readonly at: number
}

/** A law that a running cluster can be judged by. Those about states of a model see more than a journal tells. */
export type Judging<L> = HistoryLaw<L> | LeadsToLaw<L>

export const judgingOf = <L>(laws: ReadonlyArray<Law<L>>): ReadonlyArray<Judging<L>> =>
  laws.filter((law): law is Judging<L> => law.modality === "history" || law.modality === "leadsTo")

/**
 * The laws that these labels break, each where it first is.
 *
 * Nothing comes after the last label, so whoever still waits then waits for ever.
 */
export const judgedBy = <L>(judging: ReadonlyArray<Judging<L>>, labels: ReadonlyArray<L>): ReadonlyArray<Breach> => {
  const memories = new Set<Memory<unknown, L>>(judging.map((law) => law.follows))
  return [...memories].flatMap((memory) =>
    judgedAlong(
      labels,
      memory,
      judging.filter((law) => law.follows === memory)
    )
  )
}

/** Whether somebody waits for something at the end of these labels. */
export const isOwedBy = <L>(judging: ReadonlyArray<Judging<L>>, labels: ReadonlyArray<L>): boolean =>
  judging.some(
    (law) =>
      law.modality === "leadsTo" &&
      law.pending(labels.reduce((memory, label) => law.follows.on(memory, label), law.follows.init)) !== undefined
  )

const judgedAlong = <L>(
  labels: ReadonlyArray<L>,
  memory: Memory<unknown, L>,
  laws: ReadonlyArray<Judging<L>>
): ReadonlyArray<Breach> => {
  const broken = new Map<string, Breach>()
  let now = memory.init
  for (const [at, label] of labels.entries()) {
    const before = now
    now = memory.on(before, label)
    for (const law of laws) {
      const why = law.modality === "history" ? law.breaks(before, label, now) : undefined
      if (why !== undefined && !broken.has(law.id)) broken.set(law.id, { law: law.id, why, at })
    }
  }
  for (const law of laws) {
    const why = law.modality === "leadsTo" ? law.pending(now) : undefined
    if (why !== undefined) broken.set(law.id, { law: law.id, why, at: labels.length })
  }
  return [...broken.values()]
}
