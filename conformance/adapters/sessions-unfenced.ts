/**
 * The process of a node whose fence is switched off: `sessions-unfenced.ts CONFIGURATION`.
 *
 * Everything else is the reference's own. It shows that the laws which a soak judges by can fail in just the way they are there
 * for: work of a session that is over is admitted, and no barrier waits for it.
 */
import { randomUUID } from "node:crypto"
import { systemClock } from "../../impl/runtime/clock.ts"
import { ClusterNode } from "../../impl/sessions/node/cluster-node.ts"
import { NodeContext } from "../../impl/sessions/node/node-context.ts"
import type { StartNode } from "../../impl/sessions/node/parts.ts"
import { Shard } from "../../impl/sessions/node/shard.ts"
import { ToldRegistry } from "../../impl/sessions/node/told-registry.ts"
import { NodeConfiguration, readConfiguration } from "../../impl/sessions/process/configuration.ts"
import { runNode } from "../../impl/sessions/process/node-process.ts"
import { die } from "../../impl/sessions/process/stderr-log.ts"
import type { Guard } from "../../impl/sessions/registry/guard.ts"
import { Session } from "../../impl/sessions/registry/session.ts"
import type { SessionId } from "../../spec/sessions/ids.ts"
import { ShardId } from "../../spec/sessions/metadata.ts"

/** Lets everybody in, whatever the id: into a session of its own, which nothing ever closes and no drain knows of. */
class OpenRegistry extends ToldRegistry {
  override enter(id: SessionId): Guard {
    return new Session(id).enter()
  }
}

class OpenShard extends Shard {
  override readonly sessions = new OpenRegistry((session) => this.tell({ _tag: "Forgotten", ...this.place, session }))
}

const startUnfenced: StartNode = async (parts) => {
  const [first, ...others] = Array.from(
    { length: Math.max(1, parts.shards) },
    (_, id) => new OpenShard(parts.self, ShardId.make(id), parts.journal)
  )
  const context = new NodeContext(parts, [first!, ...others], randomUUID().slice(0, 8), () => [])
  const failed = (defect: unknown): void => die(parts.self, defect)
  const node = new ClusterNode(context, { clock: systemClock, streamPath: "mutations", failed, stopped: () => {} })
  node.start()
  return node
}

try {
  await runNode(startUnfenced, readConfiguration(NodeConfiguration, process.argv[2]))
} catch (error) {
  die("node", error)
}
