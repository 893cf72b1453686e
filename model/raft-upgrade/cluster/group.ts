/**
 * Group 0 as a thing of its own: who is in it, and what it was told, in the order in which a majority agreed.
 *
 * Elections and replication are left out: every member knows a prefix of the configurations and of the commands.
 */

import type { NodeId } from "../../../spec/metadata.ts"
import type { GroupId, Mutation, OperationId, StateId } from "../../../spec/raft-upgrade/ids.ts"
import type { Configuration } from "../../../spec/raft-upgrade/messages.ts"
import type { Cell } from "../../kernel/cell.ts"

export interface Entry {
  readonly previous: StateId | null
  readonly next: StateId
  readonly mutation: Mutation
  readonly by: NodeId
  readonly operation: OperationId
}

export interface Group {
  readonly group: GroupId
  /** The last of them is in force. */
  readonly configurations: ReadonlyArray<Configuration>
  readonly log: ReadonlyArray<Entry>
}

export type GroupOp =
  | { readonly _tag: "Configures"; readonly group: GroupId; readonly configuration: Configuration }
  | { readonly _tag: "Appends"; readonly group: GroupId; readonly entry: Entry }

export type Groups = ReadonlyArray<Group>

export const groupsCell: Cell<Groups, GroupOp> = {
  name: "groups",
  init: [],
  apply: (groups, op) => {
    const was = groupOf(groups, op.group) ?? { group: op.group, configurations: [], log: [] }
    const others = groups.filter(({ group }) => group !== op.group)
    const now: Group =
      op._tag === "Configures"
        ? { ...was, configurations: [...was.configurations, op.configuration] }
        : { ...was, log: [...was.log, op.entry] }
    return [...others, now].sort((one, other) => one.group - other.group)
  }
}

export const groupOf = (groups: Groups, group: GroupId): Group | undefined => groups.find((one) => one.group === group)

/** The configuration in force. */
export const inForce = (groups: Groups, group: GroupId): Configuration =>
  groupOf(groups, group)?.configurations.at(-1) ?? { members: [], joint: false }

/** Whether enough of a configuration's voters are up. */
export const hasMajority = ({ members }: Configuration, isUp: (node: NodeId) => boolean): boolean => {
  const voters = members.filter(({ voter }) => voter)
  return voters.filter(({ node }) => isUp(node)).length * 2 > voters.length
}
