/**
 * What group 0 says that more than one protocol speaks of: nodes and shards, its log, and the transitions of tablets.
 *
 * Source: dossiers `sessions.md` 3.1, 3.2 and `view-building.md` 3.1; locator/tablets.hh.
 */
import { Schema } from "effect"

const natural = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))

/** A member of group 0, by the name that stories use. */
export const NodeId = Schema.String.check(Schema.isNonEmpty()).pipe(Schema.brand("NodeId"))
export type NodeId = typeof NodeId.Type

/** One of a node's shards: a core with data of its own. */
export const ShardId = natural.pipe(Schema.brand("ShardId"))
export type ShardId = typeof ShardId.Type

/** A place in group 0's log: how many commands have been effective before, and the token that a commit is compared with. */
export const Position = natural.pipe(Schema.brand("Position"))
export type Position = typeof Position.Type

/** A term of group 0's leader. The coordinators of a term live on its leader. */
export const Term = natural.pipe(Schema.brand("Term"))
export type Term = typeof Term.Type

/** A place where a tablet is held: a shard of a node. */
export const Replica = Schema.Struct({ node: NodeId, shard: ShardId })
export type Replica = typeof Replica.Type

/** Where a transition stands. Source: locator/tablets.hh tablet_transition_stage. */
export const stages = [
  "allow_write_both_read_old",
  "write_both_read_old",
  "write_both_read_old_fallback_cleanup",
  "rebuild_repair",
  "streaming",
  "write_both_read_new",
  "use_new",
  "cleanup",
  "cleanup_target",
  "revert_migration",
  "end_migration",
  "repair",
  "end_repair",
  "restore",
  /** The reference's own: a barrier after a restore, which the shipped database leaves out (dossier sessions, Q3). */
  "end_restore"
] as const
/** Where a transition stands: one of `stages`. */
export const Stage = Schema.Literals(stages)
export type Stage = typeof Stage.Type

/** What a transition is for. Source: locator/tablets.hh tablet_transition_kind. */
export const kinds = ["migration", "intranode_migration", "rebuild", "rebuild_v2", "repair", "restore"] as const
/** What a transition is for: one of `kinds`. */
export const Kind = Schema.Literals(kinds)
export type Kind = typeof Kind.Type

/** Who holds a tablet, and who will if its transition succeeds. */
export interface Placed {
  readonly replicas: ReadonlyArray<Replica>
  readonly transition: { readonly next: ReadonlyArray<Replica> } | null
}

/** A shard of a node in one word, such as `A.1`. */
export const placeOf = ({ node, shard }: Replica): string => `${node}.${shard}`

/** Whether two replicas are the same shard of the same node. */
export const sameReplica = (one: Replica, other: Replica): boolean =>
  one.node === other.node && one.shard === other.shard

/** In `next` but not among the replicas: where the data goes. */
export const pendingReplica = ({ replicas, transition }: Placed): Replica | undefined =>
  transition?.next.find((replica) => !replicas.some((old) => sameReplica(old, replica)))

/** Among the replicas but not in `next`: who will not have the tablet any more. */
export const leavingReplica = ({ replicas, transition }: Placed): Replica | undefined =>
  transition === null
    ? undefined
    : replicas.find((replica) => !transition.next.some((later) => sameReplica(later, replica)))
