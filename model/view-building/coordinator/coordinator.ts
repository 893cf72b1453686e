/**
 * The view building coordinator: takes one base after the other in hand, asks every replica for its part, and deletes what was
 * done.
 *
 * Source: dossier view-building 2.2 and 2.5; db/view/view_building_coordinator.cc run, update_state, work_on_view_building,
 * finished_task_gc_fiber.
 */
import { Effect } from "effect"
import { type NodeId, type Replica, sameReplica, type Term } from "../../../spec/metadata.ts"
import type { TableId } from "../../../spec/view-building/ids.ts"
import type { CallAnswer, Change } from "../../../spec/view-building/messages.ts"
import { type BuildingState, tableOf } from "../../../spec/view-building/metadata.ts"
import { become, type Role, type Step } from "../../kernel/role.ts"
import type { Said } from "../said.ts"
import type { Variant } from "../variant.ts"
import { collected, deletable } from "./collecting.ts"
import { ended, endedTasks, started, startedAt } from "./progress.ts"
import { nextBase, replicasOf, selected } from "./selecting.ts"
import {
  byPlace,
  type Coordinator,
  failing,
  finishedAt,
  newCoordinator,
  nextCall,
  type Plan,
  reported
} from "./state.ts"
import { picked, updated } from "./statuses.ts"
import type { CoordinatorInput, CoordinatorOutput, CoordinatorRefusal } from "./words.ts"

type CoordinatorStep = Step<Coordinator, CoordinatorOutput, CoordinatorRefusal>
type Looked = Extract<CoordinatorInput, { _tag: "Looked" }>
type Called = Extract<CoordinatorOutput, { _tag: "Called" }>
type Written = { readonly change: Change; readonly said: Said }

/** The coordinator of a term. */
export const coordinator = (
  variant: Variant,
  term: Term
): Role<Coordinator, CoordinatorInput, CoordinatorOutput, CoordinatorRefusal> => {
  /** One pass of the main loop: C0, C2, C1 and C3, the first that has anything to do. */
  const look = (now: Coordinator, { at, said, alive }: Looked): CoordinatorStep => {
    if (now.plan !== null) return Effect.fail("Busy")
    if (now.loop !== "awake") return Effect.fail("NothingToDo")
    const plan = (change: Change, next: Said): CoordinatorStep =>
      planned(now, { fiber: "loop", seen: at, change, said: next })
    if (!now.fenced && variant.fence === "yes") return plan({ _tag: "Fence" }, said)
    const { processing } = said.state
    const base = nextBase(said.state)
    if (processing !== null && variant.picks === "anyTime" && base !== undefined && base !== processing)
      return plan({ _tag: "PickBase", base }, picked(variant, said, base))
    if (processing === null)
      return base === undefined ? idle(now) : plan({ _tag: "PickBase", base }, picked(variant, said, base))
    const all = now.finished.flatMap(({ tasks }) => tasks)
    const update = updated(variant, said, processing, all)
    if (update !== null) return plan(update.change, update.said)
    // Tasks for a table without tablets: every pass ends in the same exception.
    if (tableOf(said.state, processing) === undefined) return Effect.fail("NoTablets")
    const written = variant.progress === "written" ? writesDown(now, said, processing, alive) : null
    return written === null ? schedule(now, said.state, processing, alive) : plan(written.change, written.said)
  }

  /** The design of 2025 writes down what has ended, and what is about to begin, before it asks for anything. */
  const writesDown = (now: Coordinator, said: Said, base: TableId, alive: ReadonlyArray<NodeId>): Written | null => {
    const over = endedTasks(now, said)
    if (over.length > 0) return { change: { _tag: "FinishTasks", tasks: over }, said: ended(said, over) }
    const tasks = replicasOf(said.state, base)
      .filter((replica) => isFree(now, replica, alive) && startedAt(said.state, base, replica).length === 0)
      .flatMap((replica) => selected(variant, said.state, base, replica, finishedAt(now, replica)))
    return tasks.length === 0 ? null : { change: { _tag: "StartTasks", tasks }, said: started(said, tasks) }
  }

  /** C3: every replica that has something to do, is not at it, and is believed to be up, is asked for it. */
  const schedule = (
    now: Coordinator,
    state: BuildingState,
    base: TableId,
    alive: ReadonlyArray<NodeId>
  ): CoordinatorStep => {
    const asked = replicasOf(state, base)
      .filter((replica) => isFree(now, replica, alive))
      .flatMap((replica): ReadonlyArray<Called> => {
        const tasks =
          variant.progress === "written"
            ? startedAt(state, base, replica)
            : selected(variant, state, base, replica, finishedAt(now, replica))
        return tasks.length === 0 ? [] : [{ _tag: "Called", call: nextCall(now, replica, state.nodes), replica, tasks }]
      })
    if (asked.length === 0) return idle(now)
    const calls = byPlace([
      ...now.calls,
      ...asked.map(({ replica, call }) => ({ replica, call, phase: "out" as const }))
    ])
    const outputs: ReadonlyArray<CoordinatorOutput> = [{ _tag: "Guarded" }, ...asked]
    return become({ ...now, calls, loop: afterPass(variant) }, ...outputs)
  }

  const isFree = ({ calls }: Coordinator, replica: Replica, alive: ReadonlyArray<NodeId>): boolean =>
    calls.filter((call) => sameReplica(call.replica, replica)).length < (variant.calls === "one" ? 1 : 2) &&
    (variant.asks === "everyHost" || alive.includes(replica.node))

  /** Who looks again only when told goes to sleep after a pass that has changed nothing. */
  const idle = (now: Coordinator): CoordinatorStep =>
    variant.wakeUps === "level" ? Effect.fail("NothingToDo") : become({ ...now, loop: "dozing" }, { _tag: "Guarded" })

  /** C6: what was reported is looked at once more under a guard, and deleted. */
  const collect = (
    now: Coordinator,
    { at, said }: Extract<CoordinatorInput, { _tag: "CollectionDue" }>
  ): CoordinatorStep => {
    if (now.plan !== null || (!now.fenced && variant.fence === "yes")) return Effect.fail("Busy")
    if (variant.progress === "written") return Effect.fail("NothingToDo")
    const tasks = deletable(variant, now, said)
    if (tasks.length === 0) return Effect.fail("NothingToDo")
    const change: Change = { _tag: "CollectTasks", tasks }
    return planned(now, { fiber: "collection", seen: at, change, said: collected(variant, said, tasks) })
  }

  /** Whoever fails keeps what was reported, and computes everything anew. */
  const commitDone = (now: Coordinator, effective: boolean): CoordinatorStep => {
    if (now.plan === null) return Effect.fail("NotAsked")
    const idle: Coordinator = { ...now, plan: null }
    if (!effective) return become(idle)
    const fenced: Coordinator = { ...idle, fenced: true }
    const isReported = now.plan.fiber === "collection" || now.plan.change._tag === "FinishTasks"
    return become(isReported ? { ...fenced, finished: [] } : fenced)
  }

  /** C4 and C5. While a collection has the mutex nobody reports. */
  const callEnded = (now: Coordinator, replica: Replica, call: number, answer: CallAnswer): CoordinatorStep => {
    const known = now.calls.find((other) => sameReplica(other.replica, replica) && other.call === call)
    if (known?.phase !== "out") return Effect.fail("NotAsked")
    if (now.plan?.fiber === "collection") return Effect.fail("Busy")
    if (answer._tag === "Done") return become(woken(reported(now, replica, answer.tasks)))
    const rests = variant.afterFailure === "aSecondOfRest"
    return become(rests ? failing(now, replica, "resting") : woken(failing(now, replica, "over")))
  }

  const rested = (now: Coordinator, replica: Replica): CoordinatorStep => {
    const known = now.calls.find((other) => sameReplica(other.replica, replica))
    if (known?.phase !== "resting") return Effect.fail("NotAsked")
    return become(woken({ ...now, calls: now.calls.filter((call) => call !== known) }))
  }

  /** The end of a call sets a flag, which is looked at before the loop sleeps; without it only a sleeper is woken (M04). */
  const woken = (now: Coordinator): Coordinator =>
    variant.wakeUps === "signalled" && now.loop === "dozing" ? now : { ...now, loop: "awake" }

  const signalled = (
    now: Coordinator,
    { at, alive }: Extract<CoordinatorInput, { _tag: "Signalled" }>
  ): CoordinatorStep => {
    const { loop } = now
    if (typeof loop === "string") return Effect.fail("NotAsked")
    const isNews = at !== loop.at || alive.some((node) => !loop.alive.includes(node))
    return isNews ? become({ ...now, loop: "awake" }) : Effect.fail("NothingToDo")
  }

  const step = (now: Coordinator, input: CoordinatorInput): CoordinatorStep => {
    switch (input._tag) {
      case "Looked":
        return look(now, input)
      case "CollectionDue":
        return collect(now, input)
      case "CommitDone":
        return commitDone(now, input.effective)
      case "CallEnded":
        return callEnded(now, input.replica, input.call, input.answer)
      case "Rested":
        return rested(now, input.replica)
      case "Slept":
        return now.loop === "dozing"
          ? become({ ...now, loop: { at: input.at, alive: input.alive } })
          : Effect.fail("NotAsked")
      case "Signalled":
        return signalled(now, input)
    }
  }
  return { name: `view building coordinator of term ${term}`, initial: newCoordinator(term), step }
}

const planned = (now: Coordinator, plan: Plan): CoordinatorStep =>
  become({ ...now, plan }, { _tag: "Guarded" }, { _tag: "Planned", change: plan.change })

/** What was asked for is on its way, and the pass is over. */
const afterPass = ({ wakeUps }: Variant): Coordinator["loop"] => (wakeUps === "level" ? "awake" : "dozing")
