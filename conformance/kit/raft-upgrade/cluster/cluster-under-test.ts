/** What connects a whole cluster on its way to group 0: what it is at first, and what may be done to it. */
import type { NodeId } from "../../../../spec/metadata.ts"
import type { Mutation } from "../../../../spec/raft-upgrade/ids.ts"
import type { RaftUpgradeLabel } from "../../../../spec/raft-upgrade/labels.ts"
import type { Edit } from "../../../../spec/raft-upgrade/messages.ts"
import type { ClusterAdapterOf, ClusterLife } from "../../cluster/cluster-life.ts"

/** What a cluster is at the beginning: nodes that know each other, and nothing of group 0. */
export interface ClusterSetup {
  readonly nodes: ReadonlyArray<NodeId>
  /** Whether group 0 is switched on from the beginning; else the operator does so, node by node. */
  readonly supports: boolean
}

/** Whatever is done to a cluster from outside. */
export type Deed =
  /** A client changes the schema, by way of a node. */
  | { readonly _tag: "Change"; readonly node: NodeId; readonly mutation: Mutation }
  | {
      /**
       * `Crash`: it is gone at once. `Stop`: it is told to stop, and is there until it begins again. `Restart`: both in one, at once.
       * `SwitchOn`: the same, with group 0 switched on. `Lose`: it is gone, and will not return. `Decommission`: it leaves, and is
       * shut down once it has left.
       */
      readonly _tag: "Crash" | "Stop" | "Boot" | "Restart" | "SwitchOn" | "Lose" | "Decommission"
      readonly node: NodeId
    }
  /** A dead node is taken out, by way of another. */
  | { readonly _tag: "Remove"; readonly node: NodeId; readonly dead: NodeId }
  /** A new node comes, and asks these to be let in. */
  | { readonly _tag: "Add"; readonly node: NodeId; readonly contacts: ReadonlyArray<NodeId> }
  /** An operator changes what is on a node's disk by hand. */
  | { readonly _tag: "Edit"; readonly node: NodeId; readonly edit: Edit }
  /** Nothing goes between two nodes any more, or it does again. */
  | { readonly _tag: "Separate" | "Reunite"; readonly node: NodeId; readonly other: NodeId }
  /** All requests of a kind to a node are lost, or are not any more. `to` may be `group0`: whoever leads the groups. */
  | { readonly _tag: "LoseAll" | "LoseNone"; readonly kind: string; readonly to: NodeId }
  /** The node stops wherever it comes to the place, or goes on; `Fail`: it fails there, the first time. */
  | { readonly _tag: "Pause" | "Resume" | "Fail"; readonly node: NodeId; readonly place: string }
  | { readonly _tag: "PassTime"; readonly milliseconds: number }

/** One life of a cluster. */
export interface RunningCluster extends ClusterLife<RaftUpgradeLabel, Deed> {
  /** Whether a node that runs has been asked to leave or to take another out, and is not through with that. */
  readonly isReconfiguring: boolean
}

/** A cluster ready to be started any number of times. */
export type ClusterAdapter = ClusterAdapterOf<ClusterSetup, RunningCluster>
