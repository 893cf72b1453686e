/**
 * The topology coordinator: takes tablets through their stages, one commit and one barrier at a time.
 *
 * Source: dossier sessions 2.6, 3.3 and 3.4; service/topology_coordinator.cc handle_tablet_migration,
 * global_tablet_token_metadata_barrier.
 */
import { Effect } from "effect"
import type { Reason } from "../../../spec/sessions/messages.ts"
import {
  leavingReplica,
  type Metadata,
  type NodeId,
  type Position,
  pendingReplica,
  type Replica,
  type Tablet
} from "../../../spec/sessions/metadata.ts"
import { become, type Role, type Step } from "../../kernel/role.ts"
import { hearing } from "./asking.ts"
import {
  type Ask,
  type Barrier,
  type Coordinator,
  forgetting,
  newCoordinator,
  noting,
  waitingFor
} from "./coordinator-state.ts"
import type { CoordinatorInput, CoordinatorOutput, CoordinatorRefusal } from "./coordinator-words.ts"
import { planned } from "./plan.ts"
import { stageRules } from "./stages.ts"
import type { Variant } from "./variant.ts"

type CoordinatorStep = Step<Coordinator, CoordinatorOutput, CoordinatorRefusal>

/** The coordinator of a term. */
export const coordinator = (
  variant: Variant,
  term: Coordinator["term"]
): Role<Coordinator, CoordinatorInput, CoordinatorOutput, CoordinatorRefusal> => {
  const rules = stageRules(variant)

  /** Enabled while nothing else is going on and there is something to do. */
  const look = (now: Coordinator, at: Position, metadata: Metadata, full: ReadonlyArray<NodeId>): CoordinatorStep => {
    if (now.plan !== null || now.barrier !== null) return Effect.fail("Busy")
    if (!now.fenced && now.term > 1 && variant.fencePrevious === "waitsForIt") return Effect.fail("NothingToDo")
    if (!now.fenced && variant.fencePrevious !== "no")
      return become({ ...now, plan: { seen: at, metadata, asks: [], over: [] } })
    const { next, triggers, changed, asks, over } = planned(variant, rules, now, at, metadata, full)
    if (changed !== null) return become({ ...next, plan: { seen: at, metadata: changed, asks, over } }, ...triggers)
    if (asks.length > 0) return begun(next, metadata, asks, triggers)
    return triggers.length > 0 ? become(next, ...triggers) : Effect.fail("NothingToDo")
  }

  /** Barriers of a pass whose commit had no effect have failed without having run. */
  const commitDone = (now: Coordinator, effective: boolean): CoordinatorStep => {
    if (now.plan === null) return Effect.fail("NotAsked")
    const { asks, over, metadata } = now.plan
    const idle: Coordinator = { ...now, plan: null }
    if (!effective) return become(asks.reduce((state, ask) => resolved(state, ask, "failed"), idle))
    const known = variant.forgets === "withTheCommit" ? over.reduce(forgetting, idle) : idle
    const fenced: Coordinator = { ...known, fenced: true }
    return asks.length === 0 ? become(fenced) : begun(fenced, metadata, asks, [])
  }

  const begun = (
    now: Coordinator,
    metadata: Metadata,
    asks: ReadonlyArray<Ask>,
    before: ReadonlyArray<CoordinatorOutput>
  ): CoordinatorStep => {
    const index = now.index + 1
    const { version } = metadata
    const targets = targetsOf(variant, metadata)
    const command = variant.barrierCommand
    const barrier: Barrier = { index, command, version, waiting: targets, failed: false, asks }
    const tablets = asks.map(({ tablet }) => tablet)
    return become({ ...now, index, barrier }, ...before, {
      _tag: "BarrierBegan",
      index,
      command,
      version,
      targets,
      tablets
    })
  }

  const answered = (now: Coordinator, node: NodeId, index: number, reason: Reason | null): CoordinatorStep => {
    const { barrier } = now
    if (barrier === null || barrier.index !== index || !barrier.waiting.includes(node)) return become(now)
    const waiting = barrier.waiting.filter((other) => other !== node)
    const failed = barrier.failed || (reason !== null && variant.drainFailure === "fails")
    if (waiting.length > 0 || !failed) return become({ ...now, barrier: { ...barrier, waiting, failed } })
    return over({ ...now, barrier }, "failed")
  }

  const over = (now: Coordinator, result: "failed" | "succeeded"): CoordinatorStep => {
    const { barrier } = now
    if (barrier === null) return Effect.fail("NotAsked")
    const idle: Coordinator = { ...now, barrier: null }
    const known = barrier.asks.reduce((state, ask) => resolved(state, ask, result), idle)
    return become(known, { _tag: "BarrierEnded", index: barrier.index, ok: result === "succeeded" })
  }

  const step = (now: Coordinator, input: CoordinatorInput): CoordinatorStep => {
    switch (input._tag) {
      case "Looked":
        return look(now, input.at, input.metadata, input.full)
      case "CommitDone":
        return commitDone(now, input.effective)
      case "FenceDone":
        return now.barrier?.waiting.length === 0 ? over(now, "succeeded") : Effect.fail("NotAsked")
      case "CommandAnswered":
        return answered(now, input.node, input.index, input.reason)
      case "TriggerAnswered": {
        const { next, triggers } = hearing(now, input.call, input.reason)
        return become(next, ...triggers)
      }
      case "ConnectionBroke": {
        const lost = waitingFor(now).filter(({ node }) => node === input.node)
        const known = lost.reduce((state, { call }) => hearing(state, call, "Disconnected").next, now)
        const index = known.barrier?.waiting.includes(input.node) ? known.barrier.index : undefined
        return index === undefined ? become(known) : answered(known, input.node, index, "Disconnected")
      }
    }
  }
  return { name: `coordinator of term ${term}`, initial: newCoordinator(term), step }
}

/** Whom a barrier asks. A tablet is on its way where it is pending, and where it leaves. */
const targetsOf = ({ barrierAsks }: Variant, { nodes, ignored, tablets }: Metadata): ReadonlyArray<NodeId> => {
  const among = (replicas: ReadonlyArray<Replica>, name: NodeId) => replicas.some(({ node }) => node === name)
  const asked = (name: NodeId): boolean => {
    switch (barrierAsks) {
      case "everyNode":
        return true
      case "settledNodes":
        return tablets.every((tablet) => !among(arriving(tablet), name))
      case "replicas":
        return tablets.some(({ replicas, transition }) => among([...replicas, ...(transition?.next ?? [])], name))
    }
  }
  return nodes.filter((node) => !ignored.includes(node) && asked(node))
}

const arriving = (tablet: Tablet): ReadonlyArray<Replica> =>
  [pendingReplica(tablet), leavingReplica(tablet)].flatMap((replica) => replica ?? [])

const resolved = (now: Coordinator, { tablet, stage }: Ask, barrier: "failed" | "succeeded"): Coordinator =>
  noting(now, tablet, stage, { barrier })
