/** One pass of the pump: which stages are left, which operations are started, and who wants a barrier. */
import {
  type Metadata,
  type NodeId,
  type Position,
  type Stage,
  type Tablet,
  type TabletId,
  type Transition,
  tablesOf,
  type Version
} from "../../../spec/sessions/metadata.ts"
import { asking } from "./asking.ts"
import { type Ask, actionsOf, type Coordinator, forgetting, forgettingTasks, noting } from "./coordinator-state.ts"
import type { CoordinatorOutput } from "./coordinator-words.ts"
import { freshSession } from "./fresh.ts"
import { losesReplica } from "./operations.ts"
import { resized } from "./resize.ts"
import type { Leave, StageRule, Task } from "./stages.ts"
import type { Variant } from "./variant.ts"

type Trigger = Extract<CoordinatorOutput, { _tag: "Trigger" }>

export interface Pass {
  readonly next: Coordinator
  readonly triggers: ReadonlyArray<Trigger>
  /** What group 0 is to say, null where nothing changes. */
  readonly changed: Metadata | null
  readonly asks: ReadonlyArray<Ask>
  /** Tablets whose transitions end. */
  readonly over: ReadonlyArray<TabletId>
}

/** What is done for one tablet. */
type Deed =
  | { readonly _tag: "leave"; readonly leave: Leave }
  | { readonly _tag: "ask" }
  | ({ readonly _tag: "start" } & Task)
  | { readonly _tag: "wait" }

/** Reads all transitions under one right to commit, and decides about each. */
export const planned = (
  variant: Variant,
  rules: Readonly<Record<Stage, StageRule>>,
  now: Coordinator,
  at: Position,
  metadata: Metadata,
  full: ReadonlyArray<NodeId>
): Pass => {
  let next = now
  const forget = variant.barrierResult === "nextTransitionToo" ? forgettingTasks : forgetting
  let tablets = metadata.tablets
  const triggers: Array<Trigger> = []
  const asks: Array<Ask> = []
  const over: Array<TabletId> = []
  for (const tablet of metadata.tablets) {
    const { transition } = tablet
    if (transition === null || !remembers(variant, now, tablet.tablet, transition)) continue
    const deed = decided(variant, rules[transition.stage], now, metadata, full, tablet, transition)
    if (deed._tag === "ask") asks.push({ tablet: tablet.tablet, stage: transition.stage })
    else if (deed._tag === "start") {
      const asked = asking(next, {
        tablet: tablet.tablet,
        stage: transition.stage,
        operation: deed.operation,
        // Only a repair brings its session along.
        session: deed.operation === "repair" ? transition.session : null,
        nodes: deed.at.map(({ node }) => node),
        tables: tablesIn(variant, transition.stage, tablet)
      })
      next = asked.next
      triggers.push(...asked.triggers)
    } else if (deed._tag === "leave") {
      const repaired =
        transition.stage === "repair" && actionsOf(now, tablet.tablet, "repair").task?.state === "succeeded"
      const after = left(tablet, transition, deed.leave, at)
      const noted = repaired && transition.session !== null ? { ...after, repaired: transition.session } : after
      tablets = tablets.map((other) => (other === tablet ? noted : other))
      if (deed.leave.stage === null) {
        over.push(tablet.tablet)
        // Nobody may ever hear what became of the commit. If it has no effect, the worst that comes of it is one more barrier.
        if (variant.forgets === "beforeTheCommit") next = forget(next, tablet.tablet)
      } else if (deed.leave.stage === transition.stage)
        next = noting(next, tablet.tablet, transition.stage, { task: null })
      else if (variant.barrierResult === "nextStageToo")
        next = noting(next, tablet.tablet, deed.leave.stage, { barrier: "succeeded" })
    }
  }
  const version = (variant.versionBump === "everyChange" ? metadata.version + 1 : metadata.version) as Version
  const halves =
    tablets === metadata.tablets || variant.resizes === "anyTime" ? resized(variant, { ...metadata, tablets }) : null
  if (halves !== null) {
    const { resize: _, ...rest } = metadata
    return { next, triggers, changed: { ...rest, version, tablets: halves }, asks, over }
  }
  const changed = tablets === metadata.tablets ? null : { ...metadata, version, tablets }
  return { next, triggers, changed, asks, over }
}

/** Whether the coordinator knows what it needs to go on. With repairs ended from memory, only whoever ran one can end it. */
const remembers = ({ repairEnd }: Variant, now: Coordinator, tablet: TabletId, { stage }: Transition): boolean =>
  repairEnd === "fromGroup0" || stage !== "end_repair" || actionsOf(now, tablet, "repair").task !== null

/** The tables that a stage's operation is asked for: all that share the tablet, but a repair and a restore are for the first alone. */
const tablesIn = ({ groupWork }: Variant, stage: Stage, tablet: Tablet): ReadonlyArray<TabletId> =>
  stage === "repair" || stage === "restore" || groupWork === "firstTable" ? [tablet.tablet] : tablesOf(tablet)

const decided = (
  variant: Variant,
  rule: StageRule,
  now: Coordinator,
  metadata: Metadata,
  full: ReadonlyArray<NodeId>,
  tablet: Tablet,
  { stage }: Transition
): Deed => {
  const { barrier, task: done } = actionsOf(now, tablet.tablet, stage)
  const back = rule.rollback(tablet)
  const mayGoBack = back !== null && isReasonEnough(variant, metadata, tablet)
  if (rule.barrier && barrier !== "succeeded") {
    return barrier === "failed" && mayGoBack && variant.rollbackWaits === "no"
      ? { _tag: "leave", leave: back }
      : { _tag: "ask" }
  }
  const task = rule.task(tablet, metadata)
  if (task === null) return { _tag: "leave", leave: rule.done(tablet) }
  if (done === null) return { _tag: "start", ...task }
  if (done.state === "running") return { _tag: "wait" }
  if (done.state === "succeeded") return { _tag: "leave", leave: rule.done(tablet) }
  // A repair by itself is not tried again; one that a rebuild depends on is.
  if (rule.givesUp !== undefined)
    return rule.givesUp === "behindBarrier" && barrier !== "succeeded"
      ? { _tag: "ask" }
      : { _tag: "leave", leave: rule.done(tablet) }
  const noRoom = variant.fullDisk === "rollsBack" && task.at.some(({ node }) => full.includes(node))
  if (back !== null && (mayGoBack || noRoom)) return { _tag: "leave", leave: back }
  if (variant.rollbackOn === "never" && losesReplica(metadata, tablet)) return { _tag: "wait" }
  return variant.retrySession === "same"
    ? { _tag: "start", ...task }
    : { _tag: "leave", leave: { stage, session: "fresh" } }
}

const isReasonEnough = ({ rollbackOn }: Variant, metadata: Metadata, tablet: Tablet): boolean =>
  rollbackOn === "anyFailure" || (rollbackOn === "lostReplica" && losesReplica(metadata, tablet))

const left = (tablet: Tablet, transition: Transition, { stage, session, replicas }: Leave, at: Position): Tablet => ({
  ...tablet,
  replicas: replicas === "new" ? transition.next : tablet.replicas,
  transition:
    stage === null
      ? null
      : {
          ...transition,
          stage,
          session:
            session === "kept" ? transition.session : session === "cleared" ? null : freshSession(at, tablet.tablet)
        }
})
