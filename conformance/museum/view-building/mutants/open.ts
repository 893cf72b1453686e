/** Mutants M33 to M62, which are open or plausible in the dossier, section 5b. */
import type { BuildingMutant } from "../mutant.ts"
import { M33 } from "./m33-stale-name.ts"
import { M34 } from "./m34-truncation-alone.ts"
import { M35a, M35b } from "./m35-unwanted-tasks.ts"
import { M36 } from "./m36-whatever-is-current.ts"
import { M37a, M37b } from "./m37-rollbacks.ts"
import { M38 } from "./m38-stopped-is-done.ts"
import { M39 } from "./m39-pending-staging-stays.ts"
import { M40a, M40b } from "./m40-table-without-its-tasks.ts"
import { M41 } from "./m41-token-as-it-came.ts"
import { M42a, M42b } from "./m42-spent-rows.ts"
import { M43a, M43b } from "./m43-moves-within-a-node.ts"
import { M44 } from "./m44-heard-in-sleep-only.ts"
import { M45 } from "./m45-left-behind.ts"
import { M46 } from "./m46-observer-keeps-apply.ts"
import { M47 } from "./m47-collects-at-once.ts"
import { M48a, M48b, M48c } from "./m48-collections.ts"
import { M48d, M48e, M48f } from "./m48-finished-tasks.ts"
import { M49a, M49b, M49c } from "./m49-built-too-early.ts"
import { M50a, M50b } from "./m50-bases-change-places.ts"
import { M51a, M51b, M51c, M51d } from "./m51-statuses.ts"
import { M52a, M52b } from "./m52-a-replica-more.ts"
import { M53a, M53b, M53c } from "./m53-resizes.ts"
import { M54 } from "./m54-half-is-enough.ts"
import { M55 } from "./m55-same-id.ts"
import { M56a, M56b } from "./m56-one-view-at-a-time.ts"
import { M57a, M57b } from "./m57-mutex-across-barrier.ts"
import { M58 } from "./m58-aborted-is-done.ts"
import { M59 } from "./m59-attaches-to-equals.ts"
import { M60a, M60b } from "./m60-starts-the-rest.ts"
import { M61b, M61c, M61d } from "./m61-flushes.ts"
import { M61a } from "./m61a-views-read-late.ts"
import { M62a, M62b } from "./m62-orders.ts"

export const open: ReadonlyArray<BuildingMutant> = [
  M33,
  M34,
  M35a,
  M35b,
  M36,
  M37a,
  M37b,
  M38,
  M39,
  M40a,
  M40b,
  M41,
  M42a,
  M42b,
  M43a,
  M43b,
  M44,
  M45,
  M46,
  M47,
  M48a,
  M48b,
  M48c,
  M48d,
  M48e,
  M48f,
  M49a,
  M49b,
  M49c,
  M50a,
  M50b,
  M51a,
  M51b,
  M51c,
  M51d,
  M52a,
  M52b,
  M53a,
  M53b,
  M53c,
  M54,
  M55,
  M56a,
  M56b,
  M57a,
  M57b,
  M58,
  M59,
  M60a,
  M60b,
  M61a,
  M61b,
  M61c,
  M61d,
  M62a,
  M62b
]
