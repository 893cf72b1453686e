/** Mutants M01 to M31. */
import type { UpgradeMutant } from "../mutant.ts"
import { M01 } from "./m01-answers-as-leader.ts"
import { M02 } from "./m02-peers-in-memory.ts"
import { M03a, M03b } from "./m03-another-server-each-time.ts"
import { M04 } from "./m04-told-as-server-starts.ts"
import { M05 } from "./m05-rows-overwritten.ts"
import { M06a, M06b } from "./m06-unknown-servers.ts"
import { M07 } from "./m07-silence-is-an-answer.ts"
import { M08 } from "./m08-peers-that-answer.ts"
import { M09 } from "./m09-strangers-welcome.ts"
import { M10 } from "./m10-hears-its-group-alone.ts"
import { M11a, M11b, M11c } from "./m11-no-first-dry-run.ts"
import { M12 } from "./m12-nobody-is-not-ready.ts"
import { M13 } from "./m13-longest-pause-at-once.ts"
import { M14 } from "./m14-all-or-nobody.ts"
import { M15 } from "./m15-no-finisher-while-collecting.ts"
import { M16a, M16b } from "./m16-read-without-lock.ts"
import { M17 } from "./m17-lock-let-go.ts"
import { M18 } from "./m18-set-without-lock.ts"
import { M19 } from "./m19-holder-detached.ts"
import { M20 } from "./m20-nested-operation.ts"
import { M21a, M21b } from "./m21-not-all-in-synchronize.ts"
import { M22 } from "./m22-any-answer-is-ready.ts"
import { M23 } from "./m23-no-second-sync.ts"
import { M24 } from "./m24-gossiped-versions.ts"
import { M25 } from "./m25-versions-kept.ts"
import { M26 } from "./m26-some-versions-will-do.ts"
import { M27 } from "./m27-no-read-barrier.ts"
import { M28 } from "./m28-newcomer-takes-part.ts"
import { M29 } from "./m29-back-to-synchronize.ts"
import { M30 } from "./m30-taken-for-new.ts"
import { M31 } from "./m31-members-of-the-beginning.ts"

export const first: ReadonlyArray<UpgradeMutant> = [
  M01,
  M02,
  M03a,
  M03b,
  M04,
  M05,
  M06a,
  M06b,
  M07,
  M08,
  M09,
  M10,
  M11a,
  M11b,
  M11c,
  M12,
  M13,
  M14,
  M15,
  M16a,
  M16b,
  M17,
  M18,
  M19,
  M20,
  M21a,
  M21b,
  M22,
  M23,
  M24,
  M25,
  M26,
  M27,
  M28,
  M29,
  M30,
  M31
]
