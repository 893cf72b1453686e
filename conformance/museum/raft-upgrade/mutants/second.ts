/** Mutants M32 to M62. */
import type { UpgradeMutant } from "../mutant.ts"
import { M32 } from "./m32-removed-before-known.ts"
import { M33 } from "./m33-removal-waits-for-arrival.ts"
import { M34 } from "./m34-removal-before-arrival.ts"
import { M35 } from "./m35-tries-once.ts"
import { M36 } from "./m36-not-found.ts"
import { M37 } from "./m37-ghosts-stay.ts"
import { M38 } from "./m38-no-first-snapshot.ts"
import { M39a, M39b } from "./m39-pulls.ts"
import { M40 } from "./m40-pulls-after-recreation.ts"
import { M41 } from "./m41-served-too-early.ts"
import { M42 } from "./m42-old-path-with-server.ts"
import { M43 } from "./m43-refused-at-once.ts"
import { M44 } from "./m44-verbs-on-one-shard.ts"
import { M45 } from "./m45-one-source-for-both.ts"
import { M46 } from "./m46-unknown-is-pre.ts"
import { M47 } from "./m47-edit-overwritten.ts"
import { M48 } from "./m48-group-not-erased.ts"
import { M49a, M49b } from "./m49-discovery-not-erased.ts"
import { M50a, M50b } from "./m50-history-not-erased.ts"
import { M51 } from "./m51-the-dead-are-alive.ts"
import { M52 } from "./m52-rows-without-tokens.ts"
import { M53 } from "./m53-ghost-rows.ts"
import { M54 } from "./m54-version-kept.ts"
import { M55 } from "./m55-push-outlives-its-sender.ts"
import { M56 } from "./m56-not-durable.ts"
import { M57 } from "./m57-vote-makes-a-member.ts"
import { M58 } from "./m58-old-rows.ts"
import { M59 } from "./m59-failed-pull.ts"
import { M60 } from "./m60-asks-peers.ts"
import { M61 } from "./m61-unseen-in-recovery.ts"
import { M62 } from "./m62-newcomer-takes-part.ts"

export const second: ReadonlyArray<UpgradeMutant> = [
  M32,
  M33,
  M34,
  M35,
  M36,
  M37,
  M38,
  M39a,
  M39b,
  M40,
  M41,
  M42,
  M43,
  M44,
  M45,
  M46,
  M47,
  M48,
  M49a,
  M49b,
  M50a,
  M50b,
  M51,
  M52,
  M53,
  M54,
  M55,
  M56,
  M57,
  M58,
  M59,
  M60,
  M61,
  M62
]
