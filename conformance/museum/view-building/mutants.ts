/** All mutants of the building of views, in the order of their numbers. From M63 on they are ours, for laws that had none. */
import type { BuildingMutant } from "./mutant.ts"
import { M01 } from "./mutants/m01-every-proposal-aborts.ts"
import { M02a } from "./mutants/m02a-pending-rolled-back.ts"
import { M02b } from "./mutants/m02b-not-rolled-back.ts"
import { M03 } from "./mutants/m03-end-told-to-those-who-listen.ts"
import { M04 } from "./mutants/m04-call-ends-unheard.ts"
import { M05 } from "./mutants/m05-no-base-in-hand.ts"
import { M06 } from "./mutants/m06-call-of-any-term.ts"
import { M07 } from "./mutants/m07-mutex-broken-untaken.ts"
import { M08 } from "./mutants/m08-not-drained.ts"
import { M09 } from "./mutants/m09-row-before-list.ts"
import { M10 } from "./mutants/m10-queue-not-cleaned.ts"
import { M11 } from "./mutants/m11-news-while-registering.ts"
import { M12a } from "./mutants/m12a-started-held-across-commit.ts"
import { M12b } from "./mutants/m12b-and-observer-keeps-apply.ts"
import { M13a } from "./mutants/m13a-put-to-a-started-row.ts"
import { M13b } from "./mutants/m13b-row-for-each.ts"
import { M14 } from "./mutants/m14-flushed-for-those-after.ts"
import { M15 } from "./mutants/m15-listed-by-tablet.ts"
import { M16 } from "./mutants/m16-listed-where-it-was.ts"
import { M17 } from "./mutants/m17-taken-off-first.ts"
import { M18a } from "./mutants/m18a-streamed-as-normal.ts"
import { M18b } from "./mutants/m18b-streamed-and-not-registered.ts"
import { M19 } from "./mutants/m19-abort-source-gone.ts"
import { M20 } from "./mutants/m20-read-on-another-shard.ts"
import { M21 } from "./mutants/m21-registrator-dies.ts"
import { M22 } from "./mutants/m22-no-backoff.ts"
import { M23a } from "./mutants/m23a-commits-starts.ts"
import { M23b } from "./mutants/m23b-commit-for-each.ts"
import { M24 } from "./mutants/m24-collection-times-out.ts"
import { M25 } from "./mutants/m25-least-id-by-the-clock.ts"
import { M26 } from "./mutants/m26-joined-by-number.ts"
import { M27 } from "./mutants/m27-built-at-once.ts"
import { M28 } from "./mutants/m28-empty-mutation.ts"
import { M29 } from "./mutants/m29-generator-not-waited-for.ts"
import { M30 } from "./mutants/m30-work-stays-behind.ts"
import { M31 } from "./mutants/m31-processed-before-arrival.ts"
import { M32 } from "./mutants/m32-hints-will-do.ts"
import { M63 } from "./mutants/m63-goes-on-in-a-new-term.ts"
import { M64 } from "./mutants/m64-started-is-built.ts"
import { M65 } from "./mutants/m65-statuses-outlive-their-view.ts"
import { M66 } from "./mutants/m66-lost-tasks-stay.ts"
import { M67 } from "./mutants/m67-staging-if-started.ts"
import { M68 } from "./mutants/m68-base-stays-in-hand.ts"
import { M69 } from "./mutants/m69-asks-the-dead.ts"
import { M71 } from "./mutants/m71-done-as-asked.ts"
import { M72 } from "./mutants/m72-ids-used-again.ts"
import { open } from "./mutants/open.ts"

export const mutants: ReadonlyArray<BuildingMutant> = [
  M01,
  M02a,
  M02b,
  M03,
  M04,
  M05,
  M06,
  M07,
  M08,
  M09,
  M10,
  M11,
  M12a,
  M12b,
  M13a,
  M13b,
  M14,
  M15,
  M16,
  M17,
  M18a,
  M18b,
  M19,
  M20,
  M21,
  M22,
  M23a,
  M23b,
  M24,
  M25,
  M26,
  M27,
  M28,
  M29,
  M30,
  M31,
  M32,
  ...open,
  M63,
  M64,
  M65,
  M66,
  M67,
  M68,
  M69,
  M71,
  M72
]
