import { StagingShard } from "../../../../impl/view-building/node/staging-shard.ts"
import type { Range } from "../../../../impl/view-building/worker/surroundings.ts"
import type { SstableId, TableId } from "../../../../spec/view-building/ids.ts"
import { mutant } from "../mutant.ts"

class ByLastToken extends StagingShard {
  override of(base: TableId, { lastToken }: Range): ReadonlyArray<SstableId> {
    return [...this.listed.values()]
      .filter((one) => one.base === base && one.lastToken === lastToken)
      .map(({ sstable }) => sstable)
  }
}

export const M15 = mutant(
  "M15",
  {
    sentence:
      "A staging sstable is listed under the tablet that it came to, and not found by the one that this becomes part of.",
    origin: "scylladb commit 2e8c096930, issue 26244",
    breaks: ["S14", "L4"],
    seenIn: "staging sstables of two tablets that become one"
  },
  { machinery: { StagingShard: ByLastToken } }
)
