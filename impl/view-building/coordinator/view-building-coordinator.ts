import type { Replica } from "../../../spec/metadata.ts"
import type { TaskId } from "../../../spec/view-building/ids.ts"
import { type Change, type Committer, collectEveryMs } from "../../../spec/view-building/messages.ts"
import type { BuildingState } from "../../../spec/view-building/metadata.ts"
import { Aborted, sleep } from "../../runtime/waits.ts"
import { WakeUp } from "../../runtime/wake-up.ts"
import type { Draft } from "../changes/draft.ts"
import type { Operation } from "../group0/operations.ts"
import { Calls, type CallsParts } from "./calls.ts"
import { replicasOf, select } from "./selection.ts"
import type { Office } from "./term.ts"
import { TermOver } from "./term.ts"

const pauseMs = 1_000

/** What there may be news of. */
export type News = "call" | "group 0" | "host"

/**
 * The coordinator of one term: brings bases in hand one after another, asks replicas for their tasks, and collects what is done.
 *
 * Source: db/view/view_building_coordinator.cc run, work_on_view_building, finished_task_gc_fiber.
 */
export class ViewBuildingCoordinator {
  protected readonly office: Office
  protected readonly by: Committer
  protected readonly calls: Calls
  protected readonly news = new WakeUp()
  readonly #stop = new AbortController()
  protected isAsleep = false

  constructor(office: Office) {
    this.office = office
    const { term, parts } = office
    this.by = { _tag: "Coordinator", term }
    const { network, clock, tell, failed } = parts
    this.calls = this.calling({ term, network, clock, tell, failed, over: () => this.notice("call") })
  }

  /** Something has happened that there may be something to do about. */
  notice(news: News): void {
    if (this.isAsleep || this.hearsAwake(news)) this.news.ring()
  }

  /** M44: shipped, the loop hears of a call's end whenever it is, and of anything else only in its sleep. */
  protected hearsAwake(news: News): boolean {
    return this.office.parts.coordinator.hears === "everything" || news === "call"
  }

  protected calling(parts: CallsParts): Calls {
    return new Calls(parts)
  }

  stop(): void {
    this.#stop.abort()
    this.calls.stop()
    this.news.ring()
  }

  /** Resolves when it was stopped, or its term is over. */
  async run(): Promise<void> {
    await Promise.all([
      this.#again(() => this.#round()),
      this.#again(async () => {
        await this.restBeforeCollecting()
        await this.collect()
      })
    ])
  }

  async #again(step: () => Promise<void>): Promise<void> {
    const { clock, failed } = this.office.parts
    while (!this.#stop.signal.aborted) {
      try {
        await step()
      } catch (error) {
        if (error instanceof TermOver || error instanceof Aborted) return
        if (!this.office.isExpected(error)) failed(error)
        await sleep(clock, pauseMs, this.#stop.signal).catch(() => {})
      }
    }
  }

  // ---- the main loop -------------------------------------------------------------------------------------------------

  async #round(): Promise<void> {
    const { injections } = this.office.parts
    const { signal } = this.#stop
    await injections.wait("view_building_coordinator_pause_main_loop", { signal })
    // Before the look, so that whatever comes after it ends the sleep (M04).
    this.news.read()
    if (!injections.isEnabled("view_building_coordinator_skip_main_loop")) {
      const operation = await this.office.begin(this.by)
      const change = this.change(operation.draft)
      if (change !== undefined) {
        await operation.commit(change)
        return
      }
      const hasAsked = this.askAll(operation)
      operation.release()
      if (hasAsked)
        await injections.wait("view_building_coordinator_wait_before_await_event_after_starting_tasks", { signal })
    }
    await injections.wait("view_building_coordinator_wait_before_await_event", { signal })
    this.isAsleep = true
    await this.news.sleep()
    this.isAsleep = false
  }

  /** C1 and C2: what there is to be written before anything is asked for. */
  protected change(draft: Draft): Change | undefined {
    return this.office.parts.changes.updateState(draft)
  }

  /** C3, under the guard: by what group 0 says now, and not by what it said when a call came back (S12). */
  protected askAll({ draft: { before } }: Operation): boolean {
    const { injections, hosts } = this.office.parts
    let hasAsked = false
    for (const replica of replicasOf(before)) {
      const ignoresGossip = injections.isEnabled("view_building_coordinator_ignore_gossiper")
      if (this.calls.isOut(replica) || !(hosts.isAlive(replica.node) || ignoresGossip)) continue
      const tasks = this.select(before, replica)
      if (tasks.length === 0) continue
      this.calls.send(replica, tasks)
      hasAsked = true
    }
    return hasAsked
  }

  /** What a replica is asked for that has no call out. */
  protected select(state: BuildingState, replica: Replica): ReadonlyArray<TaskId> {
    return select(state, replica, this.calls.finished(replica))
  }

  // ---- collection ----------------------------------------------------------------------------------------------------

  protected restBeforeCollecting(): Promise<void> {
    return sleep(this.office.parts.clock, collectEveryMs, this.#stop.signal)
  }

  /** However long that takes (M24). */
  protected beginCollection(): Promise<Operation> {
    return this.office.begin(this.by)
  }

  /** C6. Where it fails, what is finished is kept for the next time, which is as far away as after a success (M47). */
  protected async collect(): Promise<void> {
    const finished = this.calls.allFinished()
    if (finished.size === 0) return
    const operation = await this.beginCollection()
    const change = this.office.parts.changes.collect(operation.draft, finished)
    if (change === undefined) {
      operation.release()
      this.calls.forget(finished)
    } else if (await operation.commit(change)) this.calls.forget(finished)
  }
}
