import type { Example } from "../../example.test-support.ts"
import { come, coming, deleting, says, seen, statuses, writes } from "../histories.test-support.ts"
import type { ViewBuildingLabel } from "../labels.ts"
import { picked } from "./ground.test-support.ts"

const isBuilt = says(4, { statuses: statuses("v", "SUCCESS", "A", "B") })
const written = [...picked, coming("w", "A.0", 1), come("w", "A.0")]

/** Rows: D1, D2, D3. */
export const dataExamples: ReadonlyArray<Example<ViewBuildingLabel>> = [
  {
    law: "D1",
    after: written,
    fine: [writes("v", 1), isBuilt],
    broken: [isBuilt],
    why: "v is built and lacks k of 1"
  },
  {
    law: "D2",
    after: [...written, coming("d", "A.0", 2, deleting(2)), come("d", "A.0")],
    fine: [isBuilt],
    broken: [writes("v", 1), isBuilt],
    why: "v is built and has k of 1, which its base has not"
  },
  {
    law: "D3",
    after: [...written, seen("Truncated", { base: "t" })],
    fine: [writes("v", 2)],
    broken: [writes("v", 1)],
    why: "k of 1 was truncated, and comes to v"
  }
]
