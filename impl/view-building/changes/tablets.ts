/** What becomes of tasks as their tablets move, split and merge. Source: db/view/view_building_coordinator.cc. */
import {
  type Kind,
  leavingReplica,
  pendingReplica,
  type Replica,
  type Stage,
  sameReplica
} from "../../../spec/metadata.ts"
import { type TableId, Token } from "../../../spec/view-building/ids.ts"
import { rangesOf, type Table, type Tablet, type Task, tabletHolding } from "../../../spec/view-building/metadata.ts"
import { type Draft, isAt } from "./draft.ts"

/** Where the reference does other than what is shipped. */
export interface TabletOptions {
  /** What a transition that is taken back makes anew: tasks of its tablet, or of any tablet of the replica (M37), which may be on its way elsewhere. */
  readonly rollsBack: "thisTablet" | "everyTablet"
  /** What becomes then of staging tasks of the replica that was to come (M39): if its host is gone, nobody ever does them. */
  readonly pendingStaging: "dropped" | "kept"
}

/** A move of a tablet that a plan may begin. */
export interface Proposal {
  readonly kind: Kind
  readonly next: ReadonlyArray<Replica>
}

/** Begins the first of several moves that a plan proposes for one tablet. The others come to nothing, and leave no trace (M01). */
export const beginMove = (draft: Draft, base: TableId, lastToken: Token, plan: ReadonlyArray<Proposal>): void => {
  const [first] = plan
  if (first === undefined) return
  const { kind, next } = first
  draft.setTablet(base, lastToken, (tablet) => ({
    ...tablet,
    transition: { kind, stage: "allow_write_both_read_old", next }
  }))
}

/** Takes a tablet from one stage to another. `to` is null where the transition is over. */
export const move = (draft: Draft, base: TableId, tablet: Tablet, to: Stage | null, options: TabletOptions): void => {
  const { transition, lastToken } = tablet
  if (transition === null) return
  if (to === "write_both_read_old") abortLeaving(draft, base, tablet)
  if (to !== null) {
    draft.setTablet(base, lastToken, (one) => ({ ...one, transition: { ...transition, stage: to } }))
    return
  }
  if (transition.stage === "revert_migration") rollBack(draft, base, tablet, options)
  else arrive(draft, base, tablet)
  const replicas = transition.stage === "revert_migration" ? tablet.replicas : transition.next
  draft.setTablet(base, lastToken, (one) => ({ ...one, replicas, transition: null }))
}

/** Before anybody is to write to both: what the leaving replica does now would not be all that comes to the other. */
const abortLeaving = (draft: Draft, base: TableId, tablet: Tablet): void => {
  const leaving = leavingReplica(tablet)
  if (leaving === undefined) return
  const isMeant = isAt(base, tablet.lastToken, leaving)
  draft.tasks = draft.tasks.map((task) => (isMeant(task) ? { ...task, state: "aborted" } : task))
}

/** The end of a transition: what there was to do on the leaving replica, alive or aborted, is to be done on the pending one. */
const arrive = (draft: Draft, base: TableId, tablet: Tablet): void => {
  const [leaving, pending] = [leavingReplica(tablet), pendingReplica(tablet)]
  const { lastToken } = tablet
  if (leaving !== undefined && pending !== undefined)
    draft.renew(isAt(base, lastToken, leaving), (task) => ({ ...task, replica: pending }))
  else if (leaving !== undefined) draft.remove(isAt(base, lastToken, leaving))
  else if (pending !== undefined) addReplica(draft, base, tablet, pending)
}

/** One replica more: for each view that is not through with this tablet everywhere. Looked at now, for views come meanwhile (M52). */
const addReplica = (draft: Draft, base: TableId, { lastToken }: Tablet, replica: Replica): void => {
  const tasks = draft.tasks.filter((task) => task.base === base && task.lastToken === lastToken)
  for (const view of new Set(tasks.map((task) => task.view)))
    if (view !== null) draft.add({ type: "build_range", base, view, replica, lastToken })
}

/** The transition is taken back: what was aborted for it is to be done where it was. */
const rollBack = (draft: Draft, base: TableId, tablet: Tablet, { rollsBack, pendingStaging }: TabletOptions): void => {
  const [leaving, pending] = [leavingReplica(tablet), pendingReplica(tablet)]
  if (leaving !== undefined)
    draft.renew(
      (task) =>
        task.state === "aborted" &&
        task.base === base &&
        sameReplica(task.replica, leaving) &&
        (rollsBack === "everyTablet" || task.lastToken === tablet.lastToken)
    )
  if (pending !== undefined && pendingStaging === "dropped") draft.remove(isAt(base, tablet.lastToken, pending))
}

/** Whether a table can be split or merged now: nothing else is done with it, and tablets that become one are together. */
export const canResize = ({ tablets }: Table, how: "split" | "merge"): boolean =>
  tablets.every(({ transition }) => transition === null) &&
  (how === "split"
    ? tablets.every(({ lastToken }, index) => lastToken - (tablets[index - 1]?.lastToken ?? 0) > 1)
    : tablets.length % 2 === 0 && tablets.every((tablet, index) => isTogether(tablet, tablets[index - (index % 2)]!)))

const isTogether = (one: Tablet, other: Tablet): boolean =>
  one.replicas.length === other.replicas.length &&
  one.replicas.every((replica) => other.replicas.some((place) => sameReplica(replica, place)))

/** A split gives each task to both halves, a merge makes one of those of both (S8). All are alive under ids of their own. */
export const resize = (draft: Draft, table: Table, how: "split" | "merge"): void => {
  const tablets = how === "split" ? halves(table) : table.tablets.filter((_, index) => index % 2 === 1)
  reshape(draft, table, tablets, (after, task) => heirs(after, table, task, how))
}

/** Whether a tablet and the one behind it can become one now. */
export const canJoin = ({ tablets }: Table, lastToken: Token): boolean => {
  const [one, other] = tablets.slice(tablets.findIndex((tablet) => tablet.lastToken === lastToken))
  return one?.transition === null && other?.transition === null && isTogether(one, other)
}

/** Makes one of a tablet and the one behind it, and leaves the others as they are. Source: locator/tablets.cc, merges of some siblings only. */
export const join = (draft: Draft, table: Table, lastToken: Token): void => {
  const tablets = table.tablets.filter((tablet) => tablet.lastToken !== lastToken)
  reshape(draft, table, tablets, (after, task) => heirs(after, table, task, "merge"))
}

type Heirs = (after: Table, task: Task) => ReadonlyArray<Token>

/** Gives a table other tablets, and each of its tasks to those that its tablet has become. */
export const reshape = (draft: Draft, table: Table, tablets: ReadonlyArray<Tablet>, heirsOf: Heirs): void => {
  const after: Table = { ...table, tablets }
  const tasks = draft.tasks.filter(({ base }) => base === table.base)
  draft.remove(({ base }) => base === table.base)
  draft.setTable(after)
  const made = new Set<string>()
  for (const task of tasks)
    for (const lastToken of heirsOf(after, task)) {
      const { type, base, view, replica } = task
      const name = JSON.stringify([type, view, replica.node, replica.shard, lastToken])
      if (!made.has(name)) draft.add({ type, base, view, replica, lastToken })
      made.add(name)
    }
}

const halves = (table: Table): ReadonlyArray<Tablet> =>
  rangesOf(table).flatMap(({ after, lastToken, replicas, transition }) => [
    { lastToken: Token.make(Math.floor(((after ?? 0) + lastToken) / 2)), replicas, transition },
    { lastToken, replicas, transition }
  ])

/** The tablets that a task is for from now on, found by tokens and not by numbers, which do not tell (M26). */
const heirs = (after: Table, before: Table, { lastToken }: Task, how: "split" | "merge"): ReadonlyArray<Token> => {
  if (how === "merge") return [tabletHolding(after, lastToken)?.lastToken ?? lastToken]
  const from = rangesOf(before).find((tablet) => tablet.lastToken === lastToken)?.after ?? null
  return after.tablets
    .map((tablet) => tablet.lastToken)
    .filter((token) => token <= lastToken && (from === null || token > from))
}
