import { Registrator } from "../../../../impl/view-building/node/registrator.ts"
import { mutant } from "../mutant.ts"

class KeepsItsQueue extends Registrator {
  protected override forgetQueued(): void {
    // What waits to be registered is not looked at.
  }
}

export const M10 = mutant(
  "M10",
  {
    sentence:
      "The cleanup of a tablet forgets staging sstables that are listed, and not those that wait to be registered.",
    origin: "scylladb commit 35baf309a0, SCYLLADB-2312",
    breaks: ["S7", "S14", "L1"],
    seenIn: "a tablet moves away before its staging sstable is registered"
  },
  { machinery: { Registrator: KeepsItsQueue } }
)
