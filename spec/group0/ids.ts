/** The names that every protocol on group 0 uses: its members and their shards, places in its log, and terms of its leader. */
import { Schema } from "effect"

const natural = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))

/** A member of group 0, by the name that stories use. */
export const NodeId = Schema.String.check(Schema.isNonEmpty()).pipe(Schema.brand("NodeId"))
export type NodeId = typeof NodeId.Type

/** One of a node's shards: a core with a state of its own. */
export const ShardId = natural.pipe(Schema.brand("ShardId"))
export type ShardId = typeof ShardId.Type

/** A place in group 0's log: how many commands have been effective before, and the token that a commit is compared with. */
export const Position = natural.pipe(Schema.brand("Position"))
export type Position = typeof Position.Type

/** A term of group 0's leader. A coordinator of a term is one fiber on its leader. */
export const Term = natural.pipe(Schema.brand("Term"))
export type Term = typeof Term.Type
