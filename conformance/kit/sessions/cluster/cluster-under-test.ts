/** What connects a whole cluster of sessions under test: what it is at first, and what may be done to it. */
import type { ClusterLabel } from "../../../../spec/sessions/labels.ts"
import type { RequestId, Row, StreamPath } from "../../../../spec/sessions/messages.ts"
import {
  type Metadata,
  type NodeId,
  type Replica,
  type Tablet,
  type TabletId,
  Version
} from "../../../../spec/sessions/metadata.ts"
import type { ClusterAdapterOf, ClusterLife } from "../../cluster/cluster-life.ts"

/** What a cluster is at the beginning. The first node leads. */
export interface ClusterSetup {
  readonly nodes: ReadonlyArray<NodeId>
  readonly shards: number
  readonly tablets: ReadonlyArray<Tablet>
  readonly streamPath: StreamPath
}

/** What group 0 says before anything was committed. */
export const firstMetadata = ({ nodes, tablets }: ClusterSetup): Metadata => ({
  version: Version.make(1),
  fence: Version.make(1),
  session: null,
  nodes,
  ignored: [],
  tablets
})

/** What an operator orders, each at some node. */
export type Order =
  | { readonly _tag: "Migrate"; readonly tablet: TabletId; readonly from: Replica; readonly to: Replica }
  | { readonly _tag: "Repair" | "Restore" | "Abort" | "Truncate"; readonly tablet: TabletId }
  | {
      readonly _tag: "Rebuild"
      readonly tablet: TabletId
      readonly lost: Replica
      readonly to: Replica
      readonly kind: "rebuild" | "rebuild_v2"
    }
  | { readonly _tag: "Exclude"; readonly node: NodeId }
  | { readonly _tag: "Purge"; readonly tablet: TabletId; readonly before: number }

/** What a client asks for. Both ask for a quorum. */
export type Ask =
  | { readonly _tag: "Write"; readonly request: RequestId; readonly tablet: TabletId; readonly row: Row }
  | { readonly _tag: "Read"; readonly request: RequestId; readonly tablet: TabletId; readonly key: string }

/** Whatever is done to a cluster from outside. */
export type Deed =
  | { readonly _tag: "Order"; readonly at: NodeId; readonly order: Order }
  | { readonly _tag: "Ask"; readonly at: NodeId; readonly ask: Ask }
  | { readonly _tag: "BreakConnection"; readonly from: NodeId; readonly to: NodeId }
  | {
      readonly _tag: "Crash" | "Boot" | "Elect" | "CutOff" | "Heal" | "Lag" | "CatchUp" | "Skip"
      readonly node: NodeId
    }
  /** Whoever comes to the place stops there, or the first who comes fails there. */
  | {
      readonly _tag: "Pause" | "Resume" | "Fail" | "FailAlways" | "Unfail"
      readonly node: NodeId
      readonly place: string
    }
  | { readonly _tag: "PassTime"; readonly milliseconds: number }

/** One life of a cluster. */
export interface RunningCluster extends ClusterLife<ClusterLabel, Deed> {
  /** What a node has of a tablet on a shard, for stories. */
  rows(node: NodeId, shard: number, tablet: TabletId): ReadonlyArray<Row>
}

/** A cluster ready to be started any number of times. */
export type ClusterAdapter = ClusterAdapterOf<ClusterSetup, RunningCluster>
