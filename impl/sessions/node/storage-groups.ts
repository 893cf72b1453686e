/** Which tablets a shard keeps data of, and who writes to them: what decides whether rows may be added at all. */
import {
  leavingReplica,
  type Metadata,
  type NodeId,
  pendingReplica,
  type Replica,
  type ShardId,
  sameReplica,
  type Tablet,
  type TabletId
} from "../../../spec/sessions/metadata.ts"
import { routedIn } from "../ring.ts"
import { Refused } from "./refused.ts"

interface StorageGroup {
  writers: number
  stopped: boolean
  idle: Array<() => void>
}

/**
 * Whether a replica keeps data of a tablet in this stage. A node that restarts allocates by the same rule, so that a group that
 * was cleaned up does not come back (M75).
 *
 * Source: replica/table.cc tablet_storage_group_manager::update_effective_replication_map; locator/tablets.cc is_post_cleanup.
 */
export const keepsData = (tablet: Tablet, replica: Replica): boolean => {
  const stage = tablet.transition?.stage
  const isThis = (other: Replica | undefined): boolean => other !== undefined && sameReplica(other, replica)
  if (isThis(pendingReplica(tablet))) return stage !== "revert_migration"
  if (isThis(leavingReplica(tablet))) return stage !== "end_migration"
  return tablet.replicas.some(isThis)
}

/** The storage groups of one shard. */
export class StorageGroups {
  readonly #self: Replica
  readonly #groups = new Map<TabletId, StorageGroup>()
  readonly #blocked = new Set<TabletId>()

  constructor(node: NodeId, shard: ShardId) {
    this.#self = { node, shard }
  }

  /** Allocates and deallocates by what group 0 says now; part of the step in which the shard goes over to it. */
  update(metadata: Metadata): void {
    const all = routedIn(metadata).filter((tablet) => keepsData(tablet, this.#self))
    const kept = new Set(all.map(({ tablet }) => tablet).filter((tablet) => !this.#blocked.has(tablet)))
    for (const tablet of this.#groups.keys()) if (!kept.has(tablet)) this.#groups.delete(tablet)
    for (const tablet of kept) {
      if (!this.#groups.has(tablet)) this.#groups.set(tablet, { writers: 0, stopped: false, idle: [] })
    }
  }

  /** Nobody begins to write to a tablet, whatever group 0 says, until that is taken back and the next update. */
  block(tablet: TabletId): void {
    this.#blocked.add(tablet)
    this.#groups.delete(tablet)
  }

  unblock(tablet: TabletId): void {
    this.#blocked.delete(tablet)
  }

  has(tablet: TabletId): boolean {
    return this.#groups.has(tablet)
  }

  /** Whether a writer would be let in: the shard keeps data of the tablet, and no cleanup has begun. */
  isOpen(tablet: TabletId): boolean {
    return this.#groups.get(tablet)?.stopped === false
  }

  /** Begins to write to a tablet, until the function returned is called. Refused with: NoSuchTablet. */
  enter(tablet: TabletId): () => void {
    const group = this.#groups.get(tablet)
    if (group === undefined || group.stopped) throw new Refused("NoSuchTablet")
    group.writers++
    return () => {
      group.writers--
      if (group.writers > 0) return
      for (const done of group.idle.splice(0)) done()
    }
  }

  /** Lets nobody write to a tablet any more, and waits for those who do. */
  async stop(tablet: TabletId): Promise<void> {
    const group = this.#groups.get(tablet)
    if (group === undefined) return
    group.stopped = true
    if (group.writers > 0) await new Promise<void>((done) => group.idle.push(done))
  }
}
