/** Forgetting deletions for good, by the rule that makes it safe: every replica has them. */
import type { Row } from "../../../spec/sessions/messages.ts"
import type { TabletId } from "../../../spec/sessions/metadata.ts"
import type { Dumped, Ground } from "./ground.ts"

/** What a node has of a tablet on one of its shards. */
export const rowsOn = (dumped: Dumped | undefined, shard: number, tablet: TabletId): ReadonlyArray<Row> =>
  dumped?.shards[shard]?.tablets.find((known) => known.tablet === tablet)?.rows ?? []

/**
 * Purges tombstones with a timestamp below `before` on all replicas, behind a repair. Whatever was asked for before the repair is on
 * disk or fenced by now, for its last barrier has waited for it; how many of them the repair has brought everywhere, nodes know.
 */
export const forget = async (ground: Ground, tablet: TabletId, before: number): Promise<void> => {
  for (const node of ground.nodes) await ground.insist(node, { _tag: "Purge", tablet, before })
}
