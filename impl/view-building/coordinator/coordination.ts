import { sleep } from "../../runtime/waits.ts"
import type { Leadership } from "../group0/group0.ts"
import { TabletMover } from "./tablet-mover.ts"
import { Office, type OfficeParts, TermOver } from "./term.ts"
import type { News, ViewBuildingCoordinator } from "./view-building-coordinator.ts"

const pauseMs = 1_000

/** The coordinators of one term on one node. */
class Incumbent {
  readonly #office: Office
  readonly #views: ViewBuildingCoordinator
  readonly #tablets: TabletMover
  readonly #stop = new AbortController()

  constructor(office: Office, views: ViewBuildingCoordinator) {
    this.#office = office
    this.#views = views
    this.#tablets = new TabletMover(office)
  }

  notice(news: News): void {
    this.#views.notice(news)
    this.#tablets.notice()
  }

  stop(): void {
    const { term, parts } = this.#office
    this.#office.end()
    this.#stop.abort()
    this.#views.stop()
    this.#tablets.stop()
    parts.tell({ _tag: "CoordinatorStopped", term })
  }

  /** Nothing is done before the fence: from then on no command of a coordinator before this one has effect (S3). */
  async run(): Promise<void> {
    await this.#fence()
    await Promise.all([this.#views.run(), this.#tablets.run()])
  }

  async #fence(): Promise<void> {
    for (;;) {
      try {
        const operation = await this.#office.begin({ _tag: "Coordinator", term: this.#office.term })
        if (await operation.commit({ _tag: "Fence" })) return
      } catch (error) {
        if (!this.#office.isExpected(error)) throw error
        await sleep(this.#office.parts.clock, pauseMs, this.#stop.signal)
      }
    }
  }
}

/**
 * Sees to it that a node coordinates while it leads group 0, with new coordinators for each term.
 *
 * Source: service/storage_service.cc raft_state_monitor_fiber; service/topology_coordinator.cc run_view_building_coordinator.
 */
export class Coordination {
  readonly #parts: OfficeParts
  readonly #views: (office: Office) => ViewBuildingCoordinator
  readonly #unlisten: ReadonlyArray<() => void>
  #incumbent: Incumbent | undefined

  constructor(parts: OfficeParts, views: (office: Office) => ViewBuildingCoordinator) {
    this.#parts = parts
    this.#views = views
    this.#unlisten = [
      parts.group0.onLeadership((now) => this.#lead(now)),
      parts.hosts.listen(() => this.notice("host"))
    ]
    this.#lead(parts.group0.leadership)
  }

  notice(news: News): void {
    this.#incumbent?.notice(news)
  }

  stop(): void {
    for (const unlisten of this.#unlisten) unlisten()
    this.#incumbent?.stop()
    this.#incumbent = undefined
  }

  #lead({ term, leader }: Leadership): void {
    this.#incumbent?.stop()
    this.#incumbent = undefined
    if (leader !== this.#parts.self) return
    const office = new Office(term, this.#parts)
    const incumbent = new Incumbent(office, this.#views(office))
    this.#incumbent = incumbent
    incumbent.run().catch((error) => {
      if (!(error instanceof TermOver) && this.#incumbent === incumbent) this.#parts.failed(error)
    })
  }
}
