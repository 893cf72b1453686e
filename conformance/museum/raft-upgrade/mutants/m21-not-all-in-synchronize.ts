import { LastSteps } from "../../../../impl/raft-upgrade/upgrade/last-steps.ts"
import type { NodeId } from "../../../../spec/metadata.ts"
import { mutant } from "../mutant.ts"

class WaitsForNobody extends LastSteps {
  protected override allSynchronize(): Promise<NodeId | undefined> {
    return Promise.resolve(undefined)
  }
}

class WaitsForMost extends LastSteps {
  protected override isEnough(entered: ReadonlySet<NodeId>): boolean {
    return entered.size * 2 > this.others.length + 1
  }
}

export const M21a = mutant(
  "M21a",
  {
    sentence: "Nobody waits for others to be in synchronize.",
    origin: "synthetic; dossier 5, row 21",
    breaks: ["S8", "S9"],
    seenIn: "one of three makes a change that nobody hears of, while the others wait for it in synchronize"
  },
  { machinery: { LastSteps: WaitsForNobody } }
)

export const M21b = mutant(
  "M21b",
  {
    sentence: "A majority of members in synchronize is enough.",
    origin: "synthetic; dossier 5, row 21",
    breaks: ["S8", "S9"],
    seenIn: "one of three makes a change that nobody hears of, while the others wait for it in synchronize"
  },
  { machinery: { LastSteps: WaitsForMost } }
)
