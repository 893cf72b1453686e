/**
 * What nodes say to each other on their way to group 0, and what an operator does to one of them.
 *
 * Source: dossier `raft-upgrade.md` 2.4, 2.5, 3; idl/group0.idl.hh, service/raft/discovery.hh.
 */
import { Schema } from "effect"
import { NodeId } from "../metadata.ts"
import { GroupId, Mutation, ServerId, StateId, Version } from "./ids.ts"
import { UpgradeState } from "./states.ts"

// ---- time ---------------------------------------------------------------------------------------------------------

/** How long a step waits before it asks everybody again, at first. It doubles with each round. */
export const firstRetryMs = 1_000
/** How long it waits at most. Source: service/raft/raft_group0.cc, sleep_with_exponential_backoff. */
export const greatestRetryMs = 16_000

// ---- discovery ----------------------------------------------------------------------------------------------------

/** A node that discovery has heard of, and its server where that is known. */
export const Peer = Schema.Struct({ node: NodeId, server: Schema.NullOr(ServerId) })
export type Peer = typeof Peer.Type

/** Who is known, by node. */
export const PeerList = Schema.Array(Peer)
export type PeerList = typeof PeerList.Type

/** GROUP0_PEER_EXCHANGE: who the asker knows. */
export const PeerExchange = Schema.Struct({ peers: PeerList })
export type PeerExchange = typeof PeerExchange.Type

/** What a node answers to it. */
export const ExchangeAnswer = Schema.TaggedUnion({
  /** It takes no part, or it is about to create the group. */
  None: {},
  /** It looks for the group too, and this is who it knows. */
  Peers: { peers: PeerList },
  /** It is in a group, whether it leads it or not. */
  Group: { group: GroupId, node: NodeId, server: ServerId }
})
export type ExchangeAnswer = typeof ExchangeAnswer.Type

// ---- membership ---------------------------------------------------------------------------------------------------

/** A member of a group, and whether it counts for a majority. */
export const Member = Schema.Struct({ node: NodeId, server: ServerId, voter: Schema.Boolean })
export type Member = typeof Member.Type

/** A group's configuration. A joint one is between two. */
export const Configuration = Schema.Struct({ members: Schema.Array(Member), joint: Schema.Boolean })
export type Configuration = typeof Configuration.Type

/** GROUP0_MODIFY_CONFIG: who is to be added, and who removed. Asking twice is as good as asking once. */
export const ModifyConfig = Schema.Struct({
  group: GroupId,
  add: Schema.Array(Member),
  remove: Schema.Array(ServerId)
})
export type ModifyConfig = typeof ModifyConfig.Type

/** What a reconfiguration is for. */
export const purposes = ["create", "join", "becomeVoter", "becomeNonVoter", "leave", "remove"] as const
/** What a reconfiguration is for: one of `purposes`. */
export const Purpose = Schema.Literals(purposes)
export type Purpose = typeof Purpose.Type

/** Why a call came to nothing. The set is closed. */
export const callFailures = [
  /** The group is none that this node serves. */
  "UnknownGroup",
  /** No majority was to be had in time: it may yet be effective. */
  "NoQuorum",
  /** Nobody answered in time: it may yet be effective. */
  "TimedOut",
  /** The connection broke, or the node fell. */
  "Disconnected",
  /** The answer was none that there is. */
  "Garbled",
  /** The caller was told to stop. */
  "Aborted"
] as const
/** Why a call came to nothing: one of `callFailures`. */
export const CallFailure = Schema.Literals(callFailures)
export type CallFailure = typeof CallFailure.Type

/** GET_GROUP0_UPGRADE_STATE: how far the node is that was asked. */
export const StateAnswer = Schema.Struct({ state: UpgradeState })
export type StateAnswer = typeof StateAnswer.Type

/** SCHEMA_CHECK: what a node's schema is known by. */
export const VersionAnswer = Schema.Struct({ version: Version })
export type VersionAnswer = typeof VersionAnswer.Type

// ---- schema -------------------------------------------------------------------------------------------------------

/** A set of changes, by name. Merging two is their union. */
export const SchemaSet = Schema.Array(Mutation)
export type SchemaSet = typeof SchemaSet.Type

/** DEFINITIONS_UPDATE: merge these, and answer nothing. MIGRATION_REQUEST is answered with the same. */
export const Definitions = Schema.Struct({ schema: SchemaSet })
export type Definitions = typeof Definitions.Type

/** One command of group 0. It changes nothing on a node that has not come to `previous`. */
export const Command = Schema.Struct({ previous: Schema.NullOr(StateId), next: StateId, mutation: Mutation })
export type Command = typeof Command.Type

/** How a schema change is made: merged here and pushed, or by group 0. It is settled when the change begins. */
export const Path = Schema.Literals(["old", "group0"])
export type Path = typeof Path.Type

/** Why a schema change was refused. The set is closed. */
export const refusals = [
  /** The node is in synchronize. */
  "Synchronizing",
  /** Another command came first. */
  "ConcurrentModification",
  /** Group 0 has no majority. */
  "NoQuorum",
  /** The node is being stopped. */
  "Stopping"
] as const
/** Why a schema change was refused: one of `refusals`. */
export const Refusal = Schema.Literals(refusals)
export type Refusal = typeof Refusal.Type

// ---- the operator -------------------------------------------------------------------------------------------------

/** What an operator may do to what is on one node's disk. Running code does not notice. */
export const Edit = Schema.TaggedUnion({
  /** R2. Any text can be written. */
  WriteState: { text: Schema.String },
  /** R7. */
  DeleteState: {},
  /** R5, one of the three. */
  EraseGroup: {},
  EraseDiscovery: {},
  EraseHistory: {},
  /** The recipe of 2022 alone. */
  EraseServer: {}
})
export type Edit = typeof Edit.Type

/** What a node found on its disk when it began. */
export const Found = Schema.Struct({
  state: Schema.NullOr(Schema.String),
  group: Schema.NullOr(GroupId),
  server: Schema.NullOr(ServerId),
  discovery: PeerList,
  history: Schema.NullOr(StateId),
  schema: SchemaSet
})
export type Found = typeof Found.Type
