import { Arrivals } from "../../../../impl/view-building/node/arrivals.ts"
import type { ShardId } from "../../../../spec/metadata.ts"
import type { TableId } from "../../../../spec/view-building/ids.ts"
import type { BaseRow } from "../../../../spec/view-building/messages.ts"
import { mutant } from "../mutant.ts"

class TakesStagingForNormal extends Arrivals {
  override stage(shard: ShardId, base: TableId, rows: ReadonlyArray<BaseRow>): Promise<void> {
    return this.stream(shard, base, rows)
  }
}

export const M18a = mutant(
  "M18a",
  {
    sentence: "A staging sstable that is streamed as a file is a normal one where it arrives.",
    origin: "scylladb commit 0f3827d509, scylla-enterprise issue 4572",
    breaks: ["D1"],
    seenIn: "a tablet moves with a staging sstable when all else is done"
  },
  { machinery: { Arrivals: TakesStagingForNormal } }
)
