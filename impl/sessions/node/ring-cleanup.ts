import type { Metadata } from "../../../spec/sessions/metadata.ts"
import type { Clock } from "../../runtime/clock.ts"
import { throttleMs } from "../coordinator/action-table.ts"
import type { Change } from "../coordinator/changes.ts"
import { ordered } from "../coordinator/operator.ts"
import { cleaned } from "../coordinator/topology-changes.ts"
import { Unavailable } from "../group0/group0.ts"
import { range, topologyOf } from "../ring.ts"
import type { NodeContext } from "./node-context.ts"
import { Refused, unlessAborted } from "./refused.ts"
import type { Latch, Shard } from "./shard.ts"

/**
 * Drops what this node has of the ring and does not own: after a request that gave its range away or has failed, or when the node is
 * no member any more.
 *
 * Enabled when: group 0 calls this node dirty, or does not know it. Effect: from then on nobody writes to the range here; the closing
 * sessions are drained, and whoever still works by an older version is waited for, also writes that were fenced (M44); only then
 * the rows are dropped, and a member tells group 0. Until then the node is not given the range again.
 *
 * Source: service/storage_service.cc sstable_vnodes_cleanup_fiber; scylladb commit f34126aacf; dossier `sessions.md` 2.5.
 */
export class RingCleanup implements Latch {
  readonly #node: NodeContext
  readonly #clock: Clock
  readonly #failed: (defect: unknown) => void
  readonly #stopped = new AbortController()
  #running: Promise<void> | undefined

  constructor(node: NodeContext, clock: Clock, failed: (defect: unknown) => void) {
    this.#node = node
    this.#clock = clock
    this.#failed = failed
    node.shards[0].latch(this)
  }

  /** Resolves when nothing is left to be dropped. */
  async done(): Promise<void> {
    await this.#running
  }

  stop(): void {
    this.#stopped.abort()
  }

  /** Part of the step in which the shard goes over, so that no later metadata lets anybody write here in between. */
  refresh(): void {
    const [shard] = this.#node.shards
    const { metadata } = shard
    if (this.#stopped.signal.aborted || this.#running !== undefined) return
    if (metadata === undefined || !this.#isStray(metadata, shard)) return
    shard.groups.block(range)
    this.#running = this.#cleanUp(shard)
      .catch((error: unknown) => {
        if (!this.#stopped.signal.aborted) this.#failed(error)
      })
      .finally(() => {
        this.#running = undefined
        // What group 0 said meanwhile was not looked at.
        this.refresh()
      })
  }

  #isStray(metadata: Metadata, { id }: Shard): boolean {
    const { self, parts } = this.#node
    if (topologyOf(metadata).dirty.includes(self)) return true
    return !metadata.nodes.includes(self) && parts.store.rows(id, range).length > 0
  }

  async #cleanUp(shard: Shard): Promise<void> {
    const { parts } = this.#node
    const { version } = shard
    const soon = <Value>(work: Promise<Value>): Promise<Value> => unlessAborted(this.#stopped.signal, work)
    await soon(parts.injections.wait("ring_cleanup_wait"))
    await soon(this.#upToDate())
    // A node that was started anew first hears of what was so before, and may own the range by now.
    if (shard.metadata !== undefined && this.#isStray(shard.metadata, shard)) {
      await soon(shard.sessions.drain())
      await soon(shard.whenReleased(version))
      await soon(parts.store.drop(shard.id, range))
      shard.tell({ _tag: "Cleaned", ...shard.place, tablet: range })
      await soon(this.#report())
    }
    shard.groups.unblock(range)
    if (shard.metadata !== undefined) shard.groups.update(shard.metadata)
  }

  /** Tells group 0 that this node is clean, and waits until the node has heard that itself. */
  async #report(): Promise<void> {
    const { self, parts } = this.#node
    const change: Change = ({ metadata }) =>
      topologyOf(metadata).dirty.includes(self) ? cleaned(metadata, self) : metadata
    while ((await ordered(parts.group0, change))._tag !== "Done") await this.#pause()
    await this.#upToDate()
  }

  async #upToDate(): Promise<void> {
    for (;;) {
      try {
        await this.#node.parts.group0.readBarrier()
        return
      } catch (error) {
        if (!(error instanceof Unavailable)) throw error
        await this.#pause()
      }
    }
  }

  async #pause(): Promise<void> {
    await new Promise<void>((over) => this.#clock.setTimer(throttleMs, over))
    if (this.#stopped.signal.aborted) throw new Refused("AbortRequested")
  }
}
