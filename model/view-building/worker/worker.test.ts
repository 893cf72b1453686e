// Goal: the dossier's sentences about one shard, one by one. Method: give its worker some inputs and look at what is seen.
import { describe, expect, test } from "vitest"
import type { Position, ShardId, Term } from "../../../spec/metadata.ts"
import type { ArrivalId, CallId, TableId, TaskId, Token, ViewId } from "../../../spec/view-building/ids.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import type { BuildingState, Task } from "../../../spec/view-building/metadata.ts"
import { outcome } from "../../kernel/role.ts"
import { home } from "./scene.ts"
import type { Around, Shard } from "./state.ts"
import { emptyStore } from "./store.ts"
import { asShipped, original2025, reference, type WorkerVariant } from "./variant.ts"
import { type ShardInput, shardWorker } from "./worker.ts"

const [t, u] = ["t" as TableId, "u" as TableId]
const shard = 0 as ShardId

const task = (id: number, view = "v", state: Task["state"] = "alive"): Task => ({
  id: id as TaskId,
  type: "build_range",
  state,
  base: t,
  view: view as ViewId,
  replica: { node: home, shard },
  lastToken: 4 as Token
})

const says = (processing: TableId | null, ...tasks: ReadonlyArray<Task>): BuildingState => ({
  tasks,
  minTask: null,
  processing,
  statuses: [],
  tables: [t, u].map((base) => ({
    base,
    views: ["v", "w"].map((view) => `${view}${base === t ? "" : base}` as ViewId),
    tablets: [{ lastToken: 4 as Token, replicas: [{ node: home, shard }], transition: null }]
  })),
  nodes: [home],
  normal: [home]
})

const both = says(t, task(1), task(2, "w"))
const around = (state: BuildingState, ...coming: ReadonlyArray<string>): Around => ({
  state,
  at: 1 as Position,
  coming: coming.map((arrival) => ({ arrival: arrival as ArrivalId, base: t, stream: false }))
})

const call = (number: number) => number as CallId
const asks = (number: number, ...tasks: ReadonlyArray<number>): ShardInput => ({
  _tag: "CallArrives",
  call: call(number),
  term: 1 as Term,
  tasks: tasks.map((id) => id as TaskId)
})
const caughtUp = (number: number, state = both, term = 1): ShardInput => ({
  _tag: "BarrierEnds",
  call: call(number),
  term: term as Term,
  around: around(state)
})
const proceeds = (number: number, state = both, ...coming: ReadonlyArray<string>): ShardInput => ({
  _tag: "Proceeds",
  call: call(number),
  around: around(state, ...coming)
})
const wakes = (number: number): ShardInput => ({ _tag: "Wakes", call: call(number) })
const arrivalsEnd = (state = both): ShardInput => ({ _tag: "ArrivalsEnd", around: around(state) })
const flushEnds = (state = both): ShardInput => ({ _tag: "FlushEnds", around: around(state) })
const observes = (state: BuildingState): ShardInput => ({ _tag: "Observes", around: around(state) })
const attempts = (state = both): ShardInput => ({ _tag: "AttemptBegins", around: around(state), store: emptyStore })
const ends = (ok: boolean, state = both): ShardInput => ({ _tag: "AttemptEnds", ok, around: around(state) })
const drains: ShardInput = { _tag: "Drains" }

/** The same tasks as group 0 has them once they were started (2025). */
const started = says(t, task(1, "v", "started"), task(2, "w", "started"))

const told = (label: ViewBuildingLabel): string => {
  switch (label._tag) {
    case "CallAnswered":
      return `${label.call}: ${label.answer._tag === "Done" ? `done [${label.answer.tasks}]` : label.answer.reason}`
    case "CallAttached":
      return `${label.call} waits`
    case "BatchBegan":
      return `batch [${label.tasks}]`
    case "TasksDropped":
      return `without [${label.tasks}]`
    case "BatchEnded":
      return label.how
    case "FlushBegan":
      return "flush"
    case "FlushEnded":
      return `flushed for ${label.views}`
    case "AttemptEnded":
      return label.ok ? "succeeds" : "fails"
    default:
      return label._tag
  }
}

/** What is seen of the last of these inputs, or why it cannot be taken. */
const answer = (variant: WorkerVariant, inputs: ReadonlyArray<ShardInput>): string => {
  const role = shardWorker(home, shard, variant)
  let now: Shard = role.initial
  let last = ""
  for (const input of inputs) {
    const step = outcome(role.step(now, input))
    last = step._tag === "Refused" ? step.reason : step.next.outputs.map(told).join(", ")
    if (step._tag === "Became") now = step.next.state
  }
  return last
}

const seen = (...inputs: ReadonlyArray<ShardInput>): string => answer(reference, inputs)

/** Call 1 has started a batch of both tasks. */
const begun = [asks(1, 1, 2), caughtUp(1), proceeds(1), flushEnds()]
/** And an attempt has succeeded. */
const over = [...begun, attempts(), ends(true)]

describe("view building: worker: model", () => {
  test("W2 a call of another term than group 0's is refused once the node has caught up", () => {
    expect(seen(asks(1, 1), caughtUp(1, both, 2))).toBe("1: StaleTerm")
  })

  test("W3 the shard goes over to the base in hand, and flushes it for the views that there are", () => {
    expect(seen(asks(1, 1), caughtUp(1), proceeds(1))).toBe("flush")
    expect(seen(asks(1, 1), caughtUp(1), proceeds(1), flushEnds())).toBe("flushed for v,w, batch [1], 1 waits")
  })

  test("W3 a flush waits for what was on its way, for the views that were there when it began to wait", () => {
    expect(seen(asks(1, 1), caughtUp(1), proceeds(1, both, "a"))).toBe("")
    expect(seen(asks(1, 1), caughtUp(1), proceeds(1, both, "a"), arrivalsEnd())).toBe("flush")
    expect(seen(asks(1, 1), caughtUp(1), proceeds(1, both, "a"), proceeds(1))).toBe("Locked")
  })

  test("W4 a call starts a batch of just what it asks for, waits for one that has some of it, or is refused", () => {
    const other = says(t, task(1), task(3))
    expect(seen(asks(1, 3), caughtUp(1), proceeds(1), flushEnds())).toBe("flushed for v,w, 1: TaskNotFound")
    expect(seen(...begun, asks(2, 2, 3), caughtUp(2), proceeds(2))).toBe("2 waits")
    expect(seen(...begun, asks(2, 3), caughtUp(2, other), proceeds(2, other))).toBe("2: Busy")
    expect(seen(asks(1, 1), caughtUp(1, says(null)), proceeds(1, says(null)))).toBe("1: BaseNotSet")
  })

  test("W4 an aborted task starts nothing; what ships does not look (M35)", () => {
    const aborted = says(t, task(1, "v", "aborted"))
    const calls = [asks(1, 1), caughtUp(1, aborted), proceeds(1, aborted), flushEnds(aborted)]
    expect(seen(...calls)).toBe("flushed for v,w, 1: TaskNotFound")
    expect(answer(asShipped, calls)).toBe("flushed for v,w, batch [1], 1 waits")
  })

  test("W5 a failed attempt is tried again, and one that succeeds ends the batch", () => {
    expect(seen(...begun, attempts(), ends(false))).toBe("fails")
    expect(seen(...begun, attempts(), ends(false), attempts())).toBe("AttemptBegan")
    expect(seen(...over)).toBe("succeeds, done")
  })

  test("W8 every call that has waited learns which of its tasks are done", () => {
    expect(seen(...over, wakes(1))).toBe("1: done [1,2]")
    const two = [...begun, asks(2, 2), caughtUp(2), proceeds(2), attempts(), ends(true)]
    expect(seen(...two, wakes(1), wakes(2))).toBe("2: done [2]")
  })

  test("W1 what is done is answered at once, and nothing is started", () => {
    expect(seen(...over, asks(2, 2, 3))).toBe("2: done [2]")
    expect(seen(...over, wakes(1), asks(2, 1))).toBe("2: done [1]")
  })

  test("O1 the observer takes out what is gone, and a batch of nothing is aborted with nothing recorded", () => {
    expect(seen(...begun, observes(says(t, task(2, "w"))))).toBe("without [1]")
    expect(seen(...begun, observes(says(t)))).toBe("without [1,2], aborted")
    expect(seen(...begun, observes(says(t)), wakes(1))).toBe("1: done []")
    expect(seen(...begun, attempts(), observes(says(t)), wakes(1))).toBe("NothingToDo")
    expect(seen(...begun, attempts(), observes(says(t)), ends(true, says(t)))).toBe("succeeds, aborted")
  })

  test("O1 another base ends the batch without result", () => {
    expect(seen(...begun, observes(says(u)))).toBe("aborted, flush")
    expect(seen(...over, observes(says(u)), wakes(1))).toBe("Locked")
    expect(seen(...over, observes(says(u)), flushEnds(says(u)), wakes(1))).toBe("1: done []")
  })

  test("W11 a drained worker takes nothing in, and waits for the mutex before it is", () => {
    expect(seen(...begun, drains)).toBe("aborted")
    expect(seen(...begun, drains, asks(2, 1))).toBe("2: Drained")
    expect(seen(...begun, drains, wakes(1))).toBe("1: Drained")
    expect(seen(asks(1, 1), caughtUp(1), proceeds(1), drains)).toBe("Locked")
  })

  test("2025: the observer starts what group 0 says was started, and a call waits for what becomes of it", () => {
    const old = (...inputs: ReadonlyArray<ShardInput>) => answer(original2025, inputs)
    const known = [asks(1, 1, 2), observes(started), flushEnds(started)]
    expect(old(asks(1, 1, 2))).toBe("")
    expect(old(...known)).toBe("flushed for v,w, batch [1,2]")
    expect(old(...known, attempts(started), wakes(1))).toBe("NothingToDo")
    expect(old(...known, attempts(started), ends(true, started), wakes(1))).toBe("1: done [1,2]")
    expect(old(...known, observes(says(t)), wakes(1))).toBe("1: done []")
  })
})
