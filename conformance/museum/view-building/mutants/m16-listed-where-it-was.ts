import { Arrivals } from "../../../../impl/view-building/node/arrivals.ts"
import type { ShardStore } from "../../../../impl/view-building/storage/shard-store.ts"
import { leavingReplica, pendingReplica, type ShardId } from "../../../../spec/metadata.ts"
import type { SstableId, TableId } from "../../../../spec/view-building/ids.ts"
import { tableOf, tabletHolding } from "../../../../spec/view-building/metadata.ts"
import { mutant } from "../mutant.ts"

/** What comes to another shard of its node stays with the shard that it comes from, as far as lists are concerned. */
class ListsWhereItWas extends Arrivals {
  override queue(shard: ShardId, base: TableId, sstable: SstableId, store: ShardStore): void {
    const token = store.data(base).staging.find((one) => one.sstable === sstable)?.token
    const table = tableOf(this.applied.state, base)
    const tablet = table === undefined || token === undefined ? undefined : tabletHolding(table, token)
    const leaving = tablet === undefined ? undefined : leavingReplica(tablet)
    const isWithinNode = tablet?.transition?.kind === "intranode_migration" && pendingReplica(tablet)?.shard === shard
    super.queue(isWithinNode ? (leaving?.shard ?? shard) : shard, base, sstable, store)
  }
}

export const M16 = mutant(
  "M16",
  {
    sentence:
      "A tablet that moves within its node takes its tasks to the other shard, and leaves its staging sstables on the list of the first.",
    origin: "scylladb commits 4bc6361766 and 9345c33d27, issue 26244",
    breaks: ["S14", "L4"],
    seenIn: "a tablet moves within its node with a staging sstable"
  },
  { machinery: { Arrivals: ListsWhereItWas } }
)
