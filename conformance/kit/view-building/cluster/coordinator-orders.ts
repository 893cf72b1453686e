/** What others commit while a coordinator is at work: views come and go, tablets move and split, sstables are staged, nodes leave. */
import { nodeDraining } from "../../../../model/view-building/changes/members.ts"
import { began, ended, reverted, tabletOf, wentOn } from "../../../../model/view-building/changes/migration.ts"
import { resized } from "../../../../model/view-building/changes/resize.ts"
import { viewCreated, viewDropped } from "../../../../model/view-building/changes/schema.ts"
import { adding, type Said } from "../../../../model/view-building/said.ts"
import { reference } from "../../../../model/view-building/variant.ts"
import { NodeId, type Stage } from "../../../../spec/metadata.ts"
import { TaskId, ViewId } from "../../../../spec/view-building/ids.ts"
import type { Change } from "../../../../spec/view-building/messages.ts"
import { baseOf, type Table } from "../../../../spec/view-building/metadata.ts"
import { replicaAt, tableOf, tabletOn } from "./cluster-setups.ts"

/** What a command is, and what group 0 says after it. */
export interface Order {
  readonly change: Change
  readonly said: Said
}

/** What may be ordered besides the creation of views. */
export type Alphabet = ReadonlyArray<"drop" | "move" | "resize" | "stage" | "drain" | "unrelated">

/** Where a coordinator is checked: its tables, the views that they may have, and what happens to them. */
export interface Scenery {
  readonly tables: ReadonlyArray<Table>
  /** Views by the number of their table. */
  readonly views: ReadonlyArray<readonly [view: string, table: number]>
  readonly alphabet: Alphabet
  /** Whether what is gone may come back: then there is no end to what may happen. */
  readonly isEndless: boolean
  /** Reasons that calls are refused for. */
  readonly reasons: ReadonlyArray<"Disconnected" | "StaleTerm" | "TaskNotFound">
}

/** Two bases on three nodes. */
export const roomy: Scenery = {
  tables: [tableOf("t", tabletOn(4, "A.0", "B.0"), tabletOn(9, "B.0", "C.1")), tableOf("u", tabletOn(9, "A.0"))],
  views: [
    ["v", 0],
    ["w", 0],
    ["x", 1]
  ],
  alphabet: ["drop", "move", "resize", "stage", "drain", "unrelated"],
  isEndless: true,
  reasons: ["Disconnected", "StaleTerm", "TaskNotFound"]
}

/** One base of two tablets on one shard, and one view: few enough places for all of them to be visited. */
export const narrow: Scenery = {
  tables: [tableOf("t", tabletOn(4, "B.0"), tabletOn(9, "B.0"))],
  views: [["v", 0]],
  alphabet: [],
  isEndless: false,
  reasons: ["Disconnected"]
}

const nodes = ["A", "B", "C"].map((name) => NodeId.make(name))

export const firstSaid = ({ tables }: Scenery): Said => ({
  state: { tasks: [], minTask: null, processing: null, statuses: [], tables, nodes, normal: nodes },
  lastTask: TaskId.make(0)
})

/** More commands than this nobody commits in one run of a check. */
const furthest = 100

export const ordersFor = (scenery: Scenery, at: number, said: Said): ReadonlyArray<Order> => {
  if (at > furthest) return []
  const may = (what: Alphabet[number]): boolean => scenery.alphabet.includes(what)
  return [
    ...creating(scenery, said),
    ...(may("drop") ? dropping(said) : []),
    ...(may("move") ? said.state.tables.flatMap((table) => moving(said, table)) : []),
    ...(may("resize") ? said.state.tables.flatMap((table) => resizing(said, table)) : []),
    ...(may("stage") ? said.state.tables.flatMap((table) => staging(scenery, said, table)) : []),
    ...(may("drain") ? draining(said) : []),
    ...(may("unrelated") ? [{ change: { _tag: "Unrelated" } as const, said }] : [])
  ]
}

/** A view has a task for each replica, and without an end it may come back under its own name. */
const creating = ({ views, isEndless }: Scenery, said: Said): ReadonlyArray<Order> =>
  views.flatMap(([name, k]) => {
    const view = ViewId.make(name)
    const table = said.state.tables[k]
    if (table === undefined || baseOf(said.state, view) !== undefined) return []
    if (!isEndless && said.lastTask > 0) return []
    const made = viewCreated(reference, said, table.base, view, false)
    return [{ change: { _tag: "CreateView", base: table.base, view, empty: false }, said: made }]
  })

const dropping = (said: Said): ReadonlyArray<Order> =>
  said.state.tables.flatMap(({ views }) =>
    views.map((view) => ({ change: { _tag: "DropView", view }, said: viewDropped(reference, said, view) }))
  )

/** The stages in which something happens to tasks, and some between, one after another. */
const following: Partial<Record<Stage, Stage>> = {
  allow_write_both_read_old: "write_both_read_old",
  write_both_read_old: "streaming"
}

const moving = (said: Said, { base, tablets }: Table): ReadonlyArray<Order> => {
  const [tablet] = tablets
  if (tablet === undefined) return []
  const { lastToken } = tablet
  const its = { base, lastToken }
  const stage = tabletOf(said, its).transition?.stage ?? null
  const order = (to: Stage | null, after: Said): Order => ({
    change: { _tag: "MoveTablet", ...its, from: stage, to },
    said: after
  })
  if (stage === null) {
    const [leaving, ...others] = tablet.replicas
    const to = leaving?.node === "C" ? replicaAt("A.0") : replicaAt("C.0")
    if (others.some(({ node }) => node === to.node)) return []
    return [order("allow_write_both_read_old", began(reference, said, its, "migration", [to, ...others]))]
  }
  const next = following[stage]
  if (next !== undefined) return [order(next, wentOn(reference, said, its, next))]
  return [order(null, ended(reference, said, its)), order(null, reverted(reference, said, its))]
}

const resizing = (said: Said, { base, tablets }: Table): ReadonlyArray<Order> => {
  if (tablets.some(({ transition }) => transition !== null)) return []
  const how = tablets.length < 3 ? "split" : "merge"
  return [{ change: { _tag: "Resize", base, how }, said: resized(reference, said, base, how) }]
}

/** An sstable is staged on the first replica of the first tablet, where none is and there is a view that is not built. */
const staging = ({ isEndless }: Scenery, said: Said, { base, tablets }: Table): ReadonlyArray<Order> => {
  const [replica] = tablets[0]?.replicas ?? []
  if (replica === undefined || said.state.tasks.some((task) => task.base === base && task.type === "process_staging"))
    return []
  if (!isEndless && !said.state.tasks.some((task) => task.base === base)) return []
  const task = { type: "process_staging", base, view: null, replica, lastToken: tablets[0]!.lastToken } as const
  const made = adding(reference, said, [task])
  const tasks = made.state.tasks.filter(({ id }) => id > said.lastTask)
  return [{ change: { _tag: "RegisterStaging", tasks, sstables: [] }, said: made }]
}

const draining = (said: Said): ReadonlyArray<Order> =>
  said.state.normal.length < nodes.length
    ? []
    : nodes.slice(1).map((node) => ({ change: { _tag: "DrainNode", node }, said: nodeDraining(said, node) }))
