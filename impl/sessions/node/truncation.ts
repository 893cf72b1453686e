import type { NodeAnswer, NodeRequest } from "../../../spec/sessions/messages.ts"
import type { NodeContext } from "./node-context.ts"
import { ok, Refused } from "./refused.ts"
import type { Shard } from "./shard.ts"

type TableRequest = Extract<NodeRequest, { readonly _tag: "Truncate" | "Snapshot" }>

/**
 * Drops what this node has of a tablet or of the ring's range, or keeps a snapshot of it, under the session of the topology.
 *
 * Enabled when: a read barrier was passed, and the session is open on every shard that keeps data of it. Effect: the rows are gone,
 * and the tablet itself stays; or they are kept apart as they are. Refused with: ReadBarrierFailed, NoSuchTablet, NotThisReplica,
 * SessionNotFound, GateClosed, AbortRequested.
 *
 * Source: service/storage_proxy.cc truncate_with_tablets and snapshot_with_tablets handlers.
 */
export const truncateOrKeep = async (node: NodeContext, request: TableRequest): Promise<NodeAnswer> => {
  await node.parts.group0.readBarrier()
  const { replicas, transition } = node.tablet(request.tablet)
  const own = node.own([...new Set([...replicas, ...(transition?.next ?? [])])])
  const shards = own.map(({ shard }) => node.shard(shard)).filter((shard) => shard.groups.has(request.tablet))
  if (shards.length === 0) throw new Refused("NotThisReplica")
  await Promise.all([...new Set(shards)].map((shard) => shard.run(() => onShard(node, shard, request))))
  return ok
}

const onShard = async ({ parts }: NodeContext, shard: Shard, request: TableRequest): Promise<void> => {
  const { tablet, session, work } = request
  const about = { ...shard.place, tablet, session, work }
  const admission = shard.admit(session, work)
  try {
    await parts.injections.wait("truncate_table_wait")
    admission.check()
    if (request._tag === "Snapshot") {
      await parts.store.snapshot(shard.id, tablet, session)
      shard.tell({ _tag: "Snapshotted", ...about })
    } else {
      await parts.store.drop(shard.id, tablet)
      shard.tell({ _tag: "Truncated", ...about })
    }
  } finally {
    admission.leave()
  }
}
