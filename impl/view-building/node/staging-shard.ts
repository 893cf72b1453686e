import type { ShardId } from "../../../spec/metadata.ts"
import type { SstableId, TableId, TaskId, Token } from "../../../spec/view-building/ids.ts"
import { Mutex } from "../../runtime/mutex.ts"
import { isWithin, type Range, type StagingList, type StagingLists } from "../worker/surroundings.ts"

/** A staging sstable that is known, with the last of its tokens. */
export interface StagingSstable {
  readonly sstable: SstableId
  readonly base: TableId
  readonly token: Token
  /** Names the tablet that it belonged to as it came. */
  readonly lastToken: Token
}

/** Staging tasks that batches of this node have begun with (S16). Source: view_building_worker.hh _started_staging_tasks. */
export class StartedStaging {
  readonly #tasks = new Set<TaskId>()
  readonly #mutex = new Mutex()

  /** Does something while nobody begins with a task. Never across a commit: the observer may wait for this (M12). */
  async exclusively<Value>(work: (tasks: Set<TaskId>) => Value | Promise<Value>): Promise<Value> {
    await this.#mutex.take()
    try {
      return await work(this.#tasks)
    } finally {
      this.#mutex.give()
    }
  }
}

/** One shard's staging sstables that have a task, under a mutex that a batch holds while it processes some. */
export class StagingShard implements StagingLists, StagingList {
  readonly shard: ShardId
  readonly #started: StartedStaging
  readonly #mutex = new Mutex()
  protected readonly listed = new Map<SstableId, StagingSstable>()

  constructor(shard: ShardId, started: StartedStaging) {
    this.shard = shard
    this.#started = started
  }

  start(tasks: ReadonlyArray<TaskId>): Promise<void> {
    return this.#started.exclusively((known) => {
      for (const task of tasks) known.add(task)
    })
  }

  async exclusively<Value>(work: (list: StagingShard) => Promise<Value>): Promise<Value> {
    await this.#mutex.take()
    try {
      return await work(this)
    } finally {
      this.#mutex.give()
    }
  }

  of(base: TableId, range: Range): ReadonlyArray<SstableId> {
    // By what it holds and not by a token that names a tablet: a merge leaves no tablet of that name (M15).
    return [...this.listed.values()]
      .filter((one) => one.base === base && isWithin(one.token, range))
      .map(({ sstable }) => sstable)
  }

  add(one: StagingSstable): void {
    this.listed.set(one.sstable, one)
  }

  remove(sstable: SstableId): void {
    this.listed.delete(sstable)
  }

  /** What was rewritten goes on under its new name. */
  rename(sstable: SstableId, by: SstableId): void {
    const known = this.listed.get(sstable)
    if (known === undefined) return
    this.listed.delete(sstable)
    this.listed.set(by, { ...known, sstable: by })
  }

  forget(isGone: (one: StagingSstable) => boolean): void {
    for (const one of this.listed.values()) if (isGone(one)) this.listed.delete(one.sstable)
  }
}
