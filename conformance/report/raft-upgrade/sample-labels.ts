/** Labels of the way to group 0 for the tests of this folder. */
import { Schema } from "effect"
import { RaftUpgradeLabel, steps } from "../../../spec/raft-upgrade/labels.ts"
import { purposes } from "../../../spec/raft-upgrade/messages.ts"
import { upgradeStates } from "../../../spec/raft-upgrade/states.ts"

const decode = Schema.decodeUnknownSync(RaftUpgradeLabel)
const label = (_tag: RaftUpgradeLabel["_tag"], fields: object): RaftUpgradeLabel => decode({ _tag, ...fields })

const empty = { state: null, group: null, server: null, discovery: [], history: null, schema: [] }
const both = {
  members: [
    { node: "A", server: 1, voter: true },
    { node: "B", server: 2, voter: false }
  ],
  joint: false
}
const change = { operation: 9, mutation: "a1" }
const peers = [
  { node: "A", server: 1 },
  { node: "C", server: null }
]
const about = { node: "A", group: 1 }
const exchanged = { node: "A", to: "B" }

/** One label of each kind, and more where there are several ways to say it. */
export const everyLabel: ReadonlyArray<RaftUpgradeLabel> = [
  label("Booted", { node: "A", state: "use_pre_raft_procedures", found: empty }),
  label("Booted", { node: "A", state: "recovery", found: { ...empty, state: "pray", group: 1, schema: ["a1"] } }),
  label("Stopped", { node: "A" }),
  label("Crashed", { node: "A", why: "a peer has two servers" }),
  label("BecameNormal", { node: "A", fresh: true }),
  label("PeersKnown", { node: "A", peers: ["B", "C"] }),
  label("FeatureSeen", { node: "A" }),
  ...upgradeStates.map((state) => label("StateStored", { node: "A", state })),
  ...upgradeStates.map((state) => label("StateEntered", { node: "A", state })),
  label("FiberBegan", { node: "A", from: "synchronize" }),
  ...steps.map((step) => label("RetryIn", { node: "A", step, round: 2, ms: 2_000 })),
  ...steps.map((step) => label("StepEnded", { node: "A", step })),
  label("FinishedEarly", { node: "A", of: "B" }),
  label("FiberFailed", { node: "A", why: "a schema cannot be merged" }),
  label("StateTold", { node: "A", to: "B", state: "synchronize" }),
  label("StateHeard", { node: "A", of: "B", state: null }),
  label("VersionHeard", { node: "A", of: "B", version: "a1+b1" }),
  label("VersionHeard", { node: "A", of: "B", version: null }),
  label("ServerStored", { node: "A", server: 1 }),
  label("DiscoveryBegan", { node: "A" }),
  label("PeersStored", { node: "B", peers }),
  label("ExchangeAsked", { ...exchanged, peers }),
  label("ExchangeAsked", { ...exchanged, peers: [] }),
  label("ExchangeAnswered", { ...exchanged, answer: { _tag: "None" } }),
  label("ExchangeAnswered", { ...exchanged, answer: { _tag: "Peers", peers } }),
  label("ExchangeAnswered", { ...exchanged, answer: { _tag: "Group", group: 1, node: "A", server: 1 } }),
  label("ExchangeHeard", { node: "B", of: "A", answer: null }),
  label("ExchangeHeard", { node: "B", of: "A", answer: { _tag: "None" } }),
  label("ExchangeHeard", { node: "B", of: "A", answer: { _tag: "Peers", peers } }),
  label("ExchangeHeard", { node: "B", of: "A", answer: { _tag: "Group", group: 1, node: "A", server: 1 } }),
  label("Led", about),
  label("GroupFound", { ...about, via: "B" }),
  label("StorageMade", { ...about, index: 0 }),
  label("ServerStarted", about),
  label("GroupStored", about),
  ...purposes.flatMap((purpose) =>
    ["A", "C"].map((of) => label("ReconfigurationAsked", { ...about, via: "B", purpose, of }))
  ),
  label("ReconfigurationEnded", { ...about, purpose: "join", of: "A", failure: null }),
  label("ReconfigurationEnded", { ...about, purpose: "join", of: "A", failure: "TimedOut" }),
  label("Reconfigured", { group: 1, purpose: "join", of: "B", configuration: both }),
  label("ConfigurationLearned", { ...about, configuration: { ...both, joint: true } }),
  label("OperationBegan", { node: "A", ...change, path: "old", state: "recovery" }),
  label("OperationBegan", { node: "A", ...change, path: "group0", state: "use_post_raft_procedures" }),
  label("OperationRefused", { node: "A", operation: 9, reason: "Synchronizing" }),
  label("OperationEnded", { node: "A", operation: 9 }),
  label("PushSent", { node: "A", to: "B", schema: ["a1"] }),
  label("CommandCommitted", { group: 1, by: "A", ...change, previous: null, next: 1 }),
  label("CommandApplied", { ...about, next: 1, effective: true }),
  label("CommandApplied", { ...about, next: 1, effective: false }),
  label("SnapshotLoaded", { ...about, history: 1 }),
  ...["old", "push", "pull", "sync", "command", "snapshot"].map((by) =>
    label("SchemaIs", { node: "A", by, schema: ["a1"], version: "a1" })
  ),
  label("LeftRing", { node: "A", by: "A" }),
  label("LeftRing", { node: "B", by: "A" }),
  label("DeclaredLost", { node: "B" }),
  ...[
    { _tag: "WriteState", text: "recovery" },
    { _tag: "DeleteState" },
    { _tag: "EraseGroup" },
    { _tag: "EraseDiscovery" },
    { _tag: "EraseHistory" },
    { _tag: "EraseServer" }
  ].map((edit) => label("Edited", { node: "A", edit })),
  label("Elapsed", { ms: 1_000 })
]
