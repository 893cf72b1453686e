/** What becomes of a base's tablets around a worker, and of the tasks for them: the first of them moves, or all are split. */
import { type ShardId, type Stage, sameReplica } from "../../../spec/metadata.ts"
import type { TableId, Token } from "../../../spec/view-building/ids.ts"
import { type Tablet, tableOf } from "../../../spec/view-building/metadata.ts"
import { began, ended, type Moving, reverted, wentOn } from "../changes/migration.ts"
import { resized } from "../changes/resize.ts"
import type { Said } from "../said.ts"
import { reference } from "../variant.ts"
import { elsewhere, home, type Step } from "./scene.ts"

const firstTablet = (said: Said, base: TableId): Tablet | undefined => tableOf(said.state, base)?.tablets[0]

/** The stage that the first tablet of a base is in. */
const stageOf = (said: Said, base: TableId): Stage | null | undefined => {
  const tablet = firstTablet(said, base)
  return tablet === undefined ? undefined : (tablet.transition?.stage ?? null)
}

/** Whether the first tablet of a base is on a shard of this node. */
export const hasFirstTablet = (said: Said, base: TableId, shard: ShardId): boolean =>
  firstTablet(said, base)?.replicas.some((replica) => sameReplica(replica, { node: home, shard })) === true

/** Whether nothing is read or written of the first tablet of a base any more, for it is about to be gone. */
export const isLeaving = (said: Said, base: TableId): boolean => stageOf(said, base) === "cleanup"

const firstOf = (said: Said, base: TableId): Moving => ({
  base,
  lastToken: firstTablet(said, base)?.lastToken ?? (0 as Token)
})

/** The first tablet of a base sets out, and what is to be done for it here is aborted. Two stages are one step here. */
export const moveBegun = (said: Said, base: TableId): Step | undefined => {
  if (stageOf(said, base) !== null) return undefined
  const moving = firstOf(said, base)
  const away = began(reference, said, moving, "migration", [elsewhere])
  return moved(moving, null, "write_both_read_old", wentOn(reference, away, moving, "write_both_read_old"))
}

/** A tablet that has set out goes on or comes back; once its data here is gone, so is the tablet, with what is to be done for it. */
export const waysOn = (said: Said, base: TableId, isClean: boolean): ReadonlyArray<Step> => {
  const stage = stageOf(said, base)
  const moving = firstOf(said, base)
  if (stage === "write_both_read_old")
    return [
      moved(moving, stage, "cleanup", wentOn(reference, said, moving, "cleanup")),
      moved(moving, stage, null, reverted(reference, said, moving))
    ]
  return stage === "cleanup" && isClean ? [moved(moving, stage, null, ended(reference, said, moving))] : []
}

/** Each tablet of a base becomes two, and each task too. */
export const tabletsSplit = (said: Said, base: TableId): Step | undefined =>
  stageOf(said, base) === null
    ? { change: { _tag: "Resize", base, how: "split" }, said: resized(reference, said, base, "split") }
    : undefined

const moved = (moving: Moving, from: Stage | null, to: Stage | null, said: Said): Step => ({
  change: { _tag: "MoveTablet", ...moving, from, to },
  said
})
