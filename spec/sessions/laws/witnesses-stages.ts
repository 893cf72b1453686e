/** What must be reachable of stages and their order, so that no law about them holds for want of anything to judge. */
import type { SometimesLaw } from "../../law.ts"
import type { ClusterLabel } from "../labels.ts"
import { acting } from "../memories/acting.ts"
import { failures } from "../memories/failures.ts"
import { groupZero, tabletChanges } from "../memories/group-zero.ts"
import { operations } from "../memories/operations.ts"
import { rebuilds } from "../memories/rebuilds.ts"
import { placesFor, samePlaces } from "../memories/routes.ts"
import { goesBack, isLost } from "./stages.ts"
import { witness } from "./witness.ts"

export const W61 = witness(
  61,
  "One command changes whom writes go to, or whom reads go to.",
  "V6",
  groupZero,
  (before, label) =>
    label._tag === "Committed" &&
    tabletChanges(before.metadata, label.metadata).some(({ was, is }) => {
      if (was === undefined) return false
      const [old, now] = [placesFor(was), placesFor(is)]
      return !samePlaces(old.writes, now.writes) || !samePlaces(old.reads, now.reads)
    })
)

export const W62 = witness(
  62,
  "A transition goes back, for a replica that it needs was declared dead.",
  "C3",
  groupZero,
  (before, label) =>
    label._tag === "Committed" &&
    tabletChanges(before.metadata, label.metadata).some(
      ({ was, is }) => was !== undefined && goesBack(was, is) && isLost(label.metadata, was)
    )
)

export const W63 = witness(
  63,
  "A barrier has failed for a transition that has lost a replica, and the transition goes back.",
  "C4",
  failures,
  (before, label) =>
    label._tag === "Committed" &&
    before.failed.some(({ tablet }) =>
      tabletChanges(before.metadata, label.metadata).some(
        ({ was, is }) => is.tablet === tablet && was !== undefined && goesBack(was, is) && isLost(label.metadata, was)
      )
    )
)

export const W64 = witness(
  64,
  "A coordinator asks for a barrier after one of an earlier term has.",
  "C1a",
  acting,
  ({ term }, label) => label._tag === "BarrierBegan" && term !== null && label.term > term
)

export const W65 = witness(
  65,
  "An operation is over before its tablet's transition ends.",
  "S8o",
  operations,
  (before, label, after) => label._tag === "OperationEnded" && after.going.length < before.going.length
)

export const W66 = witness(
  66,
  "A rebuild that has repaired goes on to stream.",
  "D6",
  rebuilds,
  (before, label) =>
    label._tag === "Committed" &&
    label.metadata.tablets.some(
      ({ tablet, transition }) =>
        transition?.stage === "streaming" &&
        before.going.some((rebuild) => rebuild.tablet === tablet && rebuild.repaired)
    )
)

export const stageWitnesses: ReadonlyArray<SometimesLaw<ClusterLabel>> = [W61, W62, W63, W64, W65, W66]
