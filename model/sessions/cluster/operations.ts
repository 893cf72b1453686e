/** Operations on tablets at a node: when they may begin, what they hold while they run, and what ends them. Source: dossier sessions 2.8. */
import type { SessionId } from "../../../spec/sessions/ids.ts"
import type { Operation, Reason } from "../../../spec/sessions/messages.ts"
import {
  leavingReplica,
  type Metadata,
  type NodeId,
  pendingReplica,
  type Replica,
  type Stage,
  type Tablet,
  type TabletId,
  type Version
} from "../../../spec/sessions/metadata.ts"
import type { Running, Triggered } from "./node-state.ts"
import type { Variant } from "./variant.ts"

/** By its name in any of the tables that share it. */
export const tabletOf = ({ tablets }: Metadata, tablet: TabletId): Tablet | undefined =>
  tablets.find((known) => known.tablet === tablet || known.colocated?.includes(tablet) === true)

/** What a trigger leads to at a node that has read its own metadata. */
export type Begun =
  | { readonly reason: Reason }
  | {
      readonly reason: null
      readonly stage: Stage
      readonly session: SessionId | null
      readonly replica: Replica
      /** Between two shards of this node. */
      readonly within: boolean
    }

const stagesFor: Readonly<Record<Operation, ReadonlyArray<Stage>>> = {
  stream: ["streaming"],
  cleanup: ["cleanup", "cleanup_target"],
  repair: ["repair", "rebuild_repair"],
  restore: ["restore"]
}

/**
 * Whether a trigger's operation may begin here, and under what.
 *
 * A trigger says no more than what is to be done to which tablet: stage, session and replicas are the node's own. Only a
 * repair brings its session along, so that a late trigger is not taken for that of a newer repair.
 */
export const begun = (variant: Variant, node: NodeId, metadata: Metadata, trigger: Triggered): Begun => {
  const tablet = tabletOf(metadata, trigger.tablet)
  const transition = tablet?.transition ?? null
  if (tablet === undefined) return { reason: "NoSuchTablet" }
  if (transition === null) return { reason: "WrongStage" }
  const { stage } = transition
  if (variant.triggerChecks !== "none" && !stagesFor[trigger.operation].includes(stage)) return { reason: "WrongStage" }
  const replica = replicaFor(trigger.operation, stage, node, metadata, tablet)
  if (replica === undefined || replica.node !== node) return { reason: "NotThisReplica" }
  const session = (variant.repairSession === "itsTriggers" ? trigger.session : null) ?? transition.session
  if (session === null && trigger.operation !== "cleanup") return { reason: "NoSession" }
  return { reason: null, stage, session, replica, within: transition.kind === "intranode_migration" }
}

/** The replica that an operation is for: the same for every node, but that each restores its own. */
const replicaFor = (
  operation: Operation,
  stage: Stage,
  node: NodeId,
  metadata: Metadata,
  tablet: Tablet
): Replica | undefined => {
  switch (operation) {
    case "stream":
      return pendingReplica(tablet)
    case "cleanup":
      return stage === "cleanup" ? leavingReplica(tablet) : pendingReplica(tablet)
    case "repair":
      return primaryOf(metadata, tablet)
    case "restore":
      return tablet.replicas.find((replica) => replica.node === node)
  }
}

/** Who leads a repair: the first of the replicas that nobody has declared dead. Source: dossier 3.1; locator/tablets.cc. */
export const primaryOf = ({ ignored }: Pick<Metadata, "ignored">, { replicas }: Tablet): Replica | undefined =>
  replicas.find(({ node }) => !ignored.includes(node))

/**
 * Where a stream comes from: the replica that leaves, or, where it is gone or none leaves, any that stays.
 *
 * Source: dossier 3.2; locator/tablets.cc get_migration_streaming_info.
 */
export const sourceOf = ({ ignored }: Metadata, tablet: Tablet): Replica | undefined => {
  const leaving = leavingReplica(tablet)
  const kind = tablet.transition?.kind
  if (kind === "migration" || kind === "intranode_migration") return leaving
  return tablet.replicas.find((replica) => !ignored.includes(replica.node) && replica !== leaving)
}

/**
 * Whether the operator has declared dead a node that a transition cannot do without.
 *
 * Once reads have switched the new replicas have everything, and it goes back only if more of them are dead than of the old.
 */
export const losesReplica = (metadata: Metadata, tablet: Tablet): boolean => {
  const { transition, replicas } = tablet
  const dead = (side: ReadonlyArray<Replica>) => side.filter(({ node }) => metadata.ignored.includes(node)).length
  if (transition?.stage === "write_both_read_new") return dead(transition.next) > dead(replicas)
  const pending = pendingReplica(tablet)
  const source = sourceOf(metadata, tablet)
  const lost = (replica: Replica | undefined) => replica === undefined || metadata.ignored.includes(replica.node)
  return pending !== undefined && (lost(pending) || lost(source))
}

/**
 * An operation when its node goes over to other metadata.
 *
 * While its tablet stays in its stage and its table is neither split nor merged, it lets go of the old version and holds the new one, so that no barrier waits for
 * it. Once the stage has moved it keeps what it has, is told to end, and barriers wait until it does. Source:
 * locator/tablets.cc tablet_metadata_guard.
 */
export const moved = (variant: Variant, running: Running, before: Version, metadata: Metadata): Running => {
  if (variant.operationPins === "nothing") return running
  if (variant.operationPins === "whateverTheStage") return { ...running, pin: metadata.version }
  const stage = tabletOf(metadata, running.tablet)?.transition?.stage ?? null
  const isResized = variant.guardMinds === "stageAndCount" && metadata.tablets.length !== running.count
  if (stage !== running.stage || isResized) return { ...running, aborted: true }
  if (variant.operationPins === "always" || running.aborted) return running
  return { ...running, pin: variant.operationPins === "oneBehind" ? before : metadata.version }
}
