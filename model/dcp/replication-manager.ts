/**
 * The replication manager: keeps the replicators of one producer node, and asks each for its share of the desired map.
 *
 * Source: ns_server dcp_replication_manager.erl manage_replicators, get_connection_for_partition;
 * replication_manager.erl; dossier 2.7 and 2.10.
 */
import type { ManagerInput, ManagerOutput } from "../../spec/dcp/supervision.ts"
import type { CallId, VBucket } from "../../spec/ids.ts"
import { become, type Role, type Step } from "../kernel/role.ts"
import type { Variant } from "./variants.ts"

export interface ReplicationManager {
  /** Connections whose replicator lives, ascending. */
  readonly running: ReadonlyArray<number>
  /** The call that is being carried out, the connections that have not answered it, and whether one failed. */
  readonly busy: { readonly call: CallId; readonly awaited: ReadonlyArray<number>; readonly failed: boolean } | null
}

type ManagerStep = Step<ReplicationManager, ManagerOutput, never>

/** The manager of `connections` replicators. */
export const replicationManager = (
  variant: Variant,
  connections: number
): Role<ReplicationManager, ManagerInput, ManagerOutput, never> => ({
  name: "replication manager",
  initial: { running: [], busy: null },
  step: (manager, input) => {
    switch (input._tag) {
      case "SetDesired":
        return setDesired(manager, input.call, input.vbuckets, variant, connections)
      case "ReplicatorAnswered": {
        const ok = input.outcome._tag === "Answered" && input.outcome.value._tag === "Ok"
        return answered(manager, input.connection, ok)
      }
      case "ReplicatorDied":
        return answered(
          { ...manager, running: manager.running.filter((connection) => connection !== input.connection) },
          input.connection,
          false
        )
    }
  }
})

/** Start what is missing, then give each connection its complete list, also an empty one. */
const setDesired = (
  manager: ReplicationManager,
  call: CallId,
  vbuckets: ReadonlyArray<VBucket>,
  variant: Variant,
  connections: number
): ManagerStep => {
  const all = Array.from({ length: connections }, (_, connection) => connection)
  const missing = all.filter((connection) => !manager.running.includes(connection))
  // Shipped, replicators are told apart by node and features only: while a sibling lives, a dead one is not missed (M38).
  const blind = variant.replicatorsBy === "features" && manager.running.length > 0
  const started = blind ? [] : missing
  const running = [...manager.running, ...started].sort((a, b) => a - b)
  const shares = all.map((connection) => vbuckets.filter((vbucket) => vbucket % connections === connection))
  const lost = all.some((connection) => !running.includes(connection) && (shares[connection]?.length ?? 0) > 0)
  if (lost)
    return become<ReplicationManager, ManagerOutput>(manager, { _tag: "Answer", call, result: "rebalanceFails" })
  return become<ReplicationManager, ManagerOutput>(
    { running, busy: { call, awaited: running, failed: false } },
    ...started.map((connection) => ({ _tag: "StartReplicator" as const, connection })),
    ...running.map((connection) => ({
      _tag: "SetupReplication" as const,
      connection,
      vbuckets: shares[connection] ?? []
    }))
  )
}

/** One connection has answered or died. The caller hears when the last one has. */
const answered = (manager: ReplicationManager, connection: number, ok: boolean): ManagerStep => {
  const busy = manager.busy
  if (busy === null || !busy.awaited.includes(connection)) return become(manager)
  const awaited = busy.awaited.filter((other) => other !== connection)
  const failed = busy.failed || !ok
  if (awaited.length > 0) return become({ ...manager, busy: { ...busy, awaited, failed } })
  return become<ReplicationManager, ManagerOutput>(
    { ...manager, busy: null },
    { _tag: "Answer", call: busy.call, result: failed ? "rebalanceFails" : "ok" }
  )
}
