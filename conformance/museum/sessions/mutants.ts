/** All mutants of the session registry, in the order of their numbers. From M80 on they are ours, for laws that had none. */
import type { RegistryMutant } from "./mutant.ts"
import { M01a } from "./mutants/m01a-enter-any-registered.ts"
import { M02 } from "./mutants/m02-enter-unknown.ts"
import { M03 } from "./mutants/m03-null-is-default.ts"
import { M04 } from "./mutants/m04-default-closes.ts"
import { M05 } from "./mutants/m05-drain-without-waiting.ts"
import { M06 } from "./mutants/m06-drain-waits-for-open.ts"
import { M07 } from "./mutants/m07-drain-only-new.ts"
import { M08 } from "./mutants/m08-second-drain-returns.ts"
import { M09 } from "./mutants/m09-create-reopens.ts"
import { M10a } from "./mutants/m10a-copy-uncounted.ts"
import { M10b } from "./mutants/m10b-moved-from-releases.ts"
import { M11 } from "./mutants/m11-failed-check-releases.ts"
import { M12 } from "./mutants/m12-close-releases.ts"
import { M13a } from "./mutants/m13a-nobody-told.ts"
import { M14 } from "./mutants/m14-late-subscriber-untold.ts"
import { M15 } from "./mutants/m15-subscription-outlives.ts"
import { M80 } from "./mutants/m80-check-passes.ts"
import { M81 } from "./mutants/m81-no-copy-in-closing.ts"
import { M82 } from "./mutants/m82-drained-is-kept.ts"
import { M83 } from "./mutants/m83-told-after-close.ts"

export const mutants: ReadonlyArray<RegistryMutant> = [
  M01a,
  M02,
  M03,
  M04,
  M05,
  M06,
  M07,
  M08,
  M09,
  M10a,
  M10b,
  M11,
  M12,
  M13a,
  M14,
  M15,
  M80,
  M81,
  M82,
  M83
]
