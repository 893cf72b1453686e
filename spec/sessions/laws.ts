/** Every law of a cluster's sessions, in the dossier's order. Sources: `sessions.md` section 4. The laws of one registry are apart. */
import type { Law } from "../law.ts"
import type { ClusterLabel } from "./labels.ts"
import { D7 } from "./laws/conditions.ts"
import { D1, D2, D2r, D3, D4, D5 } from "./laws/data.ts"
import { S5c, S6, S8, V5, V5s } from "./laws/fences.ts"
import { C1, S9, S11, V1, V3 } from "./laws/group-zero.ts"
import { D8, W28 } from "./laws/groups.ts"
import { L1, L2, L3, L4, L5, L5t, L6, L8 } from "./laws/liveness.ts"
import { C1a, D6 } from "./laws/order.ts"
import { C2, S12 } from "./laws/permits.ts"
import { V2, V3c, V4, V5v, V7 } from "./laws/requests.ts"
import { V8, W29 } from "./laws/resize.ts"
import { S1, S7, S10, V1s, V3s } from "./laws/shards.ts"
import { C3, C4, S8o, V6 } from "./laws/stages.ts"
import { sessionWitnesses } from "./laws/witnesses.ts"
import { dataWitnesses } from "./laws/witnesses-data.ts"
import { requestWitnesses } from "./laws/witnesses-requests.ts"
import { stageWitnesses } from "./laws/witnesses-stages.ts"

/** What group 0 is told to say. */
export const groupZeroLaws: ReadonlyArray<Law<ClusterLabel>> = [S9, S11, V1, V3, V6, V8, C1, C1a, C3]

/** Sessions on shards, and what barriers fence. */
export const sessionLaws: ReadonlyArray<Law<ClusterLabel>> = [
  S1,
  S5c,
  S6,
  S7,
  S8,
  S8o,
  S10,
  S12,
  C2,
  C4,
  V1s,
  V3s,
  V5,
  V5s
]

/** Requests of clients. They cost nothing where there are none. */
export const requestLaws: ReadonlyArray<Law<ClusterLabel>> = [V2, V3c, V4, V5v, V7, D4, D7, D2r, D5]

/** Rows on replicas. */
export const dataLaws: ReadonlyArray<Law<ClusterLabel>> = [D1, D2, D3, D6, D8]

/** What must never happen in a cluster. */
export const safetyLaws: ReadonlyArray<Law<ClusterLabel>> = [
  ...groupZeroLaws,
  ...sessionLaws,
  ...requestLaws,
  ...dataLaws
]

/** Laws about waiting. L7 is a law of one registry. */
export const waitingLaws: ReadonlyArray<Law<ClusterLabel>> = [L1, L2, L3, L4, L5, L5t, L6, L8]

/** What a cluster is judged by. */
export const clusterLaws: ReadonlyArray<Law<ClusterLabel>> = [...safetyLaws, ...waitingLaws]

/** What must be reachable somewhere. */
export const clusterWitnesses: ReadonlyArray<Law<ClusterLabel>> = [
  ...sessionWitnesses,
  ...stageWitnesses,
  ...dataWitnesses,
  ...requestWitnesses,
  W28,
  W29
]

/** Every law of a cluster, and every witness that the laws are not empty. */
export const laws: ReadonlyArray<Law<ClusterLabel>> = [...clusterLaws, ...clusterWitnesses]
