import type { ViewId } from "../../../spec/view-building/ids.ts"
import type { BuildingState } from "../../../spec/view-building/metadata.ts"
import { isBuilt, taskNamed } from "../../../spec/view-building/metadata.ts"
import { Broken } from "../../runtime/breakable-mutex.ts"
import { WakeUp } from "../../runtime/wake-up.ts"
import type { ShardWorker } from "../worker/shard-worker.ts"
import type { Applied } from "../worker/surroundings.ts"
import type { NodeParts } from "./parts.ts"
import type { StartedStaging } from "./staging-shard.ts"

/**
 * Shard 0's fiber that has the workers of all shards follow what the node has applied, and notes which views are built.
 *
 * It goes by a copy, and keeps nobody from applying meanwhile (M46): what a shard waits for, such as a stream, may itself wait
 * for the node to go on.
 *
 * Source: db/view/view_building_worker.cc run_view_building_state_observer, check_for_aborted_tasks, update_built_views.
 */
export class Observer {
  readonly #parts: NodeParts
  readonly #applied: Applied
  readonly #workers: ReadonlyArray<ShardWorker>
  readonly #started: StartedStaging
  readonly #news = new WakeUp()
  #isStopped = false
  #round: Promise<void> = Promise.resolve()

  constructor(parts: NodeParts, applied: Applied, workers: ReadonlyArray<ShardWorker>, started: StartedStaging) {
    this.#parts = parts
    this.#applied = applied
    this.#workers = workers
    this.#started = started
  }

  /** The node has applied something. */
  notice(): void {
    this.#news.ring()
  }

  /** Resolves when the round in hand is over: what a node waits for that may not apply meanwhile. */
  get idle(): Promise<void> {
    return this.#round
  }

  stop(): void {
    this.#isStopped = true
    this.#news.ring()
  }

  async run(): Promise<void> {
    while (!this.#isStopped) {
      await this.#parts.injections.wait("view_building_worker_pause_state_observer")
      this.#news.read()
      if (this.#isStopped) return
      this.#round = this.#look(this.#applied.state)
      await this.#round
      await this.#news.sleep()
    }
  }

  async #look(state: BuildingState): Promise<void> {
    await Promise.all(
      this.#workers.map(async (worker) => {
        try {
          await worker.observe()
        } catch (error) {
          // It was drained, and has nothing any more that could be dropped.
          if (!(error instanceof Broken)) throw error
        }
      })
    )
    await this.#mirror(state)
    await this.#started.exclusively((tasks) => {
      // By what is known now: a task that came while the shards were looked at may have been started already (S16).
      const now = this.#applied.state
      for (const task of tasks) if (taskNamed(now, task) === undefined) tasks.delete(task)
    })
  }

  protected isBuilt(state: BuildingState, view: ViewId): boolean {
    return isBuilt(state, view)
  }

  /** O2: a view is built once every status that it has says so. */
  async #mirror(state: BuildingState): Promise<void> {
    const { store, self, tell } = this.#parts
    const views = state.tables.flatMap((table) => table.views.filter((view) => this.isBuilt(state, view))).sort()
    if (this.#isStopped || JSON.stringify(views) === JSON.stringify(store.builtViews)) return
    // Before it is on disk, so that a node that falls in between does not have what nobody knows.
    tell({ _tag: "BuiltViewsWritten", node: self, views })
    await store.writeBuiltViews(views)
  }
}
