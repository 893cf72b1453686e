import type { NodeAnswer, NodeRequest } from "../../../spec/sessions/messages.ts"
import type { NodeContext } from "./node-context.ts"
import { ok, Refused } from "./refused.ts"
import type { Shard } from "./shard.ts"

type Truncate = Extract<NodeRequest, { readonly _tag: "Truncate" }>

/**
 * Drops what this node has of a tablet, under the session of the topology.
 *
 * Enabled when: a read barrier was passed, and the session is open on every shard that keeps data of the tablet. Effect: the rows
 * are gone; the tablet itself stays. Refused with: ReadBarrierFailed, NotThisReplica, SessionNotFound, GateClosed,
 * AbortRequested.
 *
 * Source: service/storage_proxy.cc truncate_with_tablets handler.
 */
export const truncate = async (node: NodeContext, request: Truncate): Promise<NodeAnswer> => {
  await node.parts.group0.readBarrier()
  const { replicas, transition } = node.tablet(request.tablet)
  const own = node.own([...new Set([...replicas, ...(transition?.next ?? [])])])
  const shards = own.map(({ shard }) => node.shard(shard)).filter((shard) => shard.groups.has(request.tablet))
  if (shards.length === 0) throw new Refused("NotThisReplica")
  await Promise.all([...new Set(shards)].map((shard) => shard.run(() => truncateShard(node, shard, request))))
  return ok
}

const truncateShard = async (node: NodeContext, shard: Shard, { tablet, session, work }: Truncate): Promise<void> => {
  const admission = shard.admit(session, work)
  try {
    await node.parts.injections.wait("truncate_table_wait")
    admission.check()
    await node.parts.store.drop(shard.id, tablet)
    shard.tell({ _tag: "Truncated", ...shard.place, tablet, session, work })
  } finally {
    admission.leave()
  }
}
