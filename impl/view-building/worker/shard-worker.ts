import { sameReplica, type Term } from "../../../spec/metadata.ts"
import { BatchId, type CallId, type TaskId } from "../../../spec/view-building/ids.ts"
import type { CallAnswer } from "../../../spec/view-building/messages.ts"
import { type BuildingState, type Task, taskNamed } from "../../../spec/view-building/metadata.ts"
import { BreakableMutex } from "../../runtime/breakable-mutex.ts"
import { answerOf, Refused } from "../refused.ts"
import { type Attempt, attempts } from "./attempt.ts"
import { Batch } from "./batch.ts"
import { FlushedBase } from "./flushed-base.ts"
import type { ShardSurroundings } from "./surroundings.ts"

/** A call in hand, with what it goes by where it does not go by what the node knows. */
export interface Call {
  readonly id: CallId
  readonly tasks: ReadonlyArray<TaskId>
  readonly copy: BuildingState | undefined
}

/** What a call has come to: some of its tasks are done, or it is to wait for a batch. */
export type Served = { readonly done: ReadonlyArray<TaskId> } | { readonly waitsFor: Batch }

/**
 * The worker of one shard: it does what coordinators ask for, one batch at a time, and forgets all of it in a restart.
 *
 * One mutex keeps its calls, the node's observer and its drain apart. It is held while a base is flushed and while a batch that
 * was aborted comes to its end, but never across a read barrier: group 0 must not wait for a worker that waits for group 0 (S20).
 *
 * Source: db/view/view_building_worker.cc work_on_tasks, update_processing_base_table, clean_up_after_batch.
 */
export class ShardWorker {
  protected readonly parts: ShardSurroundings
  readonly #attempt: Attempt
  protected readonly mutex = new BreakableMutex()
  readonly #base: FlushedBase
  /** Tasks of the base in hand that a batch has done. */
  protected readonly completed = new Set<TaskId>()
  protected running: Batch | undefined
  #batches = 0
  #isDrained = false

  constructor(parts: ShardSurroundings) {
    this.parts = parts
    this.#attempt = this.attempting(parts)
    this.#base = this.flushing(parts)
  }

  // ---- calls ---------------------------------------------------------------------------------------------------------

  /**
   * Does some tasks, or waits while they are being done, and says which of those asked for are done: maybe not all, maybe none.
   *
   * Enabled when: the term is group 0's after a read barrier, the base in hand is set, and every task is there, for this shard
   * and alive; or one of them is being done, or was. Refused with: StaleTerm, ReadBarrierFailed, BaseNotSet, TaskNotFound, Busy,
   * Drained.
   */
  async work(id: CallId, term: Term, tasks: ReadonlyArray<TaskId>): Promise<CallAnswer> {
    const { node, shard, tell } = this.parts
    tell({ _tag: "CallArrived", node, shard, call: id, term, tasks })
    const answer = await answerOf(this.serve(id, term, tasks))
    tell({ _tag: "CallAnswered", node, shard, call: id, answer })
    return answer
  }

  protected async serve(id: CallId, term: Term, tasks: ReadonlyArray<TaskId>): Promise<CallAnswer> {
    const before = await this.mutex.run(() => {
      this.absorb()
      return this.doneOf(tasks)
    })
    if (before.length > 0) return { _tag: "Done", tasks: before }
    // Without the mutex (M57): what the barrier waits for may be an apply, and the observer with it.
    const call = { id, tasks, copy: await this.catchUp(id, term) }
    const { node, shard, turn } = this.parts
    await turn(`call ${id} of ${node}.${shard} has caught up`)
    const served = await this.mutex.run(() => this.startOrAttach(call))
    if ("done" in served) return { _tag: "Done", tasks: served.done }
    const { waitsFor } = served
    await this.endOf(waitsFor)
    return this.mutex.run(async () => {
      // M36: shipped, whatever batch is there by now is waited for and absorbed, with the mutex in hand.
      if (this.parts.options.absorbs === "current") await this.running?.over
      if (this.parts.options.absorbs === "current" || this.running === waitsFor) this.absorb()
      return { _tag: "Done", tasks: this.doneOf(tasks) }
    })
  }

  /** W2. The copy is what designs go by that do not look again. */
  protected async catchUp(call: CallId, term: Term): Promise<BuildingState | undefined> {
    const { node, shard, applied, tell, options } = this.parts
    await applied.readBarrier()
    tell({ _tag: "BarrierEnded", node, shard, call, at: applied.at, term: applied.term })
    if (!this.mayServe(term, applied.term)) throw new Refused("StaleTerm")
    return options.goesBy === "snapshot" ? applied.state : undefined
  }

  /** W3 and W4, with the mutex in hand. Whenever it has waited for something it looks again where it stands. */
  protected async startOrAttach(call: Call): Promise<Served> {
    let hasFlushed = false
    for (;;) {
      const state = call.copy ?? this.parts.applied.state
      if (state.processing !== this.#base.table) {
        await this.goOver(state)
        continue
      }
      this.absorb()
      const done = this.doneOf(call.tasks)
      if (done.length > 0) return { done }
      if (this.running !== undefined) return this.attach(call, this.running)
      const tasks = this.tasksOf(call, state)
      // One flush is enough for what goes by a copy, whatever has come since.
      const mayFlush = call.copy === undefined || !hasFlushed
      if (!mayFlush || !tasks.some(({ view }) => this.#base.needsFlushFor(view))) return this.start(call, tasks)
      await this.#base.flush()
      hasFlushed = true
    }
  }

  /** One task in common is enough (M59). */
  protected attach(call: Call, batch: Batch): Served {
    if (!call.tasks.some((task) => batch.tasks.has(task))) throw new Refused("Busy")
    const { node, shard, tell } = this.parts
    tell({ _tag: "CallAttached", node, shard, call: call.id, batch: batch.id })
    return { waitsFor: batch }
  }

  protected start(call: Call, tasks: ReadonlyArray<Task>): Served {
    if (this.#isDrained) throw new Error("a batch is started after the drain")
    this.#batches++
    this.running = this.batch(BatchId.make(this.#batches), call.id, tasks, this.parts, this.#attempt)
    return this.attach(call, this.running)
  }

  protected tasksOf(call: Call, state: BuildingState): ReadonlyArray<Task> {
    if (this.#base.table === null) throw new Refused("BaseNotSet")
    return call.tasks.map((id) => {
      const task = taskNamed(state, id)
      if (task === undefined || task.base !== this.#base.table || !sameReplica(task.replica, this.parts))
        throw new Refused("TaskNotFound")
      // M35: shipped, the batch starts, and the observer, which may have looked already, does not come to it.
      if (task.state === "aborted" && this.parts.options.abortedTask === "refused") throw new Refused("TaskNotFound")
      return task
    })
  }

  // ---- what was done -------------------------------------------------------------------------------------------------

  /** W7: what is left in a batch that is over counts as completed. */
  protected absorb(): void {
    if (this.running === undefined || !this.running.isOver) return
    for (const task of this.running.done) this.completed.add(task)
    this.running = undefined
  }

  protected doneOf(tasks: ReadonlyArray<TaskId>): ReadonlyArray<TaskId> {
    return tasks.filter((task) => this.completed.has(task))
  }

  // ---- the node's observer and its end -------------------------------------------------------------------------------

  /**
   * O1: goes over to the base in hand, and drops from the batch whatever is gone or aborted. Resolves when that is over.
   *
   * It goes by what the node knows once it has the mutex. A copy from before would undo what calls have done since: go back to
   * the last base, and drop tasks from a batch because they were not there yet.
   */
  observe(): Promise<void> {
    return this.mutex.run(async () => {
      for (;;) {
        const { state } = this.parts.applied
        if (state.processing !== this.#base.table) {
          await this.goOver(state)
          continue
        }
        const batch = this.running
        if (batch === undefined || batch.isOver) return
        const lost = [...batch.tasks.keys()].filter((id) => this.isLost(state, id))
        if (lost.length > 0) batch.drop(lost)
        if (batch.tasks.size > 0) return
        await this.end()
      }
    })
  }

  /** Whether nobody wants a task any more: it is gone, or aborted. */
  protected isLost(state: BuildingState, id: TaskId): boolean {
    return (taskNamed(state, id)?.state ?? "aborted") === "aborted"
  }

  /** Ends what is being done and takes nothing in any more. Whoever has the mutex finishes first (M07). */
  async drain(): Promise<void> {
    await this.mutex.run(async () => {
      await this.end()
      this.#isDrained = true
      this.mutex.break()
    })
  }

  /** W3: another base has come in hand, and what was done for the last one is worth nothing for it (S19). */
  protected async goOver({ processing }: BuildingState): Promise<void> {
    this.completed.clear()
    // Whoever has waited for a batch to end looks again where group 0 stands.
    if (this.running?.isOver === false) await this.end()
    else {
      this.running = undefined
      await this.#base.goOver(processing)
    }
  }

  /** Aborts the batch, and waits for its end. Nothing of it is completed. */
  protected async end(): Promise<void> {
    const batch = this.running
    if (batch === undefined) return
    batch.abort()
    await batch.over
    this.running = undefined
  }

  // ---- what it is made of --------------------------------------------------------------------------------------------

  protected attempting(parts: ShardSurroundings): Attempt {
    return attempts(parts)
  }

  protected flushing(parts: ShardSurroundings): FlushedBase {
    return new FlushedBase(parts)
  }

  protected batch(...of: ConstructorParameters<typeof Batch>): Batch {
    return new Batch(...of)
  }

  /** Whether a call made in one term is served in another: never for a coordinator that was deposed (M06). */
  protected mayServe(made: Term, now: Term): boolean {
    return this.parts.options.term !== "checked" || made === now
  }

  /** Resolves when a batch is over, whenever that was (M03). */
  protected endOf(batch: Batch): Promise<void> {
    return batch.over
  }
}
