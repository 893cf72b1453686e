/** What one worker alone is surrounded by: what group 0 says one after another, what is asked, and what there are names for. */
import { Position, Term } from "../../../../spec/metadata.ts"
import { CallId, SstableId, TableId, TaskId, Token, ViewId } from "../../../../spec/view-building/ids.ts"
import type { Table, Task } from "../../../../spec/view-building/metadata.ts"
import { type Known, type WorkerInput, workerPlace } from "../../../../spec/view-building/worker/messages.ts"

export interface AloneBounds {
  /** What group 0 says, in this order; a node may apply any number of these at once. */
  readonly says: ReadonlyArray<Known>
  /** What calls ask for. */
  readonly asks: ReadonlyArray<ReadonlyArray<TaskId>>
  /** Calls in hand at once. */
  readonly calls: number
  /** The staging sstables that may come to the list, by their last token. */
  readonly sstables: ReadonlyArray<Token>
  /** Kinds of input that this environment asks for. */
  readonly kinds: ReadonlyArray<InputKind>
}

/** Kinds of input. What is rare has a kind of its own, so that a test can weigh it. */
export const inputKinds = [
  "Applied",
  /** A node that was behind applies several things at once. */
  "AppliedSeveral",
  "Observe",
  "Call",
  "BarrierEnds",
  /** Group 0 has gone on to another term. */
  "BarrierEndsLater",
  "ArrivalsEnd",
  "FlushEnds",
  "AttemptEnds",
  "PauseEnds",
  "List",
  "Drain",
  "Restart"
] as const
export type InputKind = (typeof inputKinds)[number]

const withoutStaging: AloneBounds["kinds"] = inputKinds.filter((kind) => kind !== "List")

// ---- names --------------------------------------------------------------------------------------------------------

export const [t, u] = [TableId.make("t"), TableId.make("u")]
const [v, w, x] = [ViewId.make("v"), ViewId.make("w"), ViewId.make("x")]

/** The last token of a base's only tablet, or of the second of two halves. */
export const last = Token.make(8)
/** The last token of the first half. */
export const half = Token.make(4)

/** The term that calls come in, and another one that group 0 may have. */
export const [ownTerm, laterTerm] = [Term.make(1), Term.make(2)]

const task = (id: number, more: Partial<Task> = {}): Task => ({
  id: TaskId.make(id),
  type: "build_range",
  state: "alive",
  base: t,
  view: v,
  replica: workerPlace,
  lastToken: last,
  ...more
})

const table = (base: TableId, views: ReadonlyArray<ViewId>, ...tokens: ReadonlyArray<Token>): Table => ({
  base,
  views,
  tablets: (tokens.length === 0 ? [last] : tokens).map((lastToken) => ({
    lastToken,
    replicas: [workerPlace],
    transition: null
  }))
})

const tables = (...views: ReadonlyArray<ViewId>): ReadonlyArray<Table> => [table(t, views), table(u, [x])]

const build = { v: task(1), w: task(2, { view: w }), x: task(5, { base: u, view: x }) }
const staging = task(3, { type: "process_staging", view: null })

const ids = (...all: ReadonlyArray<number>): ReadonlyArray<TaskId> => all.map((id) => TaskId.make(id))

// ---- what group 0 says --------------------------------------------------------------------------------------------

/** One view, then another, then a task is aborted and gone, then the next base is in hand. */
const views: ReadonlyArray<Known> = [
  { processing: t, tasks: [build.v, build.x], tables: tables(v) },
  { processing: t, tasks: [build.v, build.w, build.x], tables: tables(v, w) },
  { processing: t, tasks: [{ ...build.v, state: "aborted" }, build.w, build.x], tables: tables(v, w) },
  { processing: t, tasks: [build.w, build.x], tables: tables(w) },
  { processing: null, tasks: [build.x], tables: tables(w) },
  { processing: u, tasks: [build.x], tables: tables(w) }
]

/** Staging sstables of a tablet that is split before they were processed. */
const staged: ReadonlyArray<Known> = [
  { processing: t, tasks: [staging], tables: tables(v) },
  {
    processing: t,
    tasks: [task(6, { ...staging, id: TaskId.make(6), lastToken: half }), task(7, { ...staging, id: TaskId.make(7) })],
    tables: [table(t, [v], half, last), table(u, [x])]
  }
]

// ---- bounds -------------------------------------------------------------------------------------------------------

/** Small enough for a test that takes every transition. */
export const small: AloneBounds = {
  says: [views[1]!, views[3]!, views[5]!],
  asks: [ids(1, 2), ids(5)],
  calls: 1,
  sstables: [],
  kinds: withoutStaging
}

/** Two calls at a time; a task is aborted, and then another base is in hand. */
export const bounded: AloneBounds = {
  says: [views[1]!, views[2]!, views[5]!],
  asks: [ids(1), ids(1, 2), ids(5)],
  calls: 2,
  sstables: [],
  kinds: withoutStaging
}

/** Two calls at a time; another view comes, and the first one goes. */
export const boundedViews: AloneBounds = {
  ...bounded,
  says: [views[0]!, views[1]!, views[3]!],
  asks: [ids(1), ids(1, 2)]
}

/** Staging alone: two sstables on either side of where the tablet is split. */
export const boundedStaging: AloneBounds = {
  says: staged,
  asks: [ids(3), ids(6), ids(7)],
  calls: 1,
  sstables: [half, last],
  kinds: inputKinds
}

/** Wide enough for random walks to meet anything. */
export const roomy: AloneBounds = {
  says: [
    ...views.slice(0, 4).map((known) => ({ ...known, tasks: [...known.tasks, staging].sort((a, b) => a.id - b.id) })),
    ...staged.slice(1),
    ...views.slice(4)
  ],
  asks: [ids(1), ids(2), ids(1, 2), ids(3), ids(5), ids(6), ids(7), ids(9)],
  calls: 4,
  sstables: [half, last],
  kinds: inputKinds
}

export const boundsNames = ["small", "bounded", "boundedViews", "boundedStaging", "roomy"] as const
export type BoundsName = (typeof boundsNames)[number]

export const aloneBounds: Readonly<Record<BoundsName, AloneBounds>> = {
  small,
  bounded,
  boundedViews,
  boundedStaging,
  roomy
}

// ---- what may happen ----------------------------------------------------------------------------------------------

/** What whoever surrounds a worker knows of it. */
export interface Hands {
  readonly at: Position
  /** Calls that were not answered yet, and whether each waits for its barrier. */
  readonly calls: ReadonlyArray<{ readonly call: CallId; readonly isAtBarrier: boolean }>
  readonly waitsFor: "arrivals" | "flush" | null
  readonly batch: "attempting" | "pausing" | null
  readonly listed: ReadonlyArray<SstableId>
  /** Whether the observer's look, or the drain, has yet to come to an end. */
  readonly observing: boolean
  readonly draining: boolean
  readonly drained: boolean
  /** The observer keeps the node from applying anything while it looks (M46). */
  readonly keepsApply: boolean
}

/** All inputs of one kind that make sense for whoever knows so much. */
export const inputsOf = (
  kind: InputKind,
  hands: Hands,
  { says, asks, calls, sstables }: AloneBounds
): ReadonlyArray<WorkerInput> => {
  const { at, waitsFor, batch, listed, observing, draining, drained } = hands
  switch (kind) {
    case "Applied":
    case "AppliedSeveral":
      return observing && hands.keepsApply
        ? []
        : says
            .map((known, before) => ({ _tag: "Applied", at: Position.make(before + 1), known }) as const)
            .slice(kind === "Applied" ? at : at + 1, kind === "Applied" ? at + 1 : says.length)
    case "Observe":
      return observing || draining || drained ? [] : [{ _tag: kind }]
    case "Call": {
      const free = Array.from({ length: calls }, (_, k) => CallId.make(k + 1)).find((name) =>
        hands.calls.every(({ call }) => call !== name)
      )
      return free === undefined ? [] : asks.map((tasks) => ({ _tag: kind, call: free, term: ownTerm, tasks }))
    }
    case "BarrierEnds":
    case "BarrierEndsLater": {
      const term = kind === "BarrierEnds" ? ownTerm : laterTerm
      return hands.calls.flatMap(({ call, isAtBarrier }) =>
        isAtBarrier ? [{ _tag: "BarrierEnds", call, at, term }] : []
      )
    }
    case "ArrivalsEnd":
      return waitsFor === "arrivals" ? [{ _tag: kind }] : []
    case "FlushEnds":
      return waitsFor === "flush" ? [{ _tag: kind }] : []
    case "AttemptEnds":
      return batch === "attempting" ? [true, false].map((ok) => ({ _tag: kind, ok })) : []
    case "PauseEnds":
      return batch === "pausing" ? [{ _tag: kind }] : []
    case "List":
      return sstables
        .map((token) => ({ _tag: kind, sstable: SstableId.make(`s${token}`), base: t, token }))
        .filter(({ sstable }) => !listed.includes(sstable))
    case "Drain":
      return draining || drained ? [] : [{ _tag: kind }]
    case "Restart":
      return [{ _tag: kind }]
  }
}
