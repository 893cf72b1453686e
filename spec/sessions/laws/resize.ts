/** The law about tables that are split and merged, and its witness: V8, W29. */
import { history } from "../../law.ts"
import type { ClusterLabel } from "../labels.ts"
import { type GroupZero, groupZero } from "../memories/group-zero.ts"
import type { Metadata, TabletId } from "../metadata.ts"
import { witness } from "./witness.ts"

/** The tablets that a command makes or takes away, where that carries out a resize that was decided before. */
const carriedOut = (was: Metadata | null, is: Metadata): ReadonlyArray<TabletId> => {
  if (was?.resize === undefined || is.resize !== undefined) return []
  const names = (metadata: Metadata) => metadata.tablets.map(({ tablet }) => tablet)
  const [before, after] = [names(was), names(is)]
  return [...after.filter((name) => !before.includes(name)), ...before.filter((name) => !after.includes(name))]
}

export const V8 = history<ClusterLabel, GroupZero>("SES-V8", {
  sentence: "A table is split or merged only while none of its tablets is in transition.",
  source: "dossier sessions 2.8, and 5, M58; locator/tablets.cc tablet_metadata_guard; scylladb issue 26437",
  reading:
    "The dossier says that a guard minds the count of a table's tablets, and not when that may change. It may not under a transition, for whoever works for it knows the tablet by a place in the old map.",
  follows: groupZero,
  breaks: ({ metadata: was }, label) => {
    if (label._tag !== "Committed" || carriedOut(was, label.metadata).length === 0) return undefined
    const busy = was?.tablets.find(({ transition }) => transition !== null)
    return busy === undefined
      ? undefined
      : `a ${was?.resize} is carried out while ${busy.tablet} is in ${busy.transition?.stage}`
  }
})

export const W29 = witness(
  29,
  "A split or a merge is carried out that was decided before.",
  "V8",
  groupZero,
  (before, label) => label._tag === "Committed" && carriedOut(before.metadata, label.metadata).length > 0
)
