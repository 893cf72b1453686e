import type { Example } from "../../example.test-support.ts"
import { answers, asks, row, seen, serves } from "../histories.test-support.ts"
import type { ClusterLabel } from "../labels.ts"
import { idle } from "./ground.test-support.ts"

/** A conditional write of the one key that asks for `w1`. */
const asksIfFirst = (request: string, timestamp: number): ClusterLabel =>
  seen("RequestBegan", { ...asks(request, 1, "A", row(timestamp)), condition: "w1" })

/** The one replica goes through all rounds. */
const decides = (request: string, timestamp: number): ReadonlyArray<ClusterLabel> => [
  ...["prepare", "accept"].map((round) => seen("Served", { ...serves(request, "A.0", 1), round })),
  seen("Served", { ...serves(request, "A.0", 1, row(timestamp)), round: "learn" })
]
const ended = (found: object, applied: boolean): ClusterLabel =>
  seen("RequestEnded", { ...answers("r2", found), applied })

/** Conditional writes: D7. */
export const conditionExamples: ReadonlyArray<Example<ClusterLabel>> = [
  {
    law: "D7",
    after: [
      idle,
      asksIfFirst("r1", 5),
      ...decides("r1", 5),
      seen("RequestEnded", { ...answers("r1", row(1)), applied: true }),
      asksIfFirst("r2", 6),
      ...decides("r2", 6)
    ],
    fine: [ended(row(5), false)],
    broken: [ended(row(1), true)],
    why: "r2 is applied on w1, which r1 has replaced"
  }
]
