/** What laws say of something that has happened, from its first label to its last. */

import type { DcpLabel } from "../../../spec/dcp/labels.ts"
import type { Law } from "../../../spec/law.ts"
import type { BrokenLaw } from "../../kit/law-memories.ts"

/**
 * The laws that these labels break, each with the first reason.
 *
 * Nothing comes after the last label, so whoever still waits then waits for ever.
 */
export const judged = (labels: ReadonlyArray<DcpLabel>, laws: ReadonlyArray<Law<DcpLabel>>): ReadonlyArray<BrokenLaw> =>
  laws.flatMap((law) => {
    const why = brokenBy(labels, law)
    return why === undefined ? [] : [{ law: law.id, why }]
  })

const brokenBy = (labels: ReadonlyArray<DcpLabel>, law: Law<DcpLabel>): string | undefined => {
  if (law.modality !== "history" && law.modality !== "leadsTo") return undefined
  let memory = law.follows.init
  for (const label of labels) {
    const before = memory
    memory = law.follows.on(before, label)
    const why = law.modality === "history" ? law.breaks(before, label, memory) : undefined
    if (why !== undefined) return why
  }
  return law.modality === "leadsTo" ? law.pending(memory) : undefined
}
