/** Laws about shards that follow group 0: S1, S7, S10, V1s, V3s. */
import { history } from "../../law.ts"
import type { ClusterLabel } from "../labels.ts"
import { isRemovedBy, lifeOf, openAt } from "../memories/lives.ts"
import { placeOf } from "../memories/places.ts"
import { type Moving, type Shards, shardAt, shards } from "../memories/shards.ts"
import type { NodeId } from "../metadata.ts"

const told = (sessions: ReadonlyArray<string>): string => `[${sessions.join(", ")}]`

export const S1 = history<ClusterLabel, Shards>("SES-S1", {
  sentence:
    "Once a shard has gone over to a position, it admits work of exactly the sessions that group 0 names there.",
  source: "dossier sessions 4.1, S1; service/storage_service.cc commit_token_metadata_change",
  reading: "The default session is always open and left out. Positions before the first that was seen are not judged.",
  follows: shards,
  breaks: (before, label) => {
    if (label._tag !== "ShardCommitted") return undefined
    const named = openAt(before, label.at)
    if (named === undefined) return undefined
    const open = [...label.open].sort()
    return named.join() === open.join()
      ? undefined
      : `${placeOf(label)} at ${label.at} has ${told(open)} open and should have ${told(named)}`
  }
})

export const S7 = history<ClusterLabel, Shards>("SES-S7", {
  sentence:
    "A stale permit admits nobody: once a shard has gone over to the removal of a session, entering it fails there.",
  source: "dossier sessions 4.1, S7; service/session.cc session_manager::enter_session",
  follows: shards,
  breaks: (before, label) => {
    if (label._tag !== "Entered") return undefined
    const at = shardAt(before, label)?.at ?? null
    const life = lifeOf(before, label.session)
    return isRemovedBy(life, at)
      ? `${label.work} enters ${label.session} on ${placeOf(label)}, which knows since ${life?.removed} that it is over`
      : undefined
  }
})

export const S10 = history<ClusterLabel, Shards>("SES-S10", {
  sentence:
    "When a tablet comes to a stage in which data moves, its session is open already on every shard of every node that is not ignored and runs.",
  source: "dossier sessions 4.1, S10; service/topology_coordinator.cc handle_tablet_migration, write_both_read_old",
  reading:
    "Judged for streaming and rebuild_repair, when they begin or get another session. A node that fell counts from its first reload on.",
  follows: shards,
  breaks: (before, label, after) => {
    if (label._tag !== "Committed") return undefined
    const { nodes, ignored } = label.metadata
    for (const moving of after.moving.filter((now) => !before.moving.some((old) => same(old, now)))) {
      const { tablet, session } = moving
      if (session === null) return `data of ${tablet} moves under no session`
      const closed = nodes.find((node) => !ignored.includes(node) && !isReady(before, node, moving))
      if (closed !== undefined) return `data of ${tablet} moves under ${session}, which is not open on ${closed}`
    }
    return undefined
  }
})

const same = (one: Moving, other: Moving): boolean => one.tablet === other.tablet && one.session === other.session

const isReady = ({ shards: known, away }: Shards, node: NodeId, { session }: Moving): boolean => {
  if (away.includes(node)) return true
  const own = known.filter((shard) => shard.node === node)
  return own.length > 0 && own.every(({ open }) => open === null || (session !== null && open.includes(session)))
}

export const V1s = history<ClusterLabel, Shards>("SES-V1s", {
  sentence: "On every shard, what it knows of group 0 and the version in force never go back.",
  source: "dossier sessions 4.1, V1; locator/token_metadata.cc shared_token_metadata::set",
  follows: shards,
  breaks: (before, label) => {
    if (label._tag !== "ShardCommitted") return undefined
    const last = shardAt(before, label)
    if (last === undefined || (label.at >= last.at && label.version >= last.version)) return undefined
    return `${placeOf(label)} goes from ${last.at} (version ${last.version}) to ${label.at} (version ${label.version})`
  }
})

export const V3s = history<ClusterLabel, Shards>("SES-V3s", {
  sentence: "On every shard the fence never goes down, and is never above the version.",
  source: "dossier sessions 4.1, V3; service/storage_proxy.cc update_fence_version",
  follows: shards,
  breaks: (before, label) => {
    if (label._tag !== "ShardCommitted") return undefined
    if (label.fence > label.version) return `${placeOf(label)} has version ${label.version} and fence ${label.fence}`
    const last = shardAt(before, label)
    return last !== undefined && label.fence < last.fence
      ? `the fence of ${placeOf(label)} goes from ${last.fence} to ${label.fence}`
      : undefined
  }
})
