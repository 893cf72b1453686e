/** Laws about how the stages of a transition follow each other: V6, C3, C4, S8o. */
import { history } from "../../law.ts"
import type { ClusterLabel } from "../labels.ts"
import { type Failures, failures } from "../memories/failures.ts"
import { type GroupZero, groupZero, tabletChanges } from "../memories/group-zero.ts"
import { type Operations, operations } from "../memories/operations.ts"
import { placesFor, samePlaces } from "../memories/routes.ts"
import { leavingReplica, type Metadata, pendingReplica, type Replica, type Stage, type Tablet } from "../metadata.ts"

export const V6 = history<ClusterLabel, GroupZero>("SES-V6", {
  sentence: "One command changes for a tablet whom its writes go to or whom its reads go to, and never both.",
  source: "dossier sessions 3.1; docs/dev/topology-over-raft.md, tablet migration; scylladb commit f06094aa95",
  follows: groupZero,
  breaks: ({ metadata }, label) => {
    if (label._tag !== "Committed") return undefined
    const leap = tabletChanges(metadata, label.metadata).find(({ was, is }) => {
      if (was === undefined) return false
      const [before, after] = [placesFor(was), placesFor(is)]
      return !samePlaces(before.writes, after.writes) && !samePlaces(before.reads, after.reads)
    })
    return leap === undefined
      ? undefined
      : `${leap.is.tablet} goes from ${stageOf(leap.was)} to ${stageOf(leap.is)}, and both writes and reads go elsewhere`
  }
})

const stageOf = (tablet: Tablet | undefined): string => tablet?.transition?.stage ?? "no transition"

const deadOf = ({ ignored }: Metadata, replicas: ReadonlyArray<Replica>): number =>
  replicas.filter(({ node }) => ignored.includes(node)).length

const beforeSwitch: ReadonlyArray<Stage> = ["allow_write_both_read_old", "write_both_read_old", "rebuild_repair"]

/** Whether the operator has declared dead what a transition needs in order to go on from its stage: what it reads from or writes to. */
export const isLost = (metadata: Metadata, tablet: Tablet): boolean => {
  const { replicas, transition } = tablet
  if (transition === null) return false
  const { stage, next, kind } = transition
  if (stage === "write_both_read_new") return deadOf(metadata, next) > deadOf(metadata, replicas)
  const [pending, leaving] = [pendingReplica(tablet), leavingReplica(tablet)]
  if (!beforeSwitch.includes(stage) || pending === undefined) return false
  if (metadata.ignored.includes(pending.node)) return true
  if (kind === "migration" || kind === "intranode_migration")
    return leaving !== undefined && metadata.ignored.includes(leaving.node)
  const sources = replicas.filter((replica) => replica !== leaving)
  return deadOf(metadata, sources) === sources.length
}

export const C3 = history<ClusterLabel, GroupZero>("SES-C3", {
  sentence: "A transition goes back only where a replica that it needs was declared dead.",
  source: "dossier sessions 3.1, and 2.6; service/topology_coordinator.cc check_excluded_replicas",
  reading:
    "Once reads have switched: where more of the new replicas are dead than of the old. What fails in streaming is not judged, for labels do not tell of a full disk.",
  follows: groupZero,
  breaks: ({ metadata }, label) => {
    if (label._tag !== "Committed") return undefined
    const idle = tabletChanges(metadata, label.metadata).find(
      ({ was, is }) => was !== undefined && goesBack(was, is) && !isLost(label.metadata, was)
    )
    return idle === undefined
      ? undefined
      : `${idle.is.tablet} goes back from ${stageOf(idle.was)}, and has lost nothing that it needs`
  }
})

/** Whether a transition goes back from a stage in which a barrier decides about that. */
export const goesBack = ({ transition: from }: Tablet, { transition: to }: Tablet): boolean =>
  (to?.stage === "cleanup_target" || to?.stage === "write_both_read_old_fallback_cleanup") &&
  from !== null &&
  (beforeSwitch.includes(from.stage) || from.stage === "write_both_read_new")

export const C4 = history<ClusterLabel, Failures>("SES-C4", {
  sentence:
    "Once a barrier has failed and a needed replica is declared dead, the transition goes back, and asks for no other first.",
  source: "dossier sessions 4.2, L4, and 5, M67; scylladb commits 7c331b7319 and b12f46babd",
  reading: "Of the coordinator whose barrier failed: another one knows nothing of it.",
  follows: failures,
  breaks: (before, label) => {
    if (label._tag !== "BarrierBegan" || before.metadata === null) return undefined
    const { metadata } = before
    const again = before.failed.find(({ term, tablet }) => {
      const stuck = metadata.tablets.find((known) => known.tablet === tablet)
      return term === label.term && label.tablets.includes(tablet) && stuck !== undefined && isLost(metadata, stuck)
    })
    return again === undefined
      ? undefined
      : `a barrier for ${again.tablet} has failed, a replica is dead, and another barrier begins instead of the way back`
  }
})

export const S8o = history<ClusterLabel, Operations>("SES-S8o", {
  sentence: "While a tablet is in no transition, no operation on it goes on anywhere.",
  source: "dossier sessions 4.1, S8, and 2.8; docs/dev/topology-over-raft.md, INV-TABL-2",
  reading: "Nodes that are declared dead are not judged, nor tablets that were dropped.",
  follows: operations,
  breaks: (_, label, after) => {
    if (label._tag !== "Committed" && label._tag !== "OperationBegan") return undefined
    const late = after.going.find(({ node, tablet }) => after.idle.includes(tablet) && !after.ignored.includes(node))
    return late === undefined ? undefined : `${late.node} still has its ${late.operation} of ${late.tablet} going on`
  }
})
