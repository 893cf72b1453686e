import { Arrivals } from "../../../../impl/view-building/node/arrivals.ts"
import type { ShardStore } from "../../../../impl/view-building/storage/shard-store.ts"
import type { ShardId } from "../../../../spec/metadata.ts"
import type { SstableId, TableId } from "../../../../spec/view-building/ids.ts"
import type { BaseRow } from "../../../../spec/view-building/messages.ts"
import { mutant } from "../mutant.ts"

class RegistersNoStream extends Arrivals {
  #streams = 0

  override async stage(shard: ShardId, base: TableId, rows: ReadonlyArray<BaseRow>): Promise<void> {
    this.#streams++
    await super.stage(shard, base, rows).finally(() => this.#streams--)
  }

  override queue(shard: ShardId, base: TableId, sstable: SstableId, store: ShardStore): void {
    if (this.#streams === 0) super.queue(shard, base, sstable, store)
  }
}

export const M18b = mutant(
  "M18b",
  {
    sentence: "A staging sstable that is streamed as a file is not registered where it arrives.",
    origin: "scylladb commit 0f3827d509, scylla-enterprise issue 4572",
    breaks: ["L4"],
    seenIn: "a tablet moves with its staging sstable, and pauses as it is streamed"
  },
  { machinery: { Arrivals: RegistersNoStream } }
)
