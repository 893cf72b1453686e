/** What must be reachable of sessions and barriers, so that no law holds for want of anything to judge. */
import type { SometimesLaw } from "../../law.ts"
import type { ClusterLabel } from "../labels.ts"
import { barriers } from "../memories/barriers.ts"
import { contexts } from "../memories/contexts.ts"
import { fences, goingOf, isFenced } from "../memories/fences.ts"
import { groupZero, tabletChanges } from "../memories/group-zero.ts"
import { guards } from "../memories/guards.ts"
import { leftovers } from "../memories/leftovers.ts"
import { isRemovedBy, lifeOf } from "../memories/lives.ts"
import { shardAt, shards } from "../memories/shards.ts"
import { succession } from "../memories/succession.ts"
import type { Tablet } from "../metadata.ts"
import { hasRemnant } from "./fences.ts"
import { witness } from "./witness.ts"

const wasMoving = (was: Tablet | undefined): boolean => was !== undefined && was.transition !== null

export const W1 = witness(
  1,
  "A shard goes over to a command that opens a session there.",
  "S1, V1s, V3s",
  shards,
  (before, label) =>
    label._tag === "ShardCommitted" && label.open.some((session) => !shardAt(before, label)?.open?.includes(session))
)

export const W2 = witness(
  2,
  "Work comes after a barrier has fenced its session, and is turned away.",
  "S6",
  fences,
  (before, label) => label._tag === "TurnedAway" && isFenced(before, label.session)
)

export const W3 = witness(
  3,
  "A shard turns work away, for it knows that the session is over.",
  "S7",
  shards,
  (before, label) =>
    label._tag === "TurnedAway" && isRemovedBy(lifeOf(before, label.session), shardAt(before, label)?.at ?? null)
)

export const W4 = witness(
  4,
  "A barrier begins while somebody is inside a session that was removed, and has to wait.",
  "S8, V5s, L5",
  guards,
  (before, label) => label._tag === "BarrierBegan" && hasRemnant(before)
)

export const W5 = witness(
  5,
  "A second operation gets a session of its own.",
  "S9",
  groupZero,
  (before, label, after) =>
    label._tag === "Committed" && before.lives.length > 0 && after.lives.length > before.lives.length
)

export const W6 = witness(
  6,
  "A tablet comes to a stage in which data moves.",
  "S10",
  shards,
  (before, label, after) => label._tag === "Committed" && after.moving.length > before.moving.length
)

export const W7 = witness(
  7,
  "A transition goes back from streaming.",
  "S11",
  groupZero,
  (before, label) =>
    label._tag === "Committed" &&
    tabletChanges(before.metadata, label.metadata).some(
      ({ was, is }) => was?.transition?.stage === "streaming" && is.transition?.stage === "cleanup_target"
    )
)

export const W8 = witness(
  8,
  "Work lands under the session that was set for its tablet.",
  "S12, C2, S8",
  groupZero,
  (before, label) => label._tag === "Landed" && lifeOf(before, label.session)?.users.includes(label.tablet) === true
)

export const W10 = witness(
  10,
  "The fence rises.",
  "V3, V3c",
  contexts,
  (before, _, after) => before.fence !== null && after.fence !== null && after.fence > before.fence
)

export const W13 = witness(
  13,
  "A barrier succeeds.",
  "V5, L1, L8",
  barriers,
  (before, label) => label._tag === "BarrierEnded" && label.ok && goingOf(before.going, label) !== undefined
)

export const W14 = witness(
  14,
  "A node refuses a command of a coordinator that was replaced.",
  "V5",
  barriers,
  (_, label) => label._tag === "CommandAnswered" && label.reason === "TermChanged"
)

export const W15 = witness(
  15,
  "A node refuses a command that a later one has overtaken.",
  "V5",
  barriers,
  (_, label) => label._tag === "CommandAnswered" && label.reason === "OldCommand"
)

export const W16 = witness(
  16,
  "A command has no effect, for group 0 has moved on.",
  "C1",
  groupZero,
  (_, label) => label._tag === "CommitRefused"
)

export const W17 = witness(
  17,
  "A transition ends, and the tablet has other replicas.",
  "V1, L3",
  groupZero,
  (before, label) =>
    label._tag === "Committed" &&
    tabletChanges(before.metadata, label.metadata).some(
      ({ was, is }) =>
        wasMoving(was) && is.transition === null && JSON.stringify(was?.replicas) !== JSON.stringify(is.replicas)
    )
)

export const W24 = witness(
  24,
  "A barrier succeeds while somebody is inside a session that is still set.",
  "L2",
  guards,
  (before, label) =>
    label._tag === "BarrierEnded" &&
    label.ok &&
    before.inside.some(({ session }) => lifeOf(before, session)?.removed === null)
)

export const W25 = witness(
  25,
  "A transition that has lost a replica ends.",
  "L4",
  groupZero,
  (before, label) =>
    label._tag === "Committed" &&
    tabletChanges(before.metadata, label.metadata).some(
      ({ was, is }) =>
        is.transition === null &&
        [...(was?.replicas ?? []), ...(was?.transition?.next ?? [])].some(({ node }) =>
          label.metadata.ignored.includes(node)
        ) &&
        wasMoving(was)
    )
)

export const W26 = witness(
  26,
  "A shard forgets a session.",
  "S5c",
  leftovers,
  (before, label, after) => label._tag === "Forgotten" && after.registered.length < before.registered.length
)

export const W27 = witness(
  27,
  "A coordinator is replaced in the middle of a transition.",
  "L6",
  succession,
  (before, label) => label._tag === "Elected" && before.moving.length > 0
)

export const sessionWitnesses: ReadonlyArray<SometimesLaw<ClusterLabel>> = [
  W1,
  W2,
  W3,
  W4,
  W5,
  W6,
  W7,
  W8,
  W10,
  W13,
  W14,
  W15,
  W16,
  W17,
  W24,
  W25,
  W26,
  W27
]
