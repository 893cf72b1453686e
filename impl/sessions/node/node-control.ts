import type { TabletId } from "../../../spec/sessions/metadata.ts"
import type { ControlAnswer, NodeCommand } from "../control.ts"
import { abortion, exclusion, maintenance, migration, rebuild } from "../coordinator/changes.ts"
import { failed, ordered } from "../coordinator/operator.ts"
import type { TopologyCoordinator } from "../coordinator/topology-coordinator.ts"
import { Unavailable } from "../group0/group0.ts"
import type { ClientRequests } from "../requests/client-requests.ts"
import type { NodeContext } from "./node-context.ts"
import { Refused } from "./refused.ts"

/** What operators, clients and tests ask of a node. */
export class NodeControl {
  readonly #node: NodeContext
  readonly #requests: ClientRequests
  readonly #coordinator: () => TopologyCoordinator | undefined
  #mayBalance = false

  constructor(node: NodeContext, requests: ClientRequests, coordinator: () => TopologyCoordinator | undefined) {
    this.#node = node
    this.#requests = requests
    this.#coordinator = coordinator
  }

  get mayBalance(): boolean {
    return this.#mayBalance
  }

  /** Does a command. What cannot be done is an answer, not a rejection. */
  async obey(command: NodeCommand): Promise<ControlAnswer> {
    try {
      return await this.#obey(command)
    } catch (error) {
      if (error instanceof Refused || error instanceof Unavailable) return failed(error.message)
      throw error
    }
  }

  #obey(command: NodeCommand): Promise<ControlAnswer> {
    const { group0 } = this.#node.parts
    switch (command._tag) {
      case "MigrateTablet":
        return ordered(group0, migration(command.tablet, command.from, command.to))
      case "Rebuild":
        return ordered(group0, rebuild(command.tablet, command.lost, command.to, command.kind))
      case "Repair":
        return ordered(group0, maintenance(command.tablet, "repair"))
      case "Restore":
        return ordered(group0, maintenance(command.tablet, "restore"))
      case "Abort":
        return ordered(group0, abortion(command.tablet))
      case "Exclude":
        return ordered(group0, exclusion(command.node))
      case "Truncate":
        return this.#truncate(command.tablet)
      case "SetBalancing":
        return this.#setBalancing(command.enabled)
      case "Purge":
        return this.#purge(command.tablet, command.before)
      case "Write":
        return this.#ended(this.#requests.write(command.request, command.tablet, command.row, command.consistency))
      case "Read":
        return this.#ended(this.#requests.read(command.request, command.tablet, command.key, command.consistency))
      case "Dump":
        return this.#dump()
    }
  }

  async #ended(outcome: ReturnType<ClientRequests["read"]>): Promise<ControlAnswer> {
    return { _tag: "RequestEnded", ...(await outcome) }
  }

  async #truncate(tablet: TabletId): Promise<ControlAnswer> {
    const coordinator = this.#coordinator()
    if (coordinator === undefined) return failed(`${this.#node.self} does not lead group 0`)
    const ok = await coordinator.session.truncate(tablet)
    return ok ? { _tag: "Done" } : failed("some replicas may not have truncated the tablet")
  }

  async #setBalancing(enabled: boolean): Promise<ControlAnswer> {
    this.#mayBalance = enabled
    this.#coordinator()?.wake()
    return { _tag: "Done" }
  }

  /** A pending replica is none of the tablet's yet and keeps its tombstones: what they cover may still be streamed to it (M76). */
  async #purge(tablet: TabletId, before: number): Promise<ControlAnswer> {
    const known = this.#node.tablet(tablet)
    const { store } = this.#node.parts
    for (const replica of this.#node.own(known.replicas)) {
      const shard = this.#node.shard(replica.shard)
      await shard.run(async () => {
        // A cleanup waits for whoever purges, as for all who write; where it came first nothing is left to be purged.
        const leaveGroup = shard.groups.isOpen(tablet) ? shard.groups.enter(tablet) : undefined
        if (leaveGroup === undefined) return
        try {
          await store.purge(shard.id, tablet, before)
          shard.tell({ _tag: "Purged", ...shard.place, tablet, before })
        } finally {
          leaveGroup()
        }
      })
    }
    return { _tag: "Done" }
  }

  async #dump(): Promise<ControlAnswer> {
    const { shards, parts } = this.#node
    const { at, metadata } = shards[0]
    if (at === undefined || metadata === undefined) return failed("nothing was applied yet")
    const dumped = shards.map(({ id }) => ({
      shard: id,
      tablets: parts.store.tablets(id).map((tablet) => ({ tablet, rows: parts.store.rows(id, tablet) }))
    }))
    return { _tag: "Dumped", at, metadata, shards: dumped }
  }
}
