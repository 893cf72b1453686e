/**
 * The life of a task: what every kind of command makes of it, learnt by having the model carry the commands out.
 *
 * A short history is made of each variant in which every command that changes tasks comes at least once, on tasks of either type
 * that are in whatever state they can be in then.
 */
import { ended as arrived, began, reverted, wentOn } from "../../../model/view-building/changes/migration.ts"
import { resized } from "../../../model/view-building/changes/resize.ts"
import { keyspaceDropped, tableDropped, viewCreated, viewDropped } from "../../../model/view-building/changes/schema.ts"
import { collected } from "../../../model/view-building/coordinator/collecting.ts"
import { ended as finished, started } from "../../../model/view-building/coordinator/progress.ts"
import { adding, type Said } from "../../../model/view-building/said.ts"
import type { Variant } from "../../../model/view-building/variant.ts"
import { NodeId, type Replica, ShardId, sameReplica } from "../../../spec/metadata.ts"
import { TableId, TaskId, Token, ViewId } from "../../../spec/view-building/ids.ts"
import { type BuildingState, type Tablet, type Task, taskNamed } from "../../../spec/view-building/metadata.ts"

/** A kind of command. Those that the dossier has numbers for begin with them; `begin` is of 2025 alone, and so is `t3 each`. */
export type Step =
  | "t1"
  | "t2"
  | "begin"
  | "t3"
  | "t3 each"
  | "t4"
  | "t5"
  | "t6 other"
  | "t6 more"
  | "t6 less"
  | "t7"
  | "t8"

/** What a task is before and after a command. One that is made anew is gone, and another has taken its place. */
export type Before = Task["state"] | "none"
export type After = Before | "anew here" | "anew there" | "anew for its tablets"

export interface Move {
  readonly type: Task["type"]
  readonly from: Before
  readonly to: After
}

/** What a command made of each task, and which tasks it made besides. */
export const movesBetween = (before: BuildingState, after: BuildingState): ReadonlyArray<Move> => {
  const fresh = after.tasks.filter(({ id }) => taskNamed(before, id) === undefined)
  const gone = before.tasks.filter(({ id }) => taskNamed(after, id) === undefined)
  const heirs = new Set<Task>()
  const changes = before.tasks.flatMap((task): ReadonlyArray<Move> => {
    const { type, state: from } = task
    const now = taskNamed(after, task.id)
    if (now !== undefined) return now.state === from ? [] : [{ type, from, to: now.state }]
    const mine = fresh.filter((one) => isHeir(one, task, gone))
    for (const heir of mine) heirs.add(heir)
    return [{ type, from, to: succession(task, mine) }]
  })
  const made = fresh.filter((task) => !heirs.has(task))
  return [...changes, ...made.map(({ type, state }): Move => ({ type, from: "none", to: state }))]
}

const isAlike = (one: Task, other: Task): boolean =>
  one.type === other.type && one.view === other.view && one.base === other.base

/** Whether one task has taken the place of another: on its replica, or where nobody's was before. */
const isHeir = (one: Task, other: Task, gone: ReadonlyArray<Task>): boolean =>
  isAlike(one, other) &&
  (sameReplica(one.replica, other.replica) ||
    !gone.some((third) => isAlike(one, third) && sameReplica(one.replica, third.replica)))

const succession = (task: Task, heirs: ReadonlyArray<Task>): After => {
  if (heirs.length === 0) return "none"
  const ofTablet = heirs.filter(({ lastToken }) => lastToken === task.lastToken)
  if (ofTablet.length < heirs.length) return "anew for its tablets"
  return ofTablet.some(({ replica }) => sameReplica(replica, task.replica)) ? "anew here" : "anew there"
}

// ---- a history -----------------------------------------------------------------------------------------------------

const t = TableId.make("t")
const [v, w] = [ViewId.make("v"), ViewId.make("w")]
const on = (node: string, shard = 0): Replica => ({ node: NodeId.make(node), shard: ShardId.make(shard) })
const [A, B] = [on("A"), on("B")]
const [half, whole] = [Token.make(4), Token.make(8)]
const tablet = (lastToken: Token, ...replicas: ReadonlyArray<Replica>): Tablet => ({
  lastToken,
  replicas,
  transition: null
})

const nothingYet = (...tablets: ReadonlyArray<Tablet>): Said => ({
  state: {
    tasks: [],
    minTask: null,
    processing: t,
    statuses: [],
    tables: [{ base: t, views: [], tablets }],
    nodes: [A.node, B.node],
    normal: [A.node, B.node]
  },
  lastTask: TaskId.make(0)
})

const moving = { base: t, lastToken: whole }

/** A staging task at a place, as a registrator makes it. Source: dossier view-building 3.6. */
const registered = (variant: Variant, said: Said, replica: Replica): Said =>
  adding(variant, said, [{ type: "process_staging", base: t, view: null, replica, lastToken: whole }])

const everyTask = ({ state }: Said): ReadonlyArray<TaskId> => state.tasks.map(({ id }) => id)

/** A command by its number, with what group 0 said before and after it. */
type Chapter = readonly [step: Step, before: Said, after: Said]

const historyOf = (variant: Variant): ReadonlyArray<Chapter> => {
  const isWritten = variant.progress === "written"
  const bare = nothingYet(tablet(whole, A))
  const built = viewCreated(variant, bare, t, v, false)
  const alive = registered(variant, built, A)
  const begun = isWritten ? started(alive, everyTask(alive)) : alive
  /** As it stands, and with everything started where that is written down. */
  const both = isWritten ? [alive, begun] : [alive]

  /** A tablet on its way from A to B, and what comes to A and B meanwhile. */
  const departures = both.map((said) => {
    const setOut = began(variant, said, moving, "migration", [B])
    return [setOut, wentOn(variant, setOut, moving, "write_both_read_old")] as const
  })
  const underWay = departures.map(([, gone]) => {
    const more = viewCreated(variant, gone, t, w, false)
    return registered(variant, registered(variant, more, A), B)
  })

  const twoReplicas = viewCreated(variant, nothingYet(tablet(whole, A, B)), t, v, false)
  const settled = registered(variant, twoReplicas, A)
  const less = began(variant, settled, moving, "rebuild", [B])
  const lessLater = viewCreated(variant, less, t, w, false)
  const more = began(variant, alive, moving, "rebuild", [A, B])
  const halves = viewCreated(variant, nothingYet(tablet(half, A), tablet(whole, A)), t, v, false)
  const staged = registered(variant, halves, A)

  const drops = [...both, ...underWay].flatMap(
    (said): ReadonlyArray<Chapter> => [
      ["t4", said, viewDropped(variant, said, v)],
      ["t4", said, tableDropped(variant, said, t)],
      ["t4", said, keyspaceDropped(variant, said, [t])]
    ]
  )
  const results: ReadonlyArray<Chapter> = isWritten
    ? [
        ["begin", alive, begun],
        ["t3 each", begun, finished(begun, everyTask(begun))]
      ]
    : [["t3", alive, collected(variant, alive, everyTask(alive))]]
  return [
    ["t1", bare, built],
    ["t2", built, alive],
    ...results,
    ...drops,
    ...both.map((said, k): Chapter => ["t5", said, departures[k]![0]]),
    ...departures.map(([setOut, gone]): Chapter => ["t5", setOut, gone]),
    ["t5", settled, less],
    ...underWay.map((said): Chapter => ["t6 other", said, arrived(variant, said, moving)]),
    ["t6 less", lessLater, arrived(variant, lessLater, moving)],
    ["t6 more", more, arrived(variant, more, moving)],
    ...underWay.map((said): Chapter => ["t7", said, reverted(variant, said, moving)]),
    ...both.map((said): Chapter => ["t8", said, resized(variant, said, t, "split")]),
    ["t8", staged, resized(variant, staged, t, "merge")]
  ]
}

/** What becomes of tasks under a variant, each once, by the kind of command that does it. */
export const lifeUnder = (variant: Variant): ReadonlyMap<Step, ReadonlyArray<Move>> => {
  const life = new Map<Step, ReadonlyArray<Move>>()
  for (const [step, before, after] of historyOf(variant)) {
    const known = life.get(step) ?? []
    const texts = known.map((move) => JSON.stringify(move))
    const fresh = new Map(movesBetween(before.state, after.state).map((move) => [JSON.stringify(move), move]))
    life.set(step, [...known, ...[...fresh].flatMap(([text, move]) => (texts.includes(text) ? [] : [move]))])
  }
  return life
}
