/** What has been done, in the stage that a tablet is in, for each of the tables that share it. Nothing where a table is by itself. */
import type { Memory } from "../../law.ts"
import type { ClusterLabel } from "../labels.ts"
import type { Operation } from "../messages.ts"
import type { Metadata, Stage, Tablet, TabletId } from "../metadata.ts"

/** A tablet of several tables in a stage that asks something for each of them. */
export interface Group {
  readonly row: Tablet
  /** The tables for which it was done. */
  readonly done: ReadonlyArray<TabletId>
}

export interface Groups {
  readonly groups: ReadonlyArray<Group>
}

/** What is asked for each table. A repair and a restore by themselves are for the first alone. */
const asked: Partial<Readonly<Record<Stage, Operation>>> = {
  rebuild_repair: "repair",
  streaming: "stream",
  cleanup: "cleanup",
  cleanup_target: "cleanup"
}

export const operationIn = ({ transition }: Tablet): Operation | undefined =>
  transition === null ? undefined : asked[transition.stage]

export const groups: Memory<Groups, ClusterLabel> = {
  name: "groups",
  init: { groups: [] },
  on: (before, label) => {
    if (label._tag === "Committed") return { groups: groupsIn(before, label.metadata) }
    if (label._tag !== "OperationEnded" || label.reason !== null) return before
    const { operation, tablet } = label
    return {
      groups: before.groups.map((group) =>
        operationIn(group.row) === operation ? { ...group, done: withOne(group.done, tablet) } : group
      )
    }
  }
}

const groupsIn = (before: Groups, { tablets }: Metadata): ReadonlyArray<Group> =>
  tablets
    .filter((row) => row.colocated !== undefined && operationIn(row) !== undefined)
    .map((row) => {
      const known = groupOf(before, row.tablet)
      return { row, done: known?.row.transition?.stage === row.transition?.stage ? (known?.done ?? []) : [] }
    })

const withOne = (done: ReadonlyArray<TabletId>, tablet: TabletId): ReadonlyArray<TabletId> =>
  [...new Set([...done, tablet])].sort()

export const groupOf = ({ groups: known }: Groups, tablet: TabletId): Group | undefined =>
  known.find(({ row }) => row.tablet === tablet)
