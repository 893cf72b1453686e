/**
 * A table gets twice as many tablets, or half as many, and its tasks with them. Nothing is aborted before: batches notice that
 * their tasks are gone.
 *
 * Source: dossier view-building 3.3; db/view/view_building_coordinator.cc generate_tablet_resize_updates.
 */
import { sameReplica } from "../../../spec/metadata.ts"
import type { TableId, Token } from "../../../spec/view-building/ids.ts"
import { rangesOf, type Table, type Tablet, type Task, tabletHolding } from "../../../spec/view-building/metadata.ts"
import { adding, bare, known, type NewTask, type Said, without, withTable } from "../said.ts"
import type { Variant } from "../variant.ts"

/** A split gives each half the tokens up to the middle, and from there. */
export const tabletsOnceSplit = (table: Table): ReadonlyArray<Tablet> =>
  rangesOf(table).flatMap(({ after, lastToken, replicas, transition }) => {
    const middle = Math.floor(((after ?? 0) + lastToken) / 2) as Token
    return [
      { lastToken: middle, replicas, transition },
      { lastToken, replicas, transition }
    ]
  })

/** Tablets merge with their neighbours, two and two, where both are on the same replicas. A merge may be selective. */
export const tabletsOnceMerged = ({ tablets }: Table): ReadonlyArray<Tablet> =>
  tablets.filter((tablet, k) => k % 2 === 1 || !canMerge(tablet, tablets[k + 1]))

const canMerge = (one: Tablet, other: Tablet | undefined): boolean =>
  other !== undefined && one.replicas.every((replica) => other.replicas.some((also) => sameReplica(replica, also)))

/** Every task is made anew, for the tablets that its tablet has become. */
export const resized = (variant: Variant, said: Said, base: TableId, how: "split" | "merge"): Said => {
  const was = known(said, base)
  const is: Table = { ...was, tablets: how === "split" ? tabletsOnceSplit(was) : tabletsOnceMerged(was) }
  const mine = said.state.tasks.filter((task) => task.base === base)
  const made = how === "split" ? onceSplit(variant, is, mine) : onceMerged(variant, was, is, mine)
  return adding(
    variant,
    withTable(
      without(said, (task) => task.base === base),
      is
    ),
    made
  )
}

/** A task for each half. */
const onceSplit = ({ split }: Variant, is: Table, tasks: ReadonlyArray<Task>): ReadonlyArray<NewTask> =>
  tasks.flatMap((task) => {
    const second = is.tablets.findIndex(({ lastToken }) => lastToken === task.lastToken)
    const halves = split === "both" ? [is.tablets[second - 1], is.tablets[second]] : [is.tablets[second]]
    return halves.flatMap((half) => (half === undefined ? [] : [{ ...bare(task), lastToken: half.lastToken }]))
  })

/** One task of each view, and one for staging, for each tablet and replica that had any. */
const onceMerged = (variant: Variant, was: Table, is: Table, tasks: ReadonlyArray<Task>): ReadonlyArray<NewTask> => {
  const made = tasks.map((task): NewTask => ({ ...bare(task), lastToken: tokenOnceMerged(variant, was, is, task) }))
  const texts = made.map((task) => JSON.stringify(task))
  return made.filter((task, k) => {
    if (texts.indexOf(texts[k]!) !== k) return false
    const halves = was.tablets.filter(({ lastToken }) => tabletHolding(is, lastToken)?.lastToken === task.lastToken)
    return variant.mergedTask === "ofAnyHalf" || texts.filter((text) => text === texts[k]).length === halves.length
  })
}

const tokenOnceMerged = ({ merge }: Variant, was: Table, is: Table, { lastToken }: Task): Token => {
  const halved = is.tablets[Math.floor(was.tablets.findIndex((tablet) => tablet.lastToken === lastToken) / 2)]
  const found = merge === "byHalving" ? halved : tabletHolding(is, lastToken)
  return found?.lastToken ?? lastToken
}
