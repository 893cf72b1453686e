/** What must come to happen, so that no law holds for want of anything to judge. */
import type { SometimesLaw } from "../../law.ts"
import type { RaftUpgradeLabel } from "../labels.ts"
import { cluster } from "../memories/cluster.ts"
import { includes, membersOf } from "../memories/groups.ts"
import { factsOf } from "../memories/nodes.ts"
import { post, pre, recovery, stateOf, synchronize } from "../states.ts"
import { witness } from "./witness.ts"

const isEntering = (label: RaftUpgradeLabel, state: string): boolean =>
  label._tag === "StateEntered" && label.state === state

export const W1 = witness(
  1,
  "A second node stores the group's name.",
  "S1, S2",
  cluster,
  (before, label) => label._tag === "GroupStored" && before.seen.includes(label.group)
)

export const W2 = witness(
  2,
  "A node that looks for the group tells of somebody that it was told of.",
  "S3",
  cluster,
  (before, label) =>
    label._tag === "ExchangeAsked" &&
    label.peers.some(
      ({ node, server }) => node !== label.node && server !== null && factsOf(before, node)?.server === server
    )
)

export const W3 = witness(
  3,
  "A node takes it on itself to create the group while others look for one.",
  "S4, V9",
  cluster,
  (before, label) => label._tag === "Led" && before.nodes.some(({ node, up }) => up && node !== label.node)
)

export const W4 = witness(
  4,
  "A node goes to synchronize, and its peers are in its group.",
  "S13, S5, S6, V2",
  cluster,
  (before, label) => isEntering(label, synchronize) && "node" in label && factsOf(before, label.node)?.hasFiber === true
)

export const W5 = witness(
  5,
  "The first node of several begins to use group 0.",
  "S8, S10, V1",
  cluster,
  (before, label) =>
    label._tag === "StateEntered" &&
    label.state === post &&
    before.base === null &&
    membersOf(before, factsOf(before, label.node)?.group ?? null).length > 1
)

export const W6 = witness(
  6,
  "A change is on its old path while its node waits to leave it.",
  "S7, S9, V6",
  cluster,
  (before, label) =>
    label._tag === "OperationEnded" &&
    before.running.some(
      ({ operation, path, state }) => operation === label.operation && path === "old" && state === pre
    )
)

export const W7 = witness(
  7,
  "The first node begins to use group 0 with a change that was acknowledged on the old path.",
  "S11",
  cluster,
  (before, label) => isEntering(label, post) && before.base === null && before.acknowledged.length > 0
)

export const W8 = witness(
  8,
  "A command of group 0 changes another node than its author.",
  "S12, V5",
  cluster,
  (before, label) =>
    label._tag === "CommandApplied" &&
    label.effective &&
    includes(factsOf(before, label.node)?.schema ?? [], before.base ?? [])
)

export const W9 = witness(
  9,
  "A node stops waiting because another is through.",
  "S17, V3",
  cluster,
  (_, label) => label._tag === "FinishedEarly"
)

export const W10 = witness(
  10,
  "A node comes to use group 0 after others do.",
  "S18, S24",
  cluster,
  (before, label) => isEntering(label, post) && before.base !== null
)

export const W11 = witness(
  11,
  "A node that uses group 0 takes another out of it.",
  "S14, S20, V8",
  cluster,
  (_, label) => label._tag === "Reconfigured" && (label.purpose === "remove" || label.purpose === "leave")
)

export const W12 = witness(
  12,
  "A node in recovery is asked for the group.",
  "S15",
  cluster,
  (before, label) => label._tag === "ExchangeAnswered" && factsOf(before, label.node)?.state === recovery
)

export const W13 = witness(
  13,
  "A node comes out of recovery.",
  "S16, V4",
  cluster,
  (before, label) =>
    label._tag === "Booted" && stateOf(label.found.state) === pre && factsOf(before, label.node)?.isRecovering === true
)

export const W14 = witness(
  14,
  "A node that has fallen on its way begins again where it was.",
  "S22, S19, V7",
  cluster,
  (_, label) => label._tag === "Booted" && label.found.group !== null
)

export const W15 = witness(
  15,
  "A step is tried again.",
  "S21",
  cluster,
  (_, label) => label._tag === "RetryIn" && label.round > 1
)

export const W16 = witness(
  16,
  "A node in a group learns of a peer.",
  "S23",
  cluster,
  (before, label) => label._tag === "PeersKnown" && (factsOf(before, label.node)?.group ?? null) !== null
)

export const upgradeWitnesses: ReadonlyArray<SometimesLaw<RaftUpgradeLabel>> = [
  W1,
  W2,
  W3,
  W4,
  W5,
  W6,
  W7,
  W8,
  W9,
  W10,
  W11,
  W12,
  W13,
  W14,
  W15,
  W16
]
