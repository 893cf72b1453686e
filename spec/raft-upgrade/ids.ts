/**
 * The names of groups, servers, schema changes and operations.
 *
 * Source: dossier `raft-upgrade.md` 1. Upstream a group's id is a time-UUID and a server's a UUID; here both are numbers, and the
 * server with the smallest is who creates the group.
 */
import { Schema } from "effect"

const natural = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))
const name = Schema.String.check(Schema.isNonEmpty())

/** A Raft group that would be group 0. No id is minted twice. Source: service/raft/raft_group0.cc discover_group0. */
export const GroupId = natural.pipe(Schema.brand("GroupId"))
export type GroupId = typeof GroupId.Type

/** A node's identity in Raft. It must outlive restarts. Source: service/raft/discovery.hh. */
export const ServerId = natural.pipe(Schema.brand("ServerId"))
export type ServerId = typeof ServerId.Type

/** One change of the schema, by the name that stories use. A schema is a set of them. */
export const Mutation = name.pipe(Schema.brand("Mutation"))
export type Mutation = typeof Mutation.Type

/** What a schema is known by: equal ones are taken for equal schemas. */
export const Version = Schema.String.pipe(Schema.brand("Version"))
export type Version = typeof Version.Type

/** The last command that changed a node by group 0. Source: system.group0_history. */
export const StateId = natural.pipe(Schema.brand("StateId"))
export type StateId = typeof StateId.Type

/** One schema change on its way, by the name that stories use. */
export const OperationId = natural.pipe(Schema.brand("OperationId"))
export type OperationId = typeof OperationId.Type
