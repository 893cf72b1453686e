import type { NodeAnswer, NodeRequest, StreamPath } from "../../../spec/sessions/messages.ts"
import type { NodeId } from "../../../spec/sessions/metadata.ts"
import type { Clock } from "../../runtime/clock.ts"
import type { ControlAnswer, NodeCommand } from "../control.ts"
import { Coordination } from "../coordinator/coordination.ts"
import type { Entry } from "../group0/group0.ts"
import { ConnectionBroken } from "../network/network.ts"
import { ClientRequests } from "../requests/client-requests.ts"
import { Replicas } from "../requests/replica.ts"
import { cleanupPlan } from "./cleanup-operation.ts"
import { CommandHandler } from "./command-handler.ts"
import { FileFetches } from "./file-fetches.ts"
import type { NodeContext } from "./node-context.ts"
import { NodeControl } from "./node-control.ts"
import type { RunningNode } from "./parts.ts"
import { answerOf } from "./refused.ts"
import { RepairFollowers } from "./repair-followers.ts"
import { repairPlan } from "./repair-operation.ts"
import { restorePlan } from "./restore-operation.ts"
import { RingCleanup } from "./ring-cleanup.ts"
import { RingStreams } from "./ring-streams.ts"
import { streamPlan } from "./stream-operation.ts"
import { StreamReceiver } from "./stream-receiver.ts"
import { StreamSource } from "./stream-source.ts"
import { TabletOperations } from "./tablet-operations.ts"
import { truncateOrKeep } from "./truncation.ts"

export interface ClusterNodeOptions {
  readonly clock: Clock
  readonly streamPath: StreamPath
  readonly failed: (defect: unknown) => void
  readonly stopped: () => void
}

/**
 * A node of the cluster: hands what group 0 commits to its shards, and what it is asked to whoever does it.
 *
 * Source: service/storage_service.cc topology_state_load, handle_raft_rpc.
 */
export class ClusterNode implements RunningNode {
  readonly #context: NodeContext
  readonly #options: ClusterNodeOptions
  readonly #cleanup: RingCleanup
  readonly #commands: CommandHandler
  readonly #operations: TabletOperations
  readonly #receiver: StreamReceiver
  readonly #source: StreamSource
  readonly #followers: RepairFollowers
  readonly #replicas: Replicas
  readonly #requests: ClientRequests
  readonly #control: NodeControl
  #coordination: Coordination | undefined
  #isStopped = false

  constructor(context: NodeContext, options: ClusterNodeOptions) {
    this.#context = context
    this.#options = options
    const { parts, shards, self } = context
    const { group0, injections, journal } = parts
    const fetches = new FileFetches()
    this.#cleanup = new RingCleanup(context, options.clock, options.failed)
    const streams = new RingStreams(context, () => this.#cleanup.done())
    const stream = () => streams.stream()
    this.#commands = new CommandHandler({ self, group0, shards, injections, tell: journal, stream })
    this.#operations = new TabletOperations(context, {
      stream: streamPlan(context, fetches, options.streamPath),
      cleanup: cleanupPlan(context),
      repair: repairPlan(context),
      restore: restorePlan(context)
    })
    this.#receiver = new StreamReceiver(context, fetches)
    this.#source = new StreamSource(context)
    this.#followers = new RepairFollowers(context)
    this.#replicas = new Replicas(context)
    this.#requests = new ClientRequests(context)
    this.#control = new NodeControl(context, this.#requests, () => this.#coordination?.coordinator)
  }

  start(): void {
    const { group0, network, journal, injections } = this.#context.parts
    network.serve((from, request) => this.#serve(from, request))
    group0.follow((entry) => this.#apply(entry))
    const { clock, failed } = this.#options
    const mayBalance = (): boolean => this.#control.mayBalance
    const parts = { group0, network, journal, injections, clock, mayBalance }
    this.#coordination = new Coordination(this.#context.self, parts, failed)
  }

  control(command: NodeCommand): Promise<ControlAnswer> {
    return this.#control.obey(command)
  }

  /** What waits for others is left behind: it finds the node's parts closed, and has no effects any more. */
  async stop(): Promise<void> {
    this.#isStopped = true
    this.#coordination?.stop()
    this.#requests.giveUp()
    this.#control.giveUp()
    this.#cleanup.stop()
    this.#options.stopped()
  }

  /** Shards go over one by one, so for a moment some are ahead of others. Source: replicate_to_all_cores. */
  async #apply(entry: Entry): Promise<void> {
    if (this.#isStopped) return
    const { shards, self, parts } = this.#context
    try {
      await Promise.all(shards.map((shard) => shard.run(() => shard.commit(entry))))
    } catch (error) {
      // A node that cannot go over to what group 0 says must not serve by something else.
      this.#options.failed(error)
      throw error
    }
    parts.network.ban(entry.metadata.ignored.filter((node) => node !== self))
    this.#coordination?.coordinator?.wake()
  }

  async #serve(from: NodeId, request: NodeRequest): Promise<NodeAnswer> {
    if (this.#isStopped) throw new ConnectionBroken(`${this.#context.self} has stopped`)
    return answerOf(this.#dispatch(from, request))
  }

  #dispatch(from: NodeId, request: NodeRequest): Promise<NodeAnswer> {
    switch (request._tag) {
      case "TopologyCommand":
        return this.#commands.handle(request)
      case "Trigger":
        return this.#operations.trigger(request)
      case "Fetch":
        return this.#source.send(from, request)
      case "StreamRows":
        return this.#receiver.receive(request)
      case "RepairRows":
        return this.#followers.round(request)
      case "Truncate":
      case "Snapshot":
        return truncateOrKeep(this.#context, request)
      case "Write":
        return this.#replicas.write(request)
      case "Read":
        return this.#replicas.read(request)
    }
  }
}
