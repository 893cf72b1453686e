/** The law about tables that share a tablet, and its witness: D8, W28. */
import { history } from "../../law.ts"
import type { ClusterLabel } from "../labels.ts"
import { type Group, type Groups, groupOf, groups, operationIn } from "../memories/groups.ts"
import { leavingReplica, type Metadata, pendingReplica, type Replica, type Tablet, tablesOf } from "../metadata.ts"
import { witness } from "./witness.ts"

export const D8 = history<ClusterLabel, Groups>("SES-D8", {
  sentence:
    "Tables that share a tablet move together: it leaves a stage in which each is repaired, streamed or cleaned up only once all of them have been.",
  source: "dossier sessions 1.2; service/topology_coordinator.cc handle_tablet_migration, the tables of a group",
  reading:
    "A way back from the stage is no leaving, and nothing is asked where the replica that it is for does not exist or is declared dead. A tablet of one table is not judged here: it is what D1, D3 and D6 are about.",
  follows: groups,
  breaks: (before, label) => {
    if (label._tag !== "Committed") return undefined
    for (const group of before.groups) {
      const is = label.metadata.tablets.find(({ tablet }) => tablet === group.row.tablet)
      if (is === undefined || !leaves(group.row, is) || isNobodys(group.row, label.metadata)) continue
      const missed = missing(group)
      if (missed !== undefined)
        return `${group.row.tablet} leaves ${group.row.transition?.stage}, and ${missed} has had no ${operationIn(group.row)}`
    }
    return undefined
  }
})

const leaves = ({ transition: from }: Tablet, { transition: to }: Tablet): boolean =>
  to?.stage !== from?.stage && to?.stage !== "cleanup_target"

/** Whether nobody is there for whom it would have to be done. */
const isNobodys = (row: Tablet, { ignored }: Metadata): boolean => {
  const replica = whose(row)
  return replica === undefined || ignored.includes(replica.node)
}

const whose = (row: Tablet): Replica | undefined => {
  switch (row.transition?.stage) {
    case "cleanup":
      return leavingReplica(row)
    case "rebuild_repair":
      return row.replicas[0]
    default:
      return pendingReplica(row)
  }
}

const missing = ({ row, done }: Group): string | undefined => tablesOf(row).find((table) => !done.includes(table))

export const W28 = witness(
  28,
  "The last of several tables that share a tablet is streamed.",
  "D8, S9",
  groups,
  (before, label, after) =>
    label._tag === "OperationEnded" &&
    label.operation === "stream" &&
    after.groups.some((group) => missing(group) === undefined && isMissing(groupOf(before, group.row.tablet)))
)

const isMissing = (group: Group | undefined): boolean => group !== undefined && missing(group) !== undefined
