import type { NodeId } from "../../../spec/sessions/metadata.ts"
import type { Leadership } from "../group0/group0.ts"
import { type CoordinatorParts, TopologyCoordinator } from "./topology-coordinator.ts"

/**
 * Sees to it that a node coordinates the topology while it leads group 0, with a new coordinator for each term.
 *
 * Source: service/storage_service.cc raft_state_monitor_fiber.
 */
export class Coordination {
  readonly #self: NodeId
  readonly #parts: CoordinatorParts
  readonly #failed: (error: unknown) => void
  readonly #unlisten: () => void
  #coordinator: TopologyCoordinator | undefined

  constructor(self: NodeId, parts: CoordinatorParts, failed: (error: unknown) => void) {
    this.#self = self
    this.#parts = parts
    this.#failed = failed
    this.#unlisten = parts.group0.onLeadership((now) => this.#lead(now))
    this.#lead(parts.group0.leadership)
  }

  /** The coordinator of this term, if it runs here. */
  get coordinator(): TopologyCoordinator | undefined {
    return this.#coordinator
  }

  /** Stops coordinating. A coordinator that waits for a node does not keep this waiting: what comes then, it does not act upon. */
  stop(): void {
    this.#unlisten()
    this.#coordinator?.stop()
    this.#coordinator = undefined
  }

  #lead({ term, leader }: Leadership): void {
    this.#coordinator?.stop()
    this.#coordinator = undefined
    if (leader !== this.#self) return
    const coordinator = new TopologyCoordinator(term, this.#parts)
    this.#coordinator = coordinator
    coordinator.run().catch(this.#failed)
  }
}
