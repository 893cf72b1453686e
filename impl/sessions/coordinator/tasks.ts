/** What a stage asks of nodes, and whether somebody it needs was declared dead. Source: dossier `sessions.md` 3.1 and 3.4. */
import type { NodeRequest } from "../../../spec/sessions/messages.ts"
import {
  leavingReplica,
  type Metadata,
  type NodeId,
  pendingReplica,
  type Replica,
  type Tablet,
  type TabletId,
  tablesOf
} from "../../../spec/sessions/metadata.ts"
import { readFrom, writtenTo } from "./sources.ts"
import type { StageRow } from "./stage-table.ts"

type Trigger = Extract<NodeRequest, { readonly _tag: "Trigger" }>

/** A trigger, and the node that it goes to. */
export interface Task {
  readonly node: NodeId
  readonly trigger: Trigger
}

/** What is asked at once. */
export type Round = ReadonlyArray<Task>

/**
 * The triggers of a stage, one round for each table to be gone through in turn; none where nobody has to do anything, or nobody
 * is left who could. A repair and a restore that are no part of a move are for the first of several tables alone.
 *
 * Source: service/topology_coordinator.cc handle_tablet_migration, the tables of a group.
 */
export const roundsOf = (row: StageRow, tablet: Tablet, ignored: ReadonlyArray<NodeId>): ReadonlyArray<Round> => {
  const tables = row.givesUp ? [tablet.tablet] : tablesOf(tablet)
  return tables.map((table) => tasksOf(row, tablet, table, ignored)).filter((round) => round.length > 0)
}

const tasksOf = (row: StageRow, tablet: Tablet, table: TabletId, ignored: ReadonlyArray<NodeId>): Round => {
  const alive = (replica: Replica | undefined): ReadonlyArray<NodeId> =>
    replica === undefined || ignored.includes(replica.node) ? [] : [replica.node]
  const ask = (operation: Trigger["operation"], nodes: ReadonlyArray<NodeId | undefined>): ReadonlyArray<Task> =>
    nodes.flatMap((node) => (node === undefined ? [] : [{ node, trigger: triggerOf(operation, table, tablet) }]))
  switch (row.asks) {
    case "nothing":
      return []
    case "stream at pending":
      // A pending replica that is dead must fail the stage, so it is asked all the same.
      return ask("stream", [pendingReplica(tablet)?.node])
    case "cleanup at leaving":
      return ask("cleanup", alive(leavingReplica(tablet)))
    case "cleanup at pending":
      return ask("cleanup", alive(pendingReplica(tablet)))
    case "repair at primary":
      return ask("repair", [readFrom(tablet, ignored)[0]])
    case "restore at all":
      return ask("restore", readFrom(tablet, ignored))
  }
}

/** Only a repair names its session; all else is looked up by the node in what group 0 says. */
const triggerOf = (operation: Trigger["operation"], table: TabletId, { transition }: Tablet): Trigger => {
  const trigger = { _tag: "Trigger", operation, tablet: table } as const
  const session = transition?.session ?? null
  return operation === "repair" && session !== null ? { ...trigger, session } : trigger
}

/** Whether a failure in a stage leads back, because a replica that the way forward needs was declared dead. */
export const isLost = ({ lost }: StageRow, tablet: Tablet, { ignored }: Metadata): boolean => {
  const dead = (nodes: ReadonlyArray<NodeId>): number => nodes.filter((node) => ignored.includes(node)).length
  switch (lost) {
    case "never":
      return false
    case "a replica of the move":
      return dead(readFrom(tablet, ignored)) + dead(writtenTo(tablet)) > 0 || readFrom(tablet, ignored).length === 0
    case "more of the new than of the old": {
      const next = tablet.transition?.next ?? []
      // A tablet that moves between the shards of a node has lost both of them or neither.
      return dead(next.map(({ node }) => node)) > dead(tablet.replicas.map(({ node }) => node))
    }
  }
}
