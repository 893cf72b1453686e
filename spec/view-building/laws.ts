/** Every law of the building of views, in the dossier's order. Sources: `view-building.md` section 4. */
import type { Law } from "../law.ts"
import type { ViewBuildingLabel } from "./labels.ts"
import { S1, S17, S19, S20, S26 } from "./laws/batches.ts"
import { S2, S3w, S12, S22, S24, S27 } from "./laws/calls.ts"
import { D1, D2, D3 } from "./laws/data.ts"
import { S3, S4, S5, S6, S7, S11, S18, S21, S23, S25 } from "./laws/group-zero.ts"
import { L1, L2, L3, L4, L5, L6, L6o, L6r, L6w, L7 } from "./laws/liveness.ts"
import { S13, S14, S15, S16 } from "./laws/staging.ts"
import { S8, S9, S10, S10n } from "./laws/statuses.ts"
import { coordinatorWitnesses } from "./laws/witnesses.ts"
import { workerWitnesses } from "./laws/witnesses-workers.ts"

/** What group 0 is told to say. */
export const groupZeroLaws: ReadonlyArray<Law<ViewBuildingLabel>> = [
  S3,
  S4,
  S5,
  S6,
  S7,
  S8,
  S9,
  S10,
  S11,
  S18,
  S21,
  S23,
  S25
]

/** What a coordinator asks for, and how often. */
export const coordinatorLaws: ReadonlyArray<Law<ViewBuildingLabel>> = [S2, S12, S22, S24]

/** What a worker does, whoever coordinates. */
export const workerLaws: ReadonlyArray<Law<ViewBuildingLabel>> = [
  S1,
  S3w,
  S10n,
  S13,
  S14,
  S15,
  S16,
  S17,
  S19,
  S20,
  S26,
  S27
]

/** Rows of bases and views. */
export const dataLaws: ReadonlyArray<Law<ViewBuildingLabel>> = [D1, D2, D3]

/** What must never happen. */
export const safetyLaws: ReadonlyArray<Law<ViewBuildingLabel>> = [
  ...groupZeroLaws,
  ...coordinatorLaws,
  ...workerLaws,
  ...dataLaws
]

/** Laws about waiting. */
export const waitingLaws: ReadonlyArray<Law<ViewBuildingLabel>> = [L1, L2, L3, L4, L5, L6, L6w, L6o, L6r, L7]

/** What a cluster is judged by. */
export const buildingLaws: ReadonlyArray<Law<ViewBuildingLabel>> = [...safetyLaws, ...waitingLaws]

/** What must be reachable somewhere. */
export const buildingWitnesses: ReadonlyArray<Law<ViewBuildingLabel>> = [...coordinatorWitnesses, ...workerWitnesses]

/** Every law, and every witness that the laws are not empty. */
export const laws: ReadonlyArray<Law<ViewBuildingLabel>> = [...buildingLaws, ...buildingWitnesses]
