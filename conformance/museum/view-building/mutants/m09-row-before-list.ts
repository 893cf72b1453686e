import { Registrator } from "../../../../impl/view-building/node/registrator.ts"
import type { StagingShard } from "../../../../impl/view-building/node/staging-shard.ts"
import { mutant } from "../mutant.ts"

class WithoutMutexes extends Registrator {
  protected override alone(_lists: ReadonlyArray<StagingShard>, register: () => Promise<void>): Promise<void> {
    return register()
  }
}

export const M09 = mutant(
  "M09",
  {
    sentence:
      "A batch may choose its staging sstables between the commit of its row and the moment when they are listed.",
    origin: "scylladb commit c9aa5bb09c, issue SCYLLADB-816",
    breaks: ["S15", "S14"],
    seenIn: "a staging sstable, whose registrator is late to hear of its commit"
  },
  { machinery: { Registrator: WithoutMutexes } }
)
