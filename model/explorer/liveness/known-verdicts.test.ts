/** Small specifications whose verdicts are known by thinking. */
import { describe, expect, it } from "vitest"
import type { Fairness } from "../../kernel/system.ts"
import { explore } from "../explore.ts"
import { fairnessCases } from "./fairness-cases.test-support.ts"
import { holds, round } from "./known-case.test-support.ts"
import { shapeCases } from "./shape-cases.test-support.ts"
import { smallSystem, ways } from "./small-system.test-support.ts"

const cases = [...fairnessCases, ...shapeCases]

const named = (names: string | undefined, fair: Fairness): ReadonlyArray<readonly [string, Fairness]> =>
  (names ?? "").split(" ").map((name) => [name, fair] as const)

describe("liveness", () => {
  it.each(cases.map((one) => [one.title, one] as const))(
    "is right about: %s",
    (_, { steps, weak, strong, waits, verdict }) => {
      const fair = Object.fromEntries([...named(weak, "weak"), ...named(strong, "strong")])
      const [law] = explore(smallSystem(ways(steps), fair, waits)).laws
      const { length = -1, story = [] } = law!
      expect(law!.verdict === "holds" ? holds : round(length, story.length - length)).toEqual(verdict)
    }
  )

  it("is tried on at least 40 specifications", () => {
    expect(cases.length).toBeGreaterThanOrEqual(40)
  })
})
