/** What connects a whole cluster that builds views: what it is at first, and what may be done to it. */
import type { Kind, NodeId, Replica, ShardId } from "../../../../spec/metadata.ts"
import type { SstableId, TableId, Token, ViewId } from "../../../../spec/view-building/ids.ts"
import type { ViewBuildingLabel } from "../../../../spec/view-building/labels.ts"
import type { BaseRow, Row } from "../../../../spec/view-building/messages.ts"
import type { BuildingState, Table } from "../../../../spec/view-building/metadata.ts"
import type { ClusterAdapterOf, ClusterLife } from "../../cluster/cluster-life.ts"

/** What a cluster is at the beginning. The first node leads, and tables have neither rows nor views. */
export interface ClusterSetup {
  readonly nodes: ReadonlyArray<NodeId>
  readonly shards: number
  readonly tables: ReadonlyArray<Table>
}

/** What group 0 says before anything was committed. */
export const firstState = ({ nodes, tables }: ClusterSetup): BuildingState => ({
  tasks: [],
  minTask: null,
  processing: null,
  statuses: [],
  tables,
  nodes,
  normal: nodes
})

/** What an operator orders, each at some node. */
export type Order =
  | { readonly _tag: "CreateView"; readonly base: TableId; readonly view: ViewId }
  | { readonly _tag: "DropView"; readonly view: ViewId }
  | {
      readonly _tag: "Move"
      readonly base: TableId
      readonly lastToken: Token
      readonly next: ReadonlyArray<Replica>
      readonly kind: Kind
    }
  | { readonly _tag: "Resize"; readonly base: TableId; readonly how: "split" | "merge" }
  | { readonly _tag: "Truncate"; readonly base: TableId }

/** Whatever is done to a cluster from outside. */
export type Deed =
  | { readonly _tag: "Order"; readonly at: NodeId; readonly order: Order }
  /** A client writes or deletes, through a node. */
  | { readonly _tag: "Write"; readonly at: NodeId; readonly base: TableId; readonly row: BaseRow }
  /** A row comes to every replica of its tablet from elsewhere, as a repair brings it. */
  | { readonly _tag: "Load"; readonly base: TableId; readonly row: BaseRow }
  /** A staging sstable is written anew under another name. */
  | {
      readonly _tag: "Rewrite"
      readonly node: NodeId
      readonly shard: ShardId
      readonly sstable: SstableId
      readonly by: SstableId
    }
  | { readonly _tag: "BreakConnection"; readonly from: NodeId; readonly to: NodeId }
  /** Another node leads, and whoever led before does not hear of it until it asks group 0 for something, or is told. */
  | { readonly _tag: "Depose"; readonly node: NodeId; readonly old: NodeId }
  | {
      readonly _tag: "Crash" | "Boot" | "Elect" | "Tell" | "CutOff" | "Heal" | "Lag" | "CatchUp" | "Skip"
      readonly node: NodeId
    }
  /** Every other node comes to believe that this one is up, or that it is not. */
  | { readonly _tag: "Mark"; readonly node: NodeId; readonly alive: boolean }
  /** Whoever comes to the place stops there or fails there; `Fail` is for the first who comes. */
  | {
      readonly _tag: "Pause" | "Resume" | "Fail"
      readonly node: NodeId
      readonly place: string
    }
  | { readonly _tag: "PassTime"; readonly milliseconds: number }

/** What is asked from outside: that rows be written or taken in, that a tablet go elsewhere or be split or merged, or something else. */
export type Asked = "rows" | "tablets" | "order"

/** One life of a cluster. */
export interface RunningCluster extends ClusterLife<ViewBuildingLabel, Deed> {
  /** The staging sstables that a node has of a base. */
  staging(node: NodeId, base: TableId): ReadonlyArray<{ readonly shard: ShardId; readonly sstable: SstableId }>
  /** The last write of each key that a node has of a base, or of its replica of a view. */
  baseRows(node: NodeId, base: TableId): ReadonlyArray<Row>
  viewRows(node: NodeId, view: ViewId): ReadonlyArray<Row>
  /** Whether something was asked of this kind from outside that has not ended, at a node that has not fallen since. */
  unended(what: Asked): boolean
}

/** A cluster ready to be started any number of times. */
export type ClusterAdapter = ClusterAdapterOf<ClusterSetup, RunningCluster>
