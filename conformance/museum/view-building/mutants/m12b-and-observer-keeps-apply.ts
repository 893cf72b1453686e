import { mutant } from "../mutant.ts"
import { HoldsAcrossCommit } from "./m12a-started-held-across-commit.ts"

export const M12b = mutant(
  "M12b",
  {
    sentence: "So too, and the observer, which waits for these, keeps the node from applying (M46).",
    origin: "scylladb commit b43cb873f6, SCYLLADB-2879",
    breaks: ["L7", "S20"],
    seenIn: "a tablet begins to move while a staging sstable is registered",
    beside: { worker: { observer: "keepsApply" } }
  },
  { machinery: { Registrator: HoldsAcrossCommit } }
)
