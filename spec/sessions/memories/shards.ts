/** How far each shard has followed group 0, and which sessions it admits work of. */
import type { Memory } from "../../law.ts"
import type { SessionId } from "../ids.ts"
import type { ClusterLabel } from "../labels.ts"
import type { NodeId, Position, Replica, Stage, TabletId, Version } from "../metadata.ts"
import { afterLives, type Lives, unborn } from "./lives.ts"
import { fallenNode, placeOf } from "./places.ts"

export interface ShardAt extends Replica {
  readonly at: Position
  readonly version: Version
  readonly fence: Version
  /** Null after a start until the first reload: there are no sessions yet. */
  readonly open: ReadonlyArray<SessionId> | null
}

/** A tablet whose data is being moved by work under a session. */
export interface Moving {
  readonly tablet: TabletId
  readonly session: SessionId | null
}

export interface Shards extends Lives {
  /** By node and shard. A shard is known from its first commit on. */
  readonly shards: ReadonlyArray<ShardAt>
  /** Nodes that fell and have not reloaded since. */
  readonly away: ReadonlyArray<NodeId>
  readonly moving: ReadonlyArray<Moving>
}

const moves: ReadonlyArray<Stage> = ["streaming", "rebuild_repair"]

export const shards: Memory<Shards, ClusterLabel> = {
  name: "shards",
  init: { ...unborn, shards: [], away: [], moving: [] },
  on: (before, label) => {
    const fallen = fallenNode(label)
    if (fallen !== undefined)
      return {
        ...before,
        shards: before.shards.map((shard) => (shard.node === fallen ? { ...shard, open: null } : shard)),
        away: [...new Set([...before.away, fallen])].sort()
      }
    if (label._tag === "Committed")
      return {
        ...before,
        ...afterLives(before, label),
        moving: label.metadata.tablets.flatMap(({ tablet, transition }) =>
          transition !== null && moves.includes(transition.stage) ? [{ tablet, session: transition.session }] : []
        )
      }
    if (label._tag !== "ShardCommitted") return before
    const { node, shard, at, version, fence, open } = label
    const others = before.shards.filter((other) => placeOf(other) !== placeOf(label))
    return {
      ...before,
      shards: [...others, { node, shard, at, version, fence, open }].sort((one, other) =>
        placeOf(one) < placeOf(other) ? -1 : 1
      ),
      away: before.away.filter((other) => other !== node)
    }
  }
}

export const shardAt = ({ shards: known }: Shards, replica: Replica): ShardAt | undefined =>
  known.find((shard) => placeOf(shard) === placeOf(replica))
