/** Short words for writing down what was seen of the building of views. */
import { Schema } from "effect"
import { ViewBuildingLabel } from "./labels.ts"

const label = Schema.decodeUnknownSync(ViewBuildingLabel)

type Told = Readonly<Record<string, unknown>>

/** Any label, by its words. */
export const seen = (_tag: ViewBuildingLabel["_tag"], told: Told = {}): ViewBuildingLabel => label({ _tag, ...told })

export const replica = (place: string) => ({ node: place.slice(0, 1), shard: Number(place.slice(2)) })

/** A task on a place for a tablet. Unless told otherwise it builds v of t. */
export const task = (id: number, place = "A.0", lastToken = 4, told: Told = {}) => ({
  id,
  type: "build_range",
  state: "alive",
  base: "t",
  view: "v",
  replica: replica(place),
  lastToken,
  ...told
})

export const stagingTask = (id: number, place = "A.0", lastToken = 4, told: Told = {}) =>
  task(id, place, lastToken, { type: "process_staging", view: null, ...told })

/** A tablet that lives at some places. */
export const tablet = (lastToken: number, ...places: ReadonlyArray<string>) => ({
  lastToken,
  replicas: places.map(replica),
  transition: null
})

/** A tablet that goes from A.0 to B.0. */
export const moving = (lastToken: number, stage: string, from = ["A.0"], to = ["B.0"]) => ({
  lastToken,
  replicas: from.map(replica),
  transition: { kind: "migration", stage, next: to.map(replica) }
})

export const table = (tablets: ReadonlyArray<object> = [tablet(4, "A.0"), tablet(9, "B.0")], ...views: string[]) => ({
  base: "t",
  views,
  tablets
})

export const statuses = (view: string, status: string, ...nodes: ReadonlyArray<string>) =>
  nodes.map((node) => ({ view, node, status }))

/** Group 0 says this from a position on. Unless told otherwise a coordinator of term 1 says it, of t and its view v. */
export const says = (at: number, state: Told = {}, told: Told = {}): ViewBuildingLabel =>
  seen("Committed", {
    by: { _tag: "Coordinator", term: 1 },
    at,
    change: { _tag: "Unrelated" },
    state: {
      tasks: [],
      minTask: null,
      processing: null,
      statuses: [],
      tables: [table(undefined, "v")],
      nodes: ["A", "B"],
      normal: ["A", "B"],
      ...state
    },
    ...told
  })

/** What a coordinator changes. */
export const change = (_tag: string, told: Told = {}): Told => ({ change: { _tag, ...told } })
export const operator = { by: { _tag: "Operator" } }
export const second = { by: { _tag: "Coordinator", term: 2 } }

export const elected = (term: number, node = "A") => seen("Elected", { term, node })
export const guard = (at: number, term = 1) => seen("GuardTaken", { by: { _tag: "Coordinator", term }, at })
export const sends = (call: number, place: string, tasks: ReadonlyArray<number>, term = 1) =>
  seen("CallSent", { term, call, ...replica(place), tasks })
export const returns = (call: number, tasks: ReadonlyArray<number>, term = 1) =>
  seen("CallEnded", { term, call, answer: { _tag: "Done", tasks } })
export const fails = (call: number, reason = "Disconnected", term = 1) =>
  seen("CallEnded", { term, call, answer: { _tag: "Refused", reason } })

export const arrives = (call: number, place: string, tasks: ReadonlyArray<number>, term = 1) =>
  seen("CallArrived", { ...replica(place), call, term, tasks })
export const barrier = (call: number, place: string, at: number, term = 1) =>
  seen("BarrierEnded", { ...replica(place), call, at, term })
export const answers = (call: number, place: string, tasks: ReadonlyArray<number>) =>
  seen("CallAnswered", { ...replica(place), call, answer: { _tag: "Done", tasks } })
export const refuses = (call: number, place: string, reason: string) =>
  seen("CallAnswered", { ...replica(place), call, answer: { _tag: "Refused", reason } })

export const begins = (batch: number, place: string, tasks: ReadonlyArray<number>, told: Told = {}) =>
  seen("BatchBegan", {
    ...replica(place),
    batch,
    call: null,
    type: "build_range",
    base: "t",
    lastToken: 4,
    tasks,
    ...told
  })
export const attempts = (batch: number, place: string, tasks: ReadonlyArray<number>, told: Told = {}) =>
  seen("AttemptBegan", {
    ...replica(place),
    batch,
    on: replica(place).shard,
    tasks,
    after: null,
    lastToken: 4,
    sstables: [],
    rows: [],
    ...told
  })
export const succeeds = (batch: number, place: string, ok = true) =>
  seen("AttemptEnded", { ...replica(place), batch, ok })
export const ends = (batch: number, place: string, how = "done") =>
  seen("BatchEnded", { ...replica(place), batch, how })

/** A batch of some tasks from its beginning to its end. */
export const does = (batch: number, place: string, tasks: ReadonlyArray<number>, told: Told = {}) => [
  begins(batch, place, tasks, told),
  attempts(batch, place, tasks, { lastToken: told.lastToken ?? 4 }),
  succeeds(batch, place),
  ends(batch, place)
]

export const row = (timestamp: number, value: string | null = `w${timestamp}`) => ({ key: "k", timestamp, value })
const baseRow = (timestamp: number, value?: string | null) => ({ ...row(timestamp, value), token: 3 })

/** Rows set out for a shard's data of t; where they are put, and the views that they are sent on to. */
export const coming = (arrival: string, place: string, timestamp: number, told: Told = {}) =>
  seen("ArrivalBegan", {
    ...replica(place),
    arrival,
    base: "t",
    rows: [baseRow(timestamp)],
    views: [],
    to: "memtable",
    ...told
  })
export const come = (arrival: string, place: string, sstable: string | null = null) =>
  seen("ArrivalEnded", { ...replica(place), arrival, sstable })
export const deleting = (timestamp: number) => ({ rows: [baseRow(timestamp, null)] })
export const flushes = (place: string, ...views: ReadonlyArray<string>) => [
  seen("FlushBegan", { ...replica(place), base: "t" }),
  seen("FlushEnded", { ...replica(place), base: "t", views })
]
export const writes = (view: string, timestamp: number, value?: string | null) =>
  seen("ViewWritten", { ...replica("A.0"), batch: null, view, rows: [row(timestamp, value)] })

/** A staging sstable comes to a shard. */
export const stages = (sstable: string, place: string) => [
  coming(`of ${sstable}`, place, 1, { to: "staging" }),
  come(`of ${sstable}`, place, sstable)
]
export const queues = (sstable: string, place: string) =>
  seen("StagingQueued", { ...replica(place), sstable, lastToken: 4 })
export const lists = (sstable: string, place: string, id: number) =>
  seen("StagingListed", { ...replica(place), sstable, task: id })
export const processes = (sstable: string, place: string) => seen("SstableProcessed", { ...replica(place), sstable })
