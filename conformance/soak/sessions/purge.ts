/** Forgetting deletions for good, by the rule that makes it safe: every replica has them. */
import type { Row } from "../../../spec/sessions/messages.ts"
import type { TabletId } from "../../../spec/sessions/metadata.ts"
import type { Attempt } from "./clients.ts"
import type { Dumped, Ground } from "./ground.ts"

/** What a node has of a tablet on one of its shards. */
export const rowsOn = (dumped: Dumped | undefined, shard: number, tablet: TabletId): ReadonlyArray<Row> =>
  dumped?.shards[shard]?.tablets.find((known) => known.tablet === tablet)?.rows ?? []

/**
 * Purges tombstones with a timestamp below `before` on all replicas, behind a repair, if that has brought them everywhere. Whatever
 * was asked for before the repair is on disk or fenced by now, for its last barrier has waited for it.
 *
 * A purge tells one timestamp for the whole tablet, below which nothing is left; so it stops at the oldest row that is alive. It
 * stops as well at the oldest deletion that was not acknowledged, for of what that covers a client may have been told otherwise.
 */
export const forget = async (
  ground: Ground,
  tablet: TabletId,
  before: number,
  attempts: ReadonlyArray<Attempt>
): Promise<void> => {
  const dumps = await ground.dumps()
  const { replicas } = await ground.tablet(tablet)
  const copies = replicas.map(({ node, shard }) => rowsOn(dumps.get(node), shard, tablet))
  const alive = copies.flat().filter(({ value }) => value !== null)
  const doubtful = attempts.filter(({ row, acknowledged }) => row.value === null && !acknowledged).map(({ row }) => row)
  const limit = Math.min(before, ...[...alive, ...doubtful].map(({ timestamp }) => timestamp))
  const tombstones = copies.flat().filter(({ value, timestamp }) => value === null && timestamp < limit)
  const isEverywhere = tombstones.every(({ key, timestamp }) =>
    copies.every((rows) => rows.some((row) => row.key === key && row.timestamp >= timestamp))
  )
  if (tombstones.length === 0 || !isEverywhere) return
  for (const node of ground.nodes) await ground.insist(node, { _tag: "Purge", tablet, before: limit })
}
