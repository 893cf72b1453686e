/** What a reader of a conversation is told of what happened: the plot, without what goes without saying. */
import type { RaftUpgradeLabel } from "../../../../spec/raft-upgrade/labels.ts"
import { sentenceOf } from "../../../report/raft-upgrade/said.ts"
import { saidOf } from "../../../report/raft-upgrade/upgrade-words.ts"

type Tag = RaftUpgradeLabel["_tag"]

const untold: ReadonlySet<Tag> = new Set<Tag>([
  "BecameNormal",
  "ServerStored",
  "PeersKnown",
  "PeersStored",
  "StateStored",
  "StateTold",
  "StateHeard",
  "VersionHeard",
  "RetryIn",
  "StepEnded",
  "DiscoveryBegan",
  "ExchangeAsked",
  "ExchangeAnswered",
  "ExchangeHeard",
  "StorageMade",
  "ServerStarted",
  "ReconfigurationAsked",
  "ReconfigurationEnded",
  "ConfigurationLearned",
  "PushSent",
  "OperationBegan",
  "OperationEnded",
  "CommandApplied",
  "SnapshotLoaded",
  "Elapsed"
])

/** What is told only where a conversation asks for it. */
export const more: Readonly<Record<string, ReadonlyArray<Tag>>> = {
  steps: ["StepEnded"],
  discovery: ["DiscoveryBegan", "PeersStored", "ExchangeAnswered"],
  joining: ["StorageMade", "ServerStarted", "ReconfigurationAsked", "ReconfigurationEnded", "ConfigurationLearned"],
  disks: ["StateStored", "PeersStored"],
  pushes: ["PushSent"],
  changes: ["OperationBegan", "OperationEnded"],
  commands: ["CommandApplied", "SnapshotLoaded"],
  ring: ["BecameNormal", "PeersKnown"]
}

/** Lines of a conversation. */
export const heardOf = (fresh: ReadonlyArray<RaftUpgradeLabel>, also: ReadonlySet<Tag>): ReadonlyArray<string> =>
  fresh.filter(({ _tag }) => !untold.has(_tag) || also.has(_tag)).map((label) => sentenceOf([saidOf(label)]))
