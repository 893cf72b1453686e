import type { TabletId } from "../../../spec/sessions/metadata.ts"
import type { ControlAnswer, NodeCommand } from "../control.ts"
import { abortion, exclusion, maintenance, migration, rebuild } from "../coordinator/changes.ts"
import { failed, ordered } from "../coordinator/operator.ts"
import { rebuildRequest, ringRequest, tableRequest } from "../coordinator/ring-orders.ts"
import type { TopologyCoordinator } from "../coordinator/topology-coordinator.ts"
import { Unavailable } from "../group0/group0.ts"
import type { ClientRequests } from "../requests/client-requests.ts"
import type { NodeContext } from "./node-context.ts"
import { purge } from "./purge.ts"
import { Refused } from "./refused.ts"
import { TopologyOutcomes } from "./topology-outcomes.ts"

/** What operators, clients and tests ask of a node. */
export class NodeControl {
  readonly #node: NodeContext
  readonly #requests: ClientRequests
  readonly #coordinator: () => TopologyCoordinator | undefined
  readonly #outcomes: TopologyOutcomes
  #mayBalance = false

  constructor(node: NodeContext, requests: ClientRequests, coordinator: () => TopologyCoordinator | undefined) {
    this.#node = node
    this.#requests = requests
    this.#coordinator = coordinator
    this.#outcomes = new TopologyOutcomes(node.parts.group0, node.shards[0])
  }

  /** Whoever waits for the end of a topology request waits no more. */
  giveUp(): void {
    this.#outcomes.giveUp()
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
        return this.#outcomes.ask(tableRequest("truncate", command.tablet))
      case "Snapshot":
        return this.#outcomes.ask(tableRequest("snapshot", command.tablet))
      case "Join":
        return this.#outcomes.ask(ringRequest({ ...command, kind: "join" }))
      case "Leave":
        return this.#outcomes.ask(ringRequest({ ...command, kind: "leave" }))
      case "Remove":
        return this.#outcomes.ask(ringRequest({ ...command, kind: "remove" }))
      case "RebuildNode":
        return this.#outcomes.ask(rebuildRequest(command.node, command.byRepair))
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

  async #setBalancing(enabled: boolean): Promise<ControlAnswer> {
    this.#mayBalance = enabled
    this.#coordinator()?.wake()
    return { _tag: "Done" }
  }

  async #purge(tablet: TabletId, before: number): Promise<ControlAnswer> {
    await purge(this.#node, this.#node.tablet(tablet), before)
    return { _tag: "Done" }
  }

  async #dump(): Promise<ControlAnswer> {
    const { shards, parts } = this.#node
    const { at, metadata } = shards[0]
    if (at === undefined || metadata === undefined) return failed("nothing was applied yet")
    const dumped = shards.map(({ id }) => ({
      shard: id,
      tablets: parts.store.tablets(id).map((tablet) => ({ tablet, rows: parts.store.rows(id, tablet) })),
      snapshots: parts.store.snapshots(id)
    }))
    return { _tag: "Dumped", at, metadata, shards: dumped }
  }
}
