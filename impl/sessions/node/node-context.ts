/** What the parts of a node have in common. */
import { type Reason, type Row, WorkId } from "../../../spec/sessions/messages.ts"
import type { NodeId, Replica, Tablet, TabletId } from "../../../spec/sessions/metadata.ts"
import type { NodeParts } from "./parts.ts"
import { Refused } from "./refused.ts"
import type { Shard } from "./shard.ts"

/** What an operator keeps outside of the cluster to restore tablets from. */
export type Backup = (tablet: TabletId) => ReadonlyArray<Row>

/** The parts of a node, its shards, and names for its work. Shard 0 stands for the node where one shard is enough. */
export class NodeContext {
  readonly parts: NodeParts
  readonly shards: readonly [Shard, ...Shard[]]
  readonly backup: Backup
  readonly #incarnation: string
  #named = 0

  constructor(parts: NodeParts, shards: readonly [Shard, ...Shard[]], incarnation: string, backup: Backup) {
    this.parts = parts
    this.shards = shards
    this.backup = backup
    this.#incarnation = incarnation
  }

  get self(): NodeId {
    return this.parts.self
  }

  /** Nodes that were declared dead, as far as this node knows. */
  get ignored(): ReadonlyArray<NodeId> {
    return this.shards[0].metadata?.ignored ?? []
  }

  /** A name that no work has had, also none of this node's before it was started again. */
  newWork(): WorkId {
    return WorkId.make(`${this.self}.${this.#incarnation}.${++this.#named}`)
  }

  /** The shard of that number. Refused with: Malformed. */
  shard(id: number): Shard {
    return found(this.shards[id], "Malformed")
  }

  /** What this node has of a tablet, by the metadata of its shard 0. Refused with: NoSuchTablet. */
  tablet(tablet: TabletId): Tablet {
    return found(this.shards[0].tablet(tablet), "NoSuchTablet")
  }

  /** The shard on which this node is one of these replicas. Refused with: NotThisReplica. */
  shardAmong(replicas: ReadonlyArray<Replica>): Shard {
    return this.shard(found(this.own(replicas)[0], "NotThisReplica").shard)
  }

  /** Those of the replicas that are this node's. */
  own(replicas: ReadonlyArray<Replica>): ReadonlyArray<Replica> {
    return replicas.filter(({ node }) => node === this.self)
  }
}

/** The value, or a refusal where there is none. */
export const found = <Value>(value: Value | undefined, reason: Reason): Value => {
  if (value === undefined) throw new Refused(reason)
  return value
}
