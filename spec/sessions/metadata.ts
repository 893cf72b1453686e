/**
 * What group 0 holds: tablets with their transitions, the topology's versions and session, and who is ignored.
 *
 * Source: dossier `sessions.md` 1.2, 3.1 and 3.2; service/topology_state_machine.hh, locator/tablets.hh. Whoever has applied
 * the same commands has the same metadata, and derives the set of open sessions from it.
 */
import { Schema } from "effect"
import { Kind, NodeId, Replica, Stage } from "../metadata.ts"
import { SessionId } from "./ids.ts"

export {
  Kind,
  kinds,
  leavingReplica,
  NodeId,
  Position,
  pendingReplica,
  Replica,
  ShardId,
  Stage,
  sameReplica,
  stages,
  Term
} from "../metadata.ts"

const natural = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))

/** A tablet, by its name. */
export const TabletId = Schema.String.check(Schema.isNonEmpty()).pipe(Schema.brand("TabletId"))
export type TabletId = typeof TabletId.Type

/** The ring's one range, where a tablet's name is asked for. Sessions are set for the topology and not for it, so it goes by that name. */
export const ringRange = TabletId.make("topology")

/** The topology's version: it rises whenever routing may change. 0 in a fencing token means that nobody asked for a fence. */
export const Version = natural.pipe(Schema.brand("Version"))
export type Version = typeof Version.Type

/** A tablet's transition. `session` is null where none is set, or none any more. */
export const Transition = Schema.Struct({
  kind: Kind,
  stage: Stage,
  /** Who will hold the tablet if the transition succeeds. */
  next: Schema.Array(Replica),
  session: Schema.NullOr(SessionId)
})
export type Transition = typeof Transition.Type

/** A tablet: who holds it, and what is being done with it. */
export const Tablet = Schema.Struct({
  tablet: TabletId,
  replicas: Schema.Array(Replica),
  /** Null while nothing is done with the tablet. */
  transition: Schema.NullOr(Transition),
  /** Other tables whose rows lie with these: they share whatever is said here. Present where there are any. */
  colocated: Schema.optionalKey(Schema.Array(TabletId)),
  /** The session of the last repair that reached every replica: tombstones that it brought may be forgotten. */
  repaired: Schema.optionalKey(SessionId)
})
export type Tablet = typeof Tablet.Type

/** A request that the topology coordinator handles by itself, one at a time, by the name that stories use. */
export const TopologyRequestId = Schema.String.check(Schema.isNonEmpty()).pipe(Schema.brand("TopologyRequestId"))
export type TopologyRequestId = typeof TopologyRequestId.Type

/** What such a request is for. A snapshot goes the way of a truncation, a replace that of a join. */
export const TopologyKind = Schema.Literals(["join", "leave", "remove", "rebuild", "truncate", "snapshot"])
export type TopologyKind = typeof TopologyKind.Type

/** Something that the ring is asked to do: it waits until the coordinator takes it in hand. */
export const TopologyRequest = Schema.Struct({
  request: TopologyRequestId,
  kind: TopologyKind,
  /** Who joins, leaves, is removed or rebuilt; null for a truncation and a snapshot. */
  node: Schema.NullOr(NodeId),
  /** What is truncated or kept in a snapshot; without it the ring's range. */
  tablet: Schema.optionalKey(TabletId),
  /** Who owns the ring's one range if the request succeeds. */
  owners: Schema.Array(NodeId),
  /** Whether data is moved by repair instead of by streaming. */
  byRepair: Schema.Boolean
})
export type TopologyRequest = typeof TopologyRequest.Type

/** Where the request in hand stands. `rebuilt` is the reference's own: a barrier after a rebuild, which the shipped database leaves out. */
export const TopologyStage = Schema.Literals([
  "write_both_read_old",
  "write_both_read_new",
  "rollback_to_normal",
  "rebuilding",
  "rebuilt",
  "truncate_table",
  "snapshot_tables"
])
export type TopologyStage = typeof TopologyStage.Type

/** The global track. Source: service/topology_state_machine.hh topology. */
export const Topology = Schema.Struct({
  queue: Schema.Array(TopologyRequest),
  /** The request in hand, null between two. */
  current: Schema.NullOr(Schema.Struct({ ...TopologyRequest.fields, stage: TopologyStage, failed: Schema.Boolean })),
  over: Schema.Array(Schema.Struct({ request: TopologyRequestId, ok: Schema.Boolean })),
  /** Who owns the ring's one range. */
  owners: Schema.Array(NodeId),
  /** Who has to drop what it does not own. */
  dirty: Schema.Array(NodeId)
})
export type Topology = typeof Topology.Type

/** The whole of what group 0 says, after some number of commands. */
export const Metadata = Schema.Struct({
  version: Version,
  /** The lowest version that replicas accept requests of. */
  fence: Version,
  /** The session of a vnode operation, a truncation or a snapshot, null without one. */
  session: Schema.NullOr(SessionId),
  nodes: Schema.Array(NodeId),
  /** Nodes that the operator has declared dead: no barrier waits for them, and nobody talks with them. */
  ignored: Schema.Array(NodeId),
  tablets: Schema.Array(Tablet),
  /** Present where it is decided that the table is to have twice as many tablets, or half as many. */
  resize: Schema.optionalKey(Schema.Literals(["split", "merge"])),
  /** Present where the global track is of interest. */
  topology: Schema.optionalKey(Topology)
})
export type Metadata = typeof Metadata.Type

/** The ids that a node must have open once it has applied this. Source: service/storage_service.cc prepare_token_metadata_change. */
export const openSessions = ({ session, tablets }: Metadata): ReadonlyArray<SessionId> => {
  const ids = tablets.flatMap(({ transition }) => transition?.session ?? [])
  return [...new Set(session === null ? ids : [session, ...ids])].sort()
}

/** The tables of a tablet by its name in each: the one that the row is for, and those that share it. Source: dossier 1.2. */
export const tablesOf = ({ tablet, colocated = [] }: Tablet): ReadonlyArray<TabletId> => [tablet, ...colocated]

/** The same as one row for each table: for whoever has to do with one table's rows. */
export const rowPerTable = ({ tablets }: Pick<Metadata, "tablets">): ReadonlyArray<Tablet> =>
  tablets.flatMap((row) => {
    const { colocated, ...own } = row
    return colocated === undefined ? [row] : tablesOf(row).map((tablet) => ({ ...own, tablet }))
  })
