/** All mutants of DCP, in the order of their numbers. */
import type { DcpMutant } from "./mutant.ts"
import { M01 } from "./mutants/m01-ignore-early-end.ts"
import { M02 } from "./mutants/m02-believe-late-response.ts"
import { M03 } from "./mutants/m03-forget-to-reply.ts"
import { M04 } from "./mutants/m04-error-list.ts"
import { M05 } from "./mutants/m05-answer-of-another-attempt.ts"
import { M06 } from "./mutants/m06-second-list-not-cleared.ts"
import { M07 } from "./mutants/m07-second-list.ts"
import { M08 } from "./mutants/m08-deaf-replicator.ts"
import { M09 } from "./mutants/m09-header-opaque.ts"
import { M10 } from "./mutants/m10-end-by-vbucket.ts"
import { M11 } from "./mutants/m11-silent-end-under-call.ts"
import { M12 } from "./mutants/m12-enoent-is-an-error.ts"
import { M13 } from "./mutants/m13-stream-not-found-is-an-error.ts"
import { M14 } from "./mutants/m14-enoent-opens.ts"
import { M15 } from "./mutants/m15-warn-of-unknown-opaque.ts"
import { M16 } from "./mutants/m16-takeover-before-response.ts"
import { M17 } from "./mutants/m17-opaque-from-response.ts"
import { M18 } from "./mutants/m18-producer-left-open.ts"
import { M19 } from "./mutants/m19-producer-first.ts"
import { M20 } from "./mutants/m20-shut-waits-for-producer.ts"
import { M21 } from "./mutants/m21-shut-without-timeout.ts"
import { M22 } from "./mutants/m22-shut-refused.ts"
import { M23 } from "./mutants/m23-warning-that-crashes.ts"
import { M24 } from "./mutants/m24-packet-after-shut.ts"
import { M25 } from "./mutants/m25-normal-exit.ts"
import { M26 } from "./mutants/m26-nuke-leaves-streams.ts"
import { M27 } from "./mutants/m27-errors-dropped.ts"
import { M28 } from "./mutants/m28-reply-before-producer.ts"
import { M29 } from "./mutants/m29-state-kept-after-reply.ts"
import { M30 } from "./mutants/m30-open-in-any-case.ts"
import { M31 } from "./mutants/m31-own-answers-passed-on.ts"
import { M32 } from "./mutants/m32-end-not-passed-on.ts"
import { M33 } from "./mutants/m33-ended-and-believed.ts"
import { M34 } from "./mutants/m34-shut-is-not-final.ts"
import { M35 } from "./mutants/m35-takeover-end-ignored.ts"
import { M36 } from "./mutants/m36-stale-end-believed.ts"
import { M37 } from "./mutants/m37-shut-waits-for-closed-stream.ts"
import { M38 } from "./mutants/m38-dead-sibling-not-missed.ts"
import { M39 } from "./mutants/m39-owner-forgotten.ts"
import { M40 } from "./mutants/m40-duplicates-kept.ts"
import { M41 } from "./mutants/m41-kv-drops-response.ts"
import { M42a } from "./mutants/m42a-wide-key-length.ts"
import { M42b } from "./mutants/m42b-swapped-opaque.ts"
import { M42c } from "./mutants/m42c-body-without-header.ts"
import { M43a } from "./mutants/m43a-told-after-write.ts"
import { M43b } from "./mutants/m43b-passed-on-at-once.ts"
import { M44 } from "./mutants/m44-takeover-of-an-open-stream.ts"
import { M45 } from "./mutants/m45-second-setup-accepted.ts"
import { M46 } from "./mutants/m46-crash-at-the-next-response.ts"
import { M47 } from "./mutants/m47-shut-over-nothing-waits.ts"
import { M48 } from "./mutants/m48-late-response-crashes.ts"
import { M49 } from "./mutants/m49-started-twice.ts"
import { M50 } from "./mutants/m50-exit-not-passed-on.ts"

export const mutants: ReadonlyArray<DcpMutant> = [
  M01,
  M02,
  M03,
  M04,
  M05,
  M06,
  M07,
  M08,
  M09,
  M10,
  M11,
  M12,
  M13,
  M14,
  M15,
  M16,
  M17,
  M18,
  M19,
  M20,
  M21,
  M22,
  M23,
  M24,
  M25,
  M26,
  M27,
  M28,
  M29,
  M30,
  M31,
  M32,
  M33,
  M34,
  M35,
  M36,
  M37,
  M38,
  M39,
  M40,
  M41,
  M42a,
  M42b,
  M42c,
  M43a,
  M43b,
  M44,
  M45,
  M46,
  M47,
  M48,
  M49,
  M50
]
