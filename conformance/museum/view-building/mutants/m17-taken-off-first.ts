import { StagingShard } from "../../../../impl/view-building/node/staging-shard.ts"
import type { Range } from "../../../../impl/view-building/worker/surroundings.ts"
import type { SstableId, TableId } from "../../../../spec/view-building/ids.ts"
import { mutant } from "../mutant.ts"

class TakesOffFirst extends StagingShard {
  override of(base: TableId, range: Range): ReadonlyArray<SstableId> {
    const chosen = super.of(base, range)
    for (const sstable of chosen) this.remove(sstable)
    return chosen
  }
}

export const M17 = mutant(
  "M17",
  {
    sentence: "Staging sstables are taken off the list before they are processed, and a second try finds none.",
    origin: "scylladb commit 2e8c096930, do_process_staging",
    breaks: ["S14", "L4"],
    seenIn: "a staging sstable is processed at the second try"
  },
  { machinery: { StagingShard: TakesOffFirst } }
)
