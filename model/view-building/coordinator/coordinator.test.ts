import { describe, expect, test } from "vitest"
import type { NodeId, Position, Term } from "../../../spec/metadata.ts"
import { TaskId } from "../../../spec/view-building/ids.ts"
import { outcome } from "../../kernel/role.ts"
import { base, place, said, tablet, task, view } from "../example.test-support.ts"
import type { Said } from "../said.ts"
import { reference, type Variant } from "../variant.ts"
import { collected } from "./collecting.ts"
import { coordinator } from "./coordinator.ts"
import { selected } from "./selecting.ts"
import { type Coordinator, newCoordinator } from "./state.ts"
import type { CoordinatorInput } from "./words.ts"

const term = 1 as Term
const alive = ["A", "B"] as ReadonlyArray<string> as ReadonlyArray<NodeId>
const fenced: Coordinator = { ...newCoordinator(term), fenced: true }
const inHand = { processing: base, statuses: alive.map((node) => ({ view, node, status: "STARTED" as const })) }
const step = (now: Coordinator, input: CoordinatorInput, variant: Variant = reference) =>
  outcome(coordinator(variant, term).step(now, input))
const looking = (now: Coordinator, state: Said) => step(now, { _tag: "Looked", at: 3 as Position, said: state, alive })

describe("view-building: coordinator", () => {
  test("view-building: coordinator: S3 its first command makes every older guard worthless", () => {
    const looked = looking(newCoordinator(term), said([], []))
    expect(looked).toMatchObject({ _tag: "Became", next: { state: { plan: { change: { _tag: "Fence" } } } } })
  })

  test("view-building: coordinator: S11 it takes a base in hand when none is, and lets it go when it has no task", () => {
    const one = said([tablet(8, "A.0")], [task(1, "A.0", 8)])
    expect(looking(fenced, one)).toMatchObject({ next: { state: { plan: { change: { _tag: "PickBase", base } } } } })
    const none = said([tablet(8, "A.0")], [], inHand)
    const change = { _tag: "UpdateStatuses", base, built: [view], over: true }
    expect(looking(fenced, none)).toMatchObject({ next: { state: { plan: { change } } } })
  })

  test("view-building: coordinator: S2 a replica that is asked is left alone until its call is over", () => {
    const one = said([tablet(8, "A.0")], [task(1, "A.0", 8)], inHand)
    const asked = looking(fenced, one)
    expect(asked).toMatchObject({ next: { outputs: [{ _tag: "Guarded" }, { _tag: "Called", tasks: [1] }] } })
    const now = asked._tag === "Became" ? asked.next.state : fenced
    expect(looking(now, one)).toEqual({ _tag: "Refused", reason: "NothingToDo" })
  })

  test("view-building: coordinator: S22 a replica rests for a while after a call to it has failed", () => {
    const out: Coordinator = { ...fenced, calls: [{ replica: place("A.0"), call: 0 as never, phase: "out" }] }
    const lost = { _tag: "Refused", reason: "Disconnected" } as const
    const failed = step(out, { _tag: "CallEnded", replica: place("A.0"), call: 0 as never, answer: lost })
    expect(failed).toMatchObject({ next: { state: { calls: [{ phase: "resting" }] } } })
    const now = failed._tag === "Became" ? failed.next.state : out
    expect(step(now, { _tag: "Rested", replica: place("A.0") })).toMatchObject({ next: { state: { calls: [] } } })
  })

  test("view-building: coordinator: nobody reports while a collection has the mutex, and nothing reported is lost", () => {
    const finished = [{ replica: place("A.0"), tasks: [TaskId.make(1)] }]
    const one = said([tablet(8, "A.0")], [task(1, "A.0", 8)], inHand)
    const due = step({ ...fenced, finished }, { _tag: "CollectionDue", at: 3 as Position, said: one })
    const now = due._tag === "Became" ? due.next.state : fenced
    expect(now.plan?.change).toEqual({ _tag: "CollectTasks", tasks: [1] })
    const refused = step(now, { _tag: "CommitDone", effective: false })
    expect(refused).toMatchObject({ next: { state: { plan: null, finished } } })
    expect(step(now, { _tag: "CommitDone", effective: true })).toMatchObject({ next: { state: { finished: [] } } })
  })
})

describe("view-building: selection", () => {
  const settled = said([tablet(4, "A.0"), tablet(8, "A.0")], [task(1, "A.0", 4), task(2, "A.0", 8)], inHand)
  const staging = { type: "process_staging", view: null } as const

  test("view-building: selection: the first tablet that is in no transition, and nothing of another (S12)", () => {
    expect(selected(reference, settled.state, base, place("A.0"), [])).toEqual([1])
    const transition = { kind: "repair", stage: "repair", next: [place("A.0")] } as const
    const moving = said([{ ...tablet(4, "A.0"), transition }, tablet(8, "A.0")], settled.state.tasks, inHand)
    expect(selected(reference, moving.state, base, place("A.0"), [])).toEqual([2])
  })

  test("view-building: selection: what is to be built comes before what is staged", () => {
    const both = said([tablet(8, "A.0")], [task(1, "A.0", 8, staging), task(2, "A.0", 8)], inHand)
    expect(selected(reference, both.state, base, place("A.0"), [])).toEqual([2])
    expect(selected(reference, both.state, base, place("A.0"), [TaskId.make(2)])).toEqual([1])
  })

  test("view-building: collection: S18 the least id is that of all bases, and a fresh one where nothing stays", () => {
    expect(collected(reference, settled, [TaskId.make(1)]).state.minTask).toBe(2)
    expect(collected(reference, settled, [TaskId.make(1), TaskId.make(2)]).state.minTask).toBe(3)
  })
})
