/** Nodes whose registries of sessions are not ours, or not quite: everything else of them is. */
import { randomUUID } from "node:crypto"
import { systemClock } from "../../../impl/runtime/clock.ts"
import type { Journal } from "../../../impl/sessions/journal.ts"
import { ClusterNode } from "../../../impl/sessions/node/cluster-node.ts"
import { NodeContext } from "../../../impl/sessions/node/node-context.ts"
import type { NodeParts, RunningNode } from "../../../impl/sessions/node/parts.ts"
import { Shard } from "../../../impl/sessions/node/shard.ts"
import type { NodeOptions } from "../../../impl/sessions/node/start-node.ts"
import type { ToldRegistry } from "../../../impl/sessions/node/told-registry.ts"
import type { SessionId } from "../../../spec/sessions/ids.ts"
import { ShardId } from "../../../spec/sessions/metadata.ts"

/** How a node is put together. */
export type Start = (parts: NodeParts, options?: NodeOptions) => Promise<RunningNode>

/** Registries of one kind, each of which tells what it forgets. */
type MakeRegistry = new (forgotten: (session: SessionId) => void) => ToldRegistry

/** Starts nodes whose shards have registries of this kind. */
export const startWithRegistries = (Registry: MakeRegistry): Start => {
  class OtherShard extends Shard {
    override readonly sessions = new Registry((session) => this.tell({ _tag: "Forgotten", ...this.place, session }))
  }
  return async (parts, options = {}) => {
    let isStopped = false
    // What still runs of a node that was stopped is no part of the cluster any more.
    const journal: Journal = (label) => {
      if (!isStopped) parts.journal(label)
    }
    const shard = (id: number): Shard => new OtherShard(parts.self, ShardId.make(id), journal)
    const others = Array.from({ length: Math.max(0, parts.shards - 1) }, (_, id) => shard(id + 1))
    const { incarnation = randomUUID().slice(0, 8), backup = () => [], clock = systemClock } = options
    const context = new NodeContext({ ...parts, journal }, [shard(0), ...others], incarnation, backup)
    const node = new ClusterNode(context, {
      clock,
      streamPath: options.streamPath ?? "mutations",
      failed: options.failed ?? (() => {}),
      stopped: () => {
        isStopped = true
      }
    })
    node.start()
    return node
  }
}
