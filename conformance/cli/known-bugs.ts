/** DCP implementations that have a known bug. Each check finds it again, which shows that the checks can find something. */
import { pairAdapter } from "../adapters/dcp-pair.ts"
import { ourWireAdapter } from "../adapters/dcp-wire/our-wire.ts"
import { M01 } from "../museum/dcp/mutants/m01-ignore-early-end.ts"
import { M09 } from "../museum/dcp/mutants/m09-header-opaque.ts"
import { dcpCheck, inPair } from "./dcp-checks.ts"
import { known } from "./known-failure.ts"
import type { RoleCheck } from "./role-check.ts"

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
