import type { BatchId, CallId, TaskId } from "../../../spec/view-building/ids.ts"
import type { Task } from "../../../spec/view-building/metadata.ts"
import { Aborted, sleep, unlessAborted } from "../../runtime/waits.ts"
import type { Attempt } from "./attempt.ts"
import type { ShardSurroundings } from "./surroundings.ts"

const firstPauseMs = 1_000
const longestPauseMs = 5 * 60 * 1_000

/**
 * Tasks that a shard does together, tried until they are done or nobody wants them any more.
 *
 * Source: db/view/view_building_worker.cc batch::do_work.
 */
export class Batch {
  readonly id: BatchId
  /** What is left to be done. All of one type, base, tablet and place (S1). */
  readonly tasks: Map<TaskId, Task>
  /** Resolves when the batch is over. */
  readonly over: Promise<void>
  readonly #parts: ShardSurroundings
  readonly #attempt: Attempt
  readonly #abort = new AbortController()
  #how: "done" | "aborted" | undefined

  constructor(id: BatchId, call: CallId, tasks: ReadonlyArray<Task>, parts: ShardSurroundings, attempt: Attempt) {
    const [first] = tasks
    if (first === undefined) throw new TypeError("a batch of no tasks")
    this.id = id
    this.tasks = new Map(tasks.map((task) => [task.id, task]))
    this.#parts = parts
    this.#attempt = attempt
    const { node, shard, tell } = parts
    const { type, base, lastToken } = first
    tell({ _tag: "BatchBegan", node, shard, batch: id, call, type, base, lastToken, tasks: [...this.tasks.keys()] })
    this.over = this.#run()
  }

  get isOver(): boolean {
    return this.#how !== undefined
  }

  /** The tasks that are done, once it is over; none where it was aborted (S19). */
  get done(): ReadonlyArray<TaskId> {
    return this.#how === "done" ? [...this.tasks.keys()] : []
  }

  /** Goes on without some tasks; with none left it is aborted. */
  drop(tasks: ReadonlyArray<TaskId>): void {
    for (const task of tasks) this.tasks.delete(task)
    const { node, shard, tell } = this.#parts
    tell({ _tag: "TasksDropped", node, shard, batch: this.id, tasks })
    if (this.tasks.size === 0) this.abort()
  }

  /** Ends it without result, as soon as its attempt lets it. */
  abort(): void {
    this.#abort.abort()
  }

  async #run(): Promise<void> {
    const isDone = await this.#tryAgainAndAgain()
    this.#how = isDone ? "done" : "aborted"
    const { node, shard, tell } = this.#parts
    tell({ _tag: "BatchEnded", node, shard, batch: this.id, how: this.#how })
  }

  async #tryAgainAndAgain(): Promise<boolean> {
    const { clock, turn, node, shard } = this.#parts
    const { signal } = this.#abort
    try {
      for (let pause = firstPauseMs; ; pause = Math.min(2 * pause, longestPauseMs)) {
        await unlessAborted(signal, turn(`batch ${this.id} of ${node}.${shard} tries`))
        // Nobody but the batch hears of a failure: whoever waits for it waits on.
        const isDone = await this.#attempt(this.id, this.tasks, signal)
        if (signal.aborted) return false
        if (isDone) return true
        await sleep(clock, pause, signal)
      }
    } catch (error) {
      if (error instanceof Aborted) return false
      throw error
    }
  }
}
