import type { ShardId } from "../../../spec/metadata.ts"
import { sameReplica } from "../../../spec/metadata.ts"
import type { SstableId, TaskId, Token } from "../../../spec/view-building/ids.ts"
import type { Registered } from "../../../spec/view-building/messages.ts"
import { type BuildingState, type Task, tableOf, tabletHolding } from "../../../spec/view-building/metadata.ts"
import { Mutex } from "../../runtime/mutex.ts"
import { Aborted, sleep } from "../../runtime/waits.ts"
import { WakeUp } from "../../runtime/wake-up.ts"
import type { Draft } from "../changes/draft.ts"
import { Unavailable } from "../group0/group0.ts"
import type { Operation, Operations } from "../group0/operations.ts"
import type { NodeParts } from "./parts.ts"
import type { StagingShard, StagingSstable, StartedStaging } from "./staging-shard.ts"

/** A staging sstable that has no task yet. */
export interface Queued extends StagingSstable {
  readonly shard: ShardId
}

interface Plan {
  readonly created: ReadonlyArray<Task>
  readonly uses: ReadonlyArray<Registered>
}

const pauseMs = 1_000

/**
 * Shard 0's fiber that finds a task for every staging sstable of its node, and makes one where none can be used (R1 to R3).
 *
 * It is the only one of a worker's that writes group 0. While it does, no batch of the node chooses sstables: a task is there
 * before the sstables are that it was made for, and would find nothing (M09).
 *
 * Source: db/view/view_building_worker.cc run_staging_sstables_registrator, create_staging_sstable_tasks.
 */
export class Registrator {
  readonly #parts: NodeParts
  readonly #operations: Operations
  readonly #lists: ReadonlyArray<StagingShard>
  protected readonly started: StartedStaging
  readonly #queue = new Map<SstableId, Queued>()
  /** Shard 0's staging mutex: of the queue, and of whoever wants all lists. */
  readonly #mutex = new Mutex()
  /** Rows that this registrator has made, and knows all about. */
  readonly #own = new Set<TaskId>()
  protected readonly news = new WakeUp()
  readonly #stop = new AbortController()

  constructor(parts: NodeParts, operations: Operations, lists: ReadonlyArray<StagingShard>, started: StartedStaging) {
    this.#parts = parts
    this.#operations = operations
    this.#lists = lists
    this.started = started
  }

  /** R1. Whatever runs at this moment, the sstable is seen: news are levels, not edges (M11). */
  enqueue(one: Queued): void {
    this.#queue.set(one.sstable, one)
    const { shard, sstable, lastToken } = one
    this.#parts.tell({ _tag: "StagingQueued", node: this.#parts.self, shard, sstable, lastToken })
    this.news.ring()
  }

  /** An sstable goes by another name from now on, which `rename` gives it while nobody registers or processes any (M33). */
  async rename(shard: ShardId, sstable: SstableId, by: SstableId, rename: () => Promise<void>): Promise<void> {
    await this.#alone(shard, async (lists) => {
      await rename()
      const known = this.#queue.get(sstable)
      this.#queue.delete(sstable)
      if (known !== undefined) this.#queue.set(by, { ...known, sstable: by })
      for (const list of lists) list.rename(sstable, by)
    })
    this.news.ring()
  }

  /** Forgets sstables that are about to be dropped, queued or listed, while nobody registers or processes any (M10). */
  forget(shard: ShardId, isGone: (one: StagingSstable) => boolean, drop: () => Promise<void>): Promise<void> {
    const everywhere = this.#parts.worker.cleansUp === "everyShard"
    return this.#alone(shard, async (lists) => {
      // M43: shipped, only tokens are looked at, so that entries of the shard go too which a tablet moves to on the same node.
      this.forgetQueued((one) => (everywhere || one.shard === shard) && isGone(one))
      for (const list of lists) list.forget(isGone)
      await drop()
    })
  }

  protected forgetQueued(isGone: (one: Queued) => boolean): void {
    for (const one of this.#queue.values()) if (isGone(one)) this.#queue.delete(one.sstable)
  }

  /** Does something while nothing is registered, and nothing processed on a shard. */
  async #alone(shard: ShardId, work: (lists: ReadonlyArray<StagingShard>) => Promise<void>): Promise<void> {
    await this.#mutex.take()
    try {
      const lists = this.#lists.filter((list) => list.shard === shard)
      await withAll(lists, () => work(lists))
    } finally {
      this.#mutex.give()
    }
  }

  stop(): void {
    this.#stop.abort()
    this.news.ring()
  }

  async run(): Promise<void> {
    const { injections } = this.#parts
    const { signal } = this.#stop
    while (!signal.aborted) {
      this.news.read()
      try {
        await injections.wait("view_building_worker_pause_before_starting_staging_registrator", { signal })
        await this.work(signal)
      } catch (error) {
        if (!(error instanceof Aborted)) this.survive(error)
        await this.#pause()
      }
    }
  }

  /** Registers all that is there, and sleeps until there is more. */
  protected async work(signal: AbortSignal): Promise<void> {
    while (this.#queue.size > 0 && !signal.aborted) await this.register()
    await this.news.sleep()
  }

  /** Whatever has failed, it must not end the fiber (M21). */
  protected survive(error: unknown): void {
    if (!(error instanceof Unavailable)) this.#parts.failed(error)
  }

  async #pause(): Promise<void> {
    await sleep(this.#parts.clock, pauseMs, this.#stop.signal).catch((aborted) => {
      if (!(aborted instanceof Aborted)) throw aborted
    })
  }

  protected async register(): Promise<void> {
    await this.#mutex.take()
    try {
      const shards = new Set([...this.#queue.values()].map(({ shard }) => shard))
      const lists = this.#lists.filter(({ shard }) => shards.has(shard))
      await this.alone(lists, () => this.#registerUnderMutexes(shards))
    } finally {
      this.#mutex.give()
    }
  }

  /** Lets go of the mutexes only when it is known whether the tasks are there: one that is would choose before its sstables are listed (S15). */
  async #registerUnderMutexes(shards: ReadonlySet<ShardId>): Promise<void> {
    for (let isInDoubt = false; !this.#stop.signal.aborted; ) {
      try {
        isInDoubt = await this.#concludesInDoubt(shards)
        if (!isInDoubt) return
      } catch (error) {
        if (!isInDoubt || !(error instanceof Unavailable)) throw error
        await this.#pause()
      }
    }
  }

  /** Whether nobody knows what has become of the command. */
  async #concludesInDoubt(shards: ReadonlySet<ShardId>): Promise<boolean> {
    const operation = await this.#operations.begin({ _tag: "Worker", node: this.#parts.self })
    try {
      await this.conclude(operation, shards)
      return operation.isInDoubt
    } catch (error) {
      if (operation.isInDoubt) return true
      throw error
    } finally {
      operation.release()
    }
  }

  /** Without the mutex of what has started: the observer may wait for that, and an apply for the observer (M12). */
  protected async conclude(operation: Operation, shards: ReadonlySet<ShardId>): Promise<void> {
    const plan = await this.started.exclusively((started) => this.plan(operation.draft, started, shards))
    await this.carryOut(operation, plan)
  }

  protected async carryOut(operation: Operation, { created, uses }: Plan): Promise<void> {
    if (uses.length === 0) return
    // Also where no row is new: that the rows are still there is worth a command (S16).
    const change = { _tag: "RegisterStaging", tasks: created, sstables: uses } as const
    if (!(await operation.commit(change))) return
    for (const { id } of created) this.#own.add(id)
    for (const use of uses) this.#list(use)
  }

  /** Registers while no batch on these lists chooses. */
  protected alone(lists: ReadonlyArray<StagingShard>, register: () => Promise<void>): Promise<void> {
    return withAll(lists, register)
  }

  #list({ sstable, task }: Registered): void {
    const known = this.#queue.get(sstable)
    if (known === undefined) return
    this.#queue.delete(sstable)
    this.#lists.find((list) => list.shard === known.shard)?.add(known)
    this.#parts.tell({ _tag: "StagingListed", node: this.#parts.self, shard: known.shard, sstable, task })
  }

  /** Whether an sstable may be put to a row: one that is new in this command, or that no batch has begun with (S16). */
  protected mayUse({ id, state }: Task, started: ReadonlySet<TaskId>, fresh: ReadonlySet<TaskId>): boolean {
    if (fresh.has(id)) return true
    return state !== "aborted" && !started.has(id) && (this.#parts.worker.reuses === "notStarted" || this.#own.has(id))
  }

  /** One row for all that belong to one tablet on one shard: a row for each would make a command too large (M13). */
  protected plan(draft: Draft, started: ReadonlySet<TaskId>, shards: ReadonlySet<ShardId>): Plan {
    const uses: Registered[] = []
    const fresh = new Set<TaskId>()
    // What has come meanwhile for a shard whose list is not in hand waits for the next time.
    for (const queued of [...this.#queue.values()].filter(({ shard }) => shards.has(shard))) {
      const { sstable, base } = queued
      const { worker } = this.#parts
      if (worker.droppedTable === "skipped" && tableOf(draft.before, base) === undefined) {
        this.#queue.delete(sstable)
        continue
      }
      const replica = { node: this.#parts.self, shard: queued.shard }
      const lastToken = worker.tablet === "now" ? tokenNow(draft.before, queued) : queued.lastToken
      const known = draft.tasks.find(
        (task) =>
          task.type === "process_staging" &&
          task.base === base &&
          task.lastToken === lastToken &&
          sameReplica(task.replica, replica) &&
          this.mayUse(task, started, fresh)
      )
      const task = known?.id ?? draft.add({ type: "process_staging", base, view: null, replica, lastToken })
      if (known === undefined) fresh.add(task)
      uses.push({ sstable, task })
    }
    return { created: draft.tasks.filter(({ id }) => fresh.has(id)), uses }
  }
}

/** The tablet that an sstable belongs to by what group 0 says now. */
const tokenNow = (state: BuildingState, { base, token, lastToken }: Queued): Token => {
  const table = tableOf(state, base)
  return table === undefined ? lastToken : (tabletHolding(table, token)?.lastToken ?? lastToken)
}

/** Does something with the mutexes of all these lists, taken in the order of their shards. */
const withAll = (lists: ReadonlyArray<StagingShard>, work: () => Promise<void>): Promise<void> => {
  const [first, ...others] = lists
  return first === undefined ? work() : first.exclusively(() => withAll(others, work))
}
