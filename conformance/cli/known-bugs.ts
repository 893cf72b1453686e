/** Implementations that have a known bug. Each check finds it again, which shows that the checks can find something. */
import { pairAdapter } from "../adapters/dcp-pair.ts"
import { ourWireAdapter } from "../adapters/dcp-wire/our-wire.ts"
import { M01 } from "../museum/dcp/mutants/m01-ignore-early-end.ts"
import { M09 } from "../museum/dcp/mutants/m09-header-opaque.ts"
import { dcpCheck, inPair } from "./dcp-checks.ts"
import type { RoleCheck } from "./role-check.ts"

/** The same check, which is expected to fail: a failure is known, and a pass would be news. */
const known = (check: RoleCheck): RoleCheck => ({
  ...check,
  check: async (effort) => {
    // It ends at the first failure, so it may look as long as it needs to however few runs were asked for.
    const row = await check.check({ ...effort, runs: Math.max(effort.runs, check.runs) })
    const verdict = row.verdict === "fail" ? "known-failure" : row.verdict === "pass" ? "unexpected-pass" : row.verdict
    return { ...row, verdict }
  }
})

const consumerOf = ({ subject: { consumer: Consumer } }: typeof M01) =>
  Consumer === undefined
    ? {}
    : { consumer: (options: ConstructorParameters<typeof Consumer>[0]) => new Consumer(options) }

/** MB-53445 in the implementations that have it: before the fix, and as the fix was shipped. */
export const dcpKnownBugs: ReadonlyArray<RoleCheck> = [
  known(
    dcpCheck(pairAdapter("before the fix of MB-53445", consumerOf(M01)), "before the fix of MB-53445", inPair, 2_000)
  ),
  known(
    dcpCheck(pairAdapter("the fix of MB-53445 as shipped", consumerOf(M09)), "with the fix as shipped", inPair, 2_000)
  ),
  known(
    dcpCheck(ourWireAdapter("before the fix of MB-53445", consumerOf(M01)), "before the fix of MB-53445", inPair, 500)
  )
]
