/** What must be reachable of requests and rows, so that no law holds for want of anything to judge. */
import type { SometimesLaw } from "../../law.ts"
import type { ClusterLabel } from "../labels.ts"
import { contexts, counted } from "../memories/contexts.ts"
import { copies } from "../memories/copies.ts"
import { reads } from "../memories/reads.ts"
import { requests } from "../memories/requests.ts"
import { routesInUse } from "./requests.ts"
import { witness } from "./witness.ts"

export const W9 = witness(
  9,
  "Requests for one tablet are routed in two ways at once.",
  "V2",
  contexts,
  (_, label, after) => label._tag === "RequestBegan" && routesInUse(after).length > 1
)

export const W11 = witness(
  11,
  "A replica refuses a request, for its token is below the fence.",
  "V4",
  requests,
  (_, label) => label._tag === "Served" && label.reason === "StaleTopology"
)

export const W12 = witness(
  12,
  "A barrier begins while a request of an older version goes on, and has to wait.",
  "V5v",
  contexts,
  (before, label) => label._tag === "BarrierBegan" && counted(before).some(({ version }) => version < label.version)
)

export const W18 = witness(
  18,
  "A transition ends after a write was acknowledged.",
  "D1",
  copies,
  (before, label, after) =>
    label._tag === "Committed" &&
    after.acked.some(({ tablet }) =>
      before.homes.some(
        (home) => home.tablet === tablet && home.moving && !after.homes.find((now) => now.tablet === tablet)?.moving
      )
    )
)

export const W19 = witness(
  19,
  "The tombstone of an acknowledged deletion is purged.",
  "D2",
  copies,
  (before, label, after) => label._tag === "Purged" && after.graves.length > before.graves.length
)

export const W20 = witness(
  20,
  "Work is turned away after a purge: it might have brought back what was deleted.",
  "D2",
  copies,
  (before, label) => label._tag === "TurnedAway" && before.graves.length > 0
)

export const W21 = witness(
  21,
  "A replica drops its data of a tablet.",
  "D3, D5",
  copies,
  (_, label) => label._tag === "Cleaned"
)

export const W22 = witness(
  22,
  "A read that began after a write was acknowledged succeeds.",
  "D4",
  reads,
  (before, label) =>
    label._tag === "RequestEnded" &&
    label.ok &&
    before.reading.some(({ request, least }) => request === label.request && least !== null)
)

export const W23 = witness(
  23,
  "A read that began after a purge succeeds.",
  "D2r",
  reads,
  (before, label) =>
    label._tag === "RequestEnded" &&
    label.ok &&
    before.reading.some(({ request, buried }) => request === label.request && buried !== null)
)

export const dataWitnesses: ReadonlyArray<SometimesLaw<ClusterLabel>> = [W9, W11, W12, W18, W19, W20, W21, W22, W23]
