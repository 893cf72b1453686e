/**
 * A tablet's transition, and what becomes of the tasks for it.
 *
 * Source: dossier view-building 3.1, 3.2 and 3.4; service/topology_coordinator.cc handle_tablet_migration;
 * db/view/view_building_coordinator.cc abort_tasks, rollback_aborted_tasks, generate_tablet_migration_updates.
 */
import {
  type Kind,
  leavingReplica,
  pendingReplica,
  type Replica,
  type Stage,
  sameReplica
} from "../../../spec/metadata.ts"
import type { TableId, Token } from "../../../spec/view-building/ids.ts"
import { type Table, type Tablet, type Task, tabletNamed } from "../../../spec/view-building/metadata.ts"
import { adding, bare, changed, known, renewing, type Said, without, withTable } from "../said.ts"
import type { Variant } from "../variant.ts"

/** A tablet that is in a transition, by its table and last token. */
export interface Moving {
  readonly base: TableId
  readonly lastToken: Token
}

/** Whether a task is for a tablet on a replica. */
const isFor =
  ({ base, lastToken }: Moving, replica: Replica | undefined) =>
  (task: Task): boolean =>
    replica !== undefined && task.base === base && task.lastToken === lastToken && sameReplica(task.replica, replica)

export const tabletOf = (said: Said, { base, lastToken }: Moving): Tablet => tabletNamed(known(said, base), lastToken)!

/** A transition begins. One that takes a replica away for good aborts what is to be done there at once (RF-1). */
export const began = (variant: Variant, said: Said, moving: Moving, kind: Kind, next: ReadonlyArray<Replica>): Said => {
  const stage: Stage = kind === "repair" ? "repair" : "allow_write_both_read_old"
  const there = withTablet(said, moving, (tablet) => ({ ...tablet, transition: { kind, stage, next } }))
  const tablet = tabletOf(there, moving)
  const isAbandoned = leavingReplica(tablet) !== undefined && pendingReplica(tablet) === undefined
  const aborted =
    isAbandoned || variant.abortsAt === stage ? aborting(variant, there, moving, leavingReplica(tablet)) : there
  return variant.addedReplica === "atTheBeginning" ? forAddedReplica(variant, aborted, moving, tablet) : aborted
}

/** The transition goes on to another stage. Tasks on the replica that leaves are aborted as writes go to both. */
export const wentOn = (variant: Variant, said: Said, moving: Moving, stage: Stage): Said => {
  const there = withTablet(said, moving, (tablet) =>
    tablet.transition === null ? tablet : { ...tablet, transition: { ...tablet.transition, stage } }
  )
  return variant.abortsAt === stage ? aborting(variant, there, moving, leavingReplica(tabletOf(there, moving))) : there
}

/** The transition has succeeded: whatever was to be done where it left from is to be done where it went. */
export const ended = (variant: Variant, said: Said, moving: Moving): Said => {
  const tablet = tabletOf(said, moving)
  const leaving = leavingReplica(tablet)
  const pending = pendingReplica(tablet)
  const over = withTablet(said, moving, ({ lastToken, replicas, transition }) => ({
    lastToken,
    replicas: transition?.next ?? replicas,
    transition: null
  }))
  if (leaving === undefined)
    return variant.addedReplica === "atTheBeginning" ? over : forAddedReplica(variant, over, moving, tablet)
  if (pending === undefined) return without(over, isFor(moving, leaving))
  switch (variant.endMoves) {
    case "everyTask":
      return renewing(variant, over, isFor(moving, leaving), { replica: pending })
    case "abortedTasks":
      return renewing(variant, over, (task) => task.state === "aborted" && isFor(moving, leaving)(task), {
        replica: pending
      })
    case "nothing":
      return without(over, isFor(moving, leaving))
  }
}

/** The transition was reverted: what was aborted for it is alive again, under a fresh id, for an id is aborted for good. */
export const reverted = (variant: Variant, said: Said, moving: Moving): Said => {
  const tablet = tabletOf(said, moving)
  const pending = pendingReplica(tablet)
  const replica = variant.rollbackOf === "leaving" ? leavingReplica(tablet) : pending
  const over = withTablet(said, moving, (was) => ({ ...was, transition: null }))
  const isMeant = (task: Task): boolean =>
    replica !== undefined &&
    task.state === "aborted" &&
    task.base === moving.base &&
    sameReplica(task.replica, replica) &&
    (variant.rollbackTokens === "everyTablet" || task.lastToken === moving.lastToken)
  const alive =
    variant.rollbackIds === "same"
      ? withTasks(over, (task) => (isMeant(task) ? { ...task, state: "alive" } : task))
      : renewing(variant, over, isMeant)
  return variant.revertPending === "keepsTasks" ? alive : without(alive, isFor(moving, pending))
}

const aborting = ({ aborts }: Variant, said: Said, moving: Moving, replica: Replica | undefined): Said =>
  withTasks(said, (task) => {
    const proposed = aborts === "everyProposed" && replica !== undefined && sameReplica(task.replica, replica)
    return isFor(moving, replica)(task) || proposed ? { ...task, state: "aborted" } : task
  })

/** A replica that comes where none leaves has something to do for each view that is not through with the tablet anywhere. */
const forAddedReplica = (variant: Variant, said: Said, { base, lastToken }: Moving, tablet: Tablet): Said => {
  const pending = pendingReplica(tablet)
  if (pending === undefined || leavingReplica(tablet) !== undefined) return said
  const left = said.state.tasks.filter(
    (task) => task.type === "build_range" && task.base === base && task.lastToken === lastToken
  )
  const each = left.filter(({ view }, k) => left.findIndex((other) => other.view === view) === k)
  return adding(
    variant,
    said,
    each.map((task) => ({ ...bare(task), replica: pending }))
  )
}

const withTasks = (said: Said, change: (task: Task) => Task): Said =>
  changed(said, { tasks: said.state.tasks.map(change) })

const withTablet = (said: Said, { base, lastToken }: Moving, change: (tablet: Tablet) => Tablet): Said => {
  const table: Table = known(said, base)
  return withTable(said, {
    ...table,
    tablets: table.tablets.map((tablet) => (tablet.lastToken === lastToken ? change(tablet) : tablet))
  })
}
