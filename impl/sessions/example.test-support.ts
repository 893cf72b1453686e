/** A small cluster for tests of what nodes are built from. */
import type { ClusterLabel } from "../../spec/sessions/labels.ts"
import type { Committer, Row } from "../../spec/sessions/messages.ts"
import { Metadata, NodeId, ShardId, TabletId, Version } from "../../spec/sessions/metadata.ts"

export { newDirectory, settle } from "../runtime/scratch.test-support.ts"

export const nodeA = NodeId.make("A")
export const nodeB = NodeId.make("B")
export const nodeC = NodeId.make("C")

export const tablet = TabletId.make("t")
export const shard = ShardId.make(0)

export const operator: Committer = { _tag: "Operator" }

/** Metadata that differs in its version, and says no more. */
export const metadataAt = (version: number): Metadata =>
  Metadata.make({
    version: Version.make(version),
    fence: Version.make(0),
    session: null,
    nodes: [nodeA, nodeB, nodeC],
    ignored: [],
    tablets: [{ tablet, replicas: [{ node: nodeA, shard }], transition: null }]
  })

export const row = (key: string, timestamp: number, value: string | null): Row => ({ key, timestamp, value })

/** Labels on one line each, as much as tests look at. */
export const told = (labels: ReadonlyArray<ClusterLabel>): ReadonlyArray<string> =>
  labels.map((label) => {
    if (label._tag === "Committed") return `committed ${label.at}`
    if (label._tag === "CommitRefused") return `refused ${label.expected} at ${label.head}`
    if (label._tag === "Elected") return `${label.node} leads term ${label.term}`
    return label._tag
  })
