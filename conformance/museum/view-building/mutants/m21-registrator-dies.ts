import { Registrator } from "../../../../impl/view-building/node/registrator.ts"
import { mutant } from "../mutant.ts"

class DiesOfItsFirstFailure extends Registrator {
  protected override survive(error: unknown): void {
    throw error
  }
}

export const M21 = mutant(
  "M21",
  {
    sentence: "The registrator ends with its first failure, and nobody starts it again.",
    origin: "scylladb commits f76917956c, 84e4e34d81 and b4fe565f07, issues 26403 and 26417",
    breaks: ["L4", "L6r"],
    seenIn: "a staging sstable comes to a node that is cut off from group 0"
  },
  { machinery: { Registrator: DiesOfItsFirstFailure } }
)
