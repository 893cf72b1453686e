/** Every law of the way to group 0, in the dossier's order. Sources: `raft-upgrade.md` section 4. */
import type { Law } from "../law.ts"
import type { RaftUpgradeLabel } from "./labels.ts"
import { S8, S9, S10, S11, S12, S17, S18, S24, V2 } from "./laws/crossing.ts"
import { S1, S2, S3, S4, S13, S14, S20, S23 } from "./laws/groups.ts"
import { S5, S6, S7, S15, S16, S19, S21, S22 } from "./laws/states.ts"
import { V1, V3, V4, V5, V6, V7, V8, V9 } from "./laws/waiting.ts"
import { upgradeWitnesses } from "./laws/witnesses.ts"

/** Who looks for the group, and who creates it. */
export const discoveryLaws: ReadonlyArray<Law<RaftUpgradeLabel>> = [S1, S2, S3, S4]

/** What must never happen. */
export const safetyLaws: ReadonlyArray<Law<RaftUpgradeLabel>> = [
  ...discoveryLaws,
  S5,
  S6,
  S7,
  S8,
  S9,
  S10,
  S11,
  S12,
  S13,
  S14,
  S15,
  S16,
  S17,
  S18,
  S19,
  S20,
  S21,
  S22,
  S23,
  S24,
  V2
]

/** Laws about waiting. */
export const waitingLaws: ReadonlyArray<Law<RaftUpgradeLabel>> = [V1, V3, V4, V5, V6, V7, V8, V9]

/** What a cluster is judged by. */
export const upgradeLaws: ReadonlyArray<Law<RaftUpgradeLabel>> = [...safetyLaws, ...waitingLaws]

/** Every law, and every witness that the laws are not empty. */
export const laws: ReadonlyArray<Law<RaftUpgradeLabel>> = [...upgradeLaws, ...upgradeWitnesses]
