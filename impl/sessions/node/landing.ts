import type { Row } from "../../../spec/sessions/messages.ts"
import type { TabletId } from "../../../spec/sessions/metadata.ts"
import type { Admission } from "./admission.ts"
import type { NodeParts } from "./parts.ts"
import { failPoint } from "./refused.ts"
import type { Shard } from "./shard.ts"

/** Where a test may have a node's disk be full. */
export const fullDisk = "critical_disk_utilization"

/**
 * Writes rows of a tablet beside its data, one by one, and makes all of them part of it in the end.
 *
 * Enabled when: the shard keeps data of the tablet, and `admission` is inside. Effect: the rows are durable and told. Whatever
 * goes wrong on the way, nothing of the rows stays. Refused with: DiskFull, NoSuchTablet, and whatever `rows` throws.
 *
 * Source: streaming/consumer.cc make_streaming_consumer; replica/table.cc add_sstable_and_update_cache.
 */
export const land = async (
  { store, injections }: Pick<NodeParts, "store" | "injections">,
  shard: Shard,
  tablet: TabletId,
  admission: Admission,
  rows: AsyncIterable<Row>
): Promise<void> => {
  failPoint(injections, fullDisk, "DiskFull")
  const leaveGroup = shard.groups.enter(tablet)
  const unsealed = store.begin(shard.id, tablet)
  const landed: Row[] = []
  try {
    for await (const row of rows) {
      unsealed.add([row])
      landed.push(row)
    }
    await injections.wait("stream_consumer_wait")
    await unsealed.seal()
    const { session, work } = admission
    shard.tell({ _tag: "Landed", ...shard.place, tablet, session, work, rows: landed })
  } finally {
    // After a seal there is nothing left to discard.
    unsealed.discard()
    leaveGroup()
  }
}
