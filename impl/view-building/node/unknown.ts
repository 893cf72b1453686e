import type { ShardId } from "../../../spec/metadata.ts"
import { type BuildingState, tableOf } from "../../../spec/view-building/metadata.ts"
import type { NodeRequest } from "../network/network.ts"

/** Why a request cannot be for this node: it names a shard that the node has not, or a table that it does not know. */
export const unknownIn = (
  request: NodeRequest,
  shards: ReadonlyArray<ShardId>,
  state: BuildingState
): string | undefined => {
  const shard = request._tag === "StreamTablet" ? request.to.shard : "shard" in request ? request.shard : undefined
  if (shard !== undefined && !shards.includes(shard)) return `there is no shard ${shard}`
  if ("base" in request && tableOf(state, request.base) === undefined) return `there is no table ${request.base}`
  return undefined
}
