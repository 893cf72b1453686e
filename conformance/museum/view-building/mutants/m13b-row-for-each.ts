import { Registrator } from "../../../../impl/view-building/node/registrator.ts"
import { mutant } from "../mutant.ts"

class MakesARowForEach extends Registrator {
  protected override mayUse(): boolean {
    return false
  }
}

export const M13b = mutant(
  "M13b",
  {
    sentence: "Every staging sstable has a row of its own, and a command is as large as there are many.",
    origin: "before scylladb commits 1df9972146 and 75f2ac0c3e, SCYLLADB-2434",
    breaks: [],
    seenIn: "two staging sstables of one tablet"
  },
  { machinery: { Registrator: MakesARowForEach } }
)
