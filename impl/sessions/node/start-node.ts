/** Puts a node together. */
import { randomUUID } from "node:crypto"
import type { StreamPath } from "../../../spec/sessions/messages.ts"
import { ShardId } from "../../../spec/sessions/metadata.ts"
import { type Clock, systemClock } from "../../runtime/clock.ts"
import type { Journal } from "../journal.ts"
import { ClusterNode } from "./cluster-node.ts"
import { type Backup, NodeContext } from "./node-context.ts"
import type { NodeParts, RunningNode } from "./parts.ts"
import { Shard } from "./shard.ts"

/** What a node can do without being told. */
export interface NodeOptions {
  readonly clock?: Clock
  /** Tells this start of the node from those before it. */
  readonly incarnation?: string
  /** How this node fetches tablets. */
  readonly streamPath?: StreamPath
  /** What tablets are restored from. */
  readonly backup?: Backup
  /** Hears of what must not happen: the node should be ended. */
  readonly failed?: (defect: unknown) => void
}

const nothing: Backup = () => []

const thrown = (defect: unknown): void => {
  queueMicrotask(() => {
    throw defect
  })
}

/** Starts a node, which follows group 0, answers other nodes, and coordinates the topology while it leads. */
export const startNode = async (parts: NodeParts, options: NodeOptions = {}): Promise<RunningNode> => {
  let isStopped = false
  // What still runs of a node that was stopped is no part of the cluster any more.
  const journal: Journal = (label) => {
    if (!isStopped) parts.journal(label)
  }
  const shard = (id: number): Shard => new Shard(parts.self, ShardId.make(id), journal)
  const others = Array.from({ length: Math.max(0, parts.shards - 1) }, (_, id) => shard(id + 1))
  const { incarnation = randomUUID().slice(0, 8), backup = nothing } = options
  const context = new NodeContext({ ...parts, journal }, [shard(0), ...others], incarnation, backup)
  const node = new ClusterNode(context, {
    clock: options.clock ?? systemClock,
    streamPath: options.streamPath ?? "mutations",
    failed: options.failed ?? thrown,
    stopped: () => {
      isStopped = true
    }
  })
  node.start()
  return node
}
