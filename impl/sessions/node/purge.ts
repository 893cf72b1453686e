import type { Tablet } from "../../../spec/sessions/metadata.ts"
import { range } from "../ring.ts"
import type { Store } from "../storage/store.ts"
import type { NodeContext } from "./node-context.ts"
import type { Shard } from "./shard.ts"

/**
 * Forgets tombstones with a timestamp below `before`, and with them what they cover.
 *
 * Enabled when: this node has a replica of the tablet, and the last repair that it took part in is the last that group 0 knows
 * to have reached every replica. Effect: the deletions that the repair has brought are gone, up to the first that it has not; where
 * there is nothing to forget, nothing happens. A pending replica is none of the tablet's yet and keeps its tombstones: what they
 * cover may still be streamed to it (M76). Of the ring nobody notes repairs, so there the operator vouches for them.
 *
 * Source: compaction/compaction_garbage_collector.hh; tombstone_gc.cc, mode repair; dossier `sessions.md` 5, M76.
 */
export const purge = async (node: NodeContext, tablet: Tablet, before: number): Promise<void> => {
  const { store } = node.parts
  for (const { shard: id } of node.own(tablet.replicas)) {
    const shard = node.shard(id)
    await shard.run(async () => {
      // A cleanup waits for whoever purges, as for all who write; where it came first nothing is left to be purged.
      if (!shard.groups.isOpen(tablet.tablet)) return
      const leaveGroup = shard.groups.enter(tablet.tablet)
      try {
        const limit = tablet.tablet === range ? before : Math.min(before, covered(store, shard, tablet))
        if (!store.rows(id, tablet.tablet).some((row) => row.value === null && row.timestamp < limit)) return
        await store.purge(id, tablet.tablet, limit)
        shard.tell({ _tag: "Purged", ...shard.place, tablet: tablet.tablet, before: limit })
      } finally {
        leaveGroup()
      }
    })
  }
}

/** Below which timestamp every deletion here is known to be on all replicas. */
const covered = (store: Store, { id }: Shard, { tablet, repaired }: Tablet): number => {
  const noted = store.repaired(id, tablet)
  if (noted === undefined || noted.session !== repaired) return 0
  const brought = new Map(noted.deletions.map(({ key, timestamp }) => [key, timestamp]))
  const others = store
    .rows(id, tablet)
    .filter(({ key, value, timestamp }) => value === null && timestamp > (brought.get(key) ?? -1))
  return Math.min(1 + Math.max(-1, ...brought.values()), ...others.map(({ timestamp }) => timestamp))
}
