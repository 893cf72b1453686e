/** Labels of a cluster for the tests of this folder. */
import { Schema } from "effect"
import { ClusterLabel } from "../../../spec/sessions/labels.ts"
import type { Metadata } from "../../../spec/sessions/metadata.ts"

const decode = Schema.decodeUnknownSync(ClusterLabel)

/** A label in plain words, checked. */
export const label = (_tag: ClusterLabel["_tag"], fields: object): ClusterLabel => decode({ _tag, ...fields })

const here = { node: "B", shard: 1 }
const work = { session: "s1", work: "work-1" }
const command = { term: 1, index: 3 }
const operation = { node: "B", operation: "stream", tablet: "t1" }
const row = { key: "k", timestamp: 2, value: null }

const asked = { request: "r1", node: "A", version: 2, tablet: "t1", key: "k", row, targets: ["A", "B"] }

const plain = { version: 2, fence: 1, session: null, nodes: ["A", "B"], ignored: [] }

/** What group 0 says of one tablet on A.1. */
export const saying = (transition: object | null, more: object = {}): Metadata => {
  const tablets = [{ tablet: "t1", replicas: [{ node: "A", shard: 1 }], transition }]
  const told = label("Committed", { by: { _tag: "Operator" }, at: 0, metadata: { ...plain, tablets, ...more } })
  if (told._tag !== "Committed") throw new TypeError("a commit is one")
  return told.metadata
}

/** One label of each kind. */
export const everyLabel: ReadonlyArray<ClusterLabel> = [
  label("Committed", { by: { _tag: "Coordinator", term: 2 }, at: 7, metadata: saying(null) }),
  label("CommitRefused", { by: { _tag: "Operator" }, expected: 4, head: 5 }),
  label("Elected", { term: 2, node: "B" }),
  label("ShardCommitted", { ...here, at: 7, version: 2, fence: 1, open: ["s1"] }),
  label("BarrierBegan", { ...command, command: "barrier_and_drain", version: 2, targets: ["A", "B"], tablets: ["t1"] }),
  label("CommandAccepted", { node: "B", ...command, at: 7 }),
  label("CommandAnswered", { node: "B", ...command, reason: null }),
  label("CommandAnswered", { node: "B", term: 2, index: 1, reason: "TermChanged" }),
  label("BarrierEnded", { ...command, ok: true }),
  label("Entered", { ...here, ...work }),
  label("TurnedAway", { ...here, ...work, reason: "GateClosed" }),
  label("Left", { ...here, ...work }),
  label("WorkSent", { by: "A", request: "join-1", ...work }),
  label("Forgotten", { ...here, session: "s1" }),
  label("OperationBegan", { ...operation, session: "s1" }),
  label("OperationEnded", { ...operation, reason: "StreamFailed" }),
  label("TriggerRefused", { ...operation, reason: "WrongStage" }),
  label("Landed", { ...here, ...work, tablet: "t1", rows: [{ ...row, timestamp: 1, value: "w1" }, row] }),
  label("Cleaned", { ...here, tablet: "t1" }),
  label("Truncated", { ...here, ...work, tablet: "t1" }),
  label("Snapshotted", { ...here, ...work, tablet: "t1" }),
  label("Purged", { ...here, tablet: "t1", before: 3 }),
  label("RequestBegan", asked),
  label("Served", { request: "r1", ...here, fence: 1, rows: [], reason: "StaleTopology" }),
  label("RequestEnded", { request: "r1", ok: true, rows: [] }),
  label("RequestBegan", { ...asked, request: "r2", row: { ...row, value: "w2" }, condition: "w1" }),
  label("Served", { request: "r2", ...here, fence: 1, rows: [], reason: null, round: "prepare" }),
  label("Served", { request: "r2", ...here, fence: 1, rows: [], reason: "OldBallot", round: "accept" }),
  label("RequestEnded", { request: "r2", ok: true, rows: [{ ...row, value: "w3" }], applied: false }),
  label("RequestBegan", { ...asked, request: "hint-1", targets: ["B"], hint: "r1" }),
  label("Restarted", { node: "B" }),
  label("Stopped", { node: "B" }),
  label("ConnectionBroke", { from: "coordinator 1", to: "B" })
]
