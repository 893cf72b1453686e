/** Every law of DCP stream set-up, in the dossier's order. Sources: `dcp.md` section 5. */
import type { Law } from "../law.ts"
import type { DcpLabel } from "./labels.ts"
import { L1, L2, L3, L4, L4c, L5, L6, L8, S17 } from "./laws/liveness.ts"
import { S23, S24, S25, S26 } from "./laws/order.ts"
import { L7, S8, S11, S14, S15, S18, S19, S20 } from "./laws/packets.ts"
import { S1, S2, S3, S3w, S5, S7, S10, S12 } from "./laws/replies.ts"
import { S4, S6, S9, S13, S16 } from "./laws/streams.ts"
import { S17r, S21, S22 } from "./laws/supervision.ts"
import { witnesses } from "./laws/witnesses.ts"

/** Laws that a consumer connection is judged by, whoever plays it. */
export const consumerLaws: ReadonlyArray<Law<DcpLabel>> = [
  S1,
  S2,
  S3,
  S3w,
  S4,
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
  S20,
  S23,
  S24,
  S26,
  L7
]

/** Laws that a producer connection is judged by. */
export const producerLaws: ReadonlyArray<Law<DcpLabel>> = [S14, S25]

/** S19 asks for what no crash policy can give (dossier 6.2, T3 and T4), so it stands apart. */
export const givesWay: ReadonlyArray<Law<DcpLabel>> = [S19]

/** Laws about waiting for a consumer connection. */
export const callerLaws: ReadonlyArray<Law<DcpLabel>> = [L1, L2, L3, L4c, L5]

/** Laws about the processes above the connections. */
export const supervisionLaws: ReadonlyArray<Law<DcpLabel>> = [L4, L6, S17, S17r, S21, S22]

/** What kv owes the proxy. */
export const kvLaws: ReadonlyArray<Law<DcpLabel>> = [L8]

/** Laws about bytes. */
export const codecLaws: ReadonlyArray<Law<DcpLabel>> = [S18]

/** Every law, and every witness that the laws are not empty. */
export const laws: ReadonlyArray<Law<DcpLabel>> = [
  ...consumerLaws,
  S25,
  ...givesWay,
  ...callerLaws,
  ...supervisionLaws,
  ...kvLaws,
  ...codecLaws,
  ...witnesses
]
