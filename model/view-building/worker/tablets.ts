/** What becomes of a base's tablets around a worker, and of the tasks for them: the first of them moves, or all are split. */
import { type ShardId, type Stage, sameReplica } from "../../../spec/metadata.ts"
import type { TableId, Token } from "../../../spec/view-building/ids.ts"
import { type Task, tableOf } from "../../../spec/view-building/metadata.ts"
import { changingTable, elsewhere, home, making, type Said, span, withTasks } from "./scene.ts"

const firstTablet = (said: Said, base: TableId) => tableOf(said.state, base)?.tablets[0]

/** The stage that the first tablet of a base is in. */
export const stageOf = (said: Said, base: TableId): Stage | null | undefined => {
  const tablet = firstTablet(said, base)
  return tablet === undefined ? undefined : (tablet.transition?.stage ?? null)
}

/** Whether the first tablet of a base is on a shard of this node. */
export const hasFirstTablet = (said: Said, base: TableId, shard: ShardId): boolean =>
  firstTablet(said, base)?.replicas.some((replica) => sameReplica(replica, { node: home, shard })) === true

/** Whether nothing is read or written of the first tablet of a base any more, for it is about to be gone. */
export const isLeaving = (said: Said, base: TableId): boolean => stageOf(said, base) === "cleanup"

export const lastTokenOf = (said: Said, base: TableId): Token => firstTablet(said, base)?.lastToken ?? (0 as Token)

const moving = (said: Said, base: TableId, stage: Stage | null, arrives = false): Said =>
  changingTable(said, base, (table) => ({
    ...table,
    tablets: table.tablets.map((tablet, k) =>
      k > 0
        ? tablet
        : {
            ...tablet,
            replicas: arrives ? [elsewhere] : tablet.replicas,
            transition: stage === null ? null : { kind: "migration", stage, next: [elsewhere] }
          }
    )
  }))

/** The first tablet of a base sets out, and what is to be done for it here is aborted. */
export const moveBegun = (said: Said, base: TableId): Said => {
  const lastToken = lastTokenOf(said, base)
  const away = moving(said, base, "write_both_read_old")
  return withTasks(
    away,
    away.state.tasks.map((task) =>
      task.base === base && task.lastToken === lastToken ? { ...task, state: "aborted" } : task
    )
  )
}

/** Nothing is read or written here any more. */
export const moveDone = (said: Said, base: TableId): Said => moving(said, base, "cleanup")

/** It is over, and what was to be done here is to be done where the tablet is now. */
export const moveEnded = (said: Said, base: TableId, arrives: boolean): Said => {
  const lastToken = lastTokenOf(said, base)
  const isMine = (task: Task): boolean => task.base === base && task.lastToken === lastToken
  const over = moving(said, base, null, arrives)
  const anew = over.state.tasks.filter((task) => isMine(task) && (arrives || task.state === "aborted"))
  const left = withTasks(
    over,
    over.state.tasks.filter((task) => !anew.includes(task))
  )
  return making(
    left,
    anew.map(({ id: _id, state: _state, ...task }) => (arrives ? { ...task, replica: elsewhere } : task))
  )
}

/** Each tablet of a base becomes two, and each task too. */
export const tabletsSplit = (said: Said, base: TableId): Said => {
  const middle = (lastToken: Token): Token => (lastToken - span / 2) as Token
  const halves = changingTable(said, base, (table) => ({
    ...table,
    tablets: table.tablets.flatMap((tablet) => [{ ...tablet, lastToken: middle(tablet.lastToken) }, tablet])
  }))
  const mine = said.state.tasks.filter((task) => task.base === base)
  const left = withTasks(
    halves,
    said.state.tasks.filter((task) => task.base !== base)
  )
  return making(
    left,
    mine.flatMap(({ id: _id, state: _state, ...task }) => [{ ...task, lastToken: middle(task.lastToken) }, task])
  )
}
