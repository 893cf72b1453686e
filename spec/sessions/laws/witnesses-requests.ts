/** What must be reachable of conditional writes and hints, so that no law about them holds for want of anything to judge. */
import type { SometimesLaw } from "../../law.ts"
import type { ClusterLabel } from "../labels.ts"
import { about, askingOf } from "../memories/acknowledged.ts"
import { conditions, replacerOf } from "../memories/conditions.ts"
import { contexts } from "../memories/contexts.ts"
import { copies } from "../memories/copies.ts"
import { requests } from "../memories/requests.ts"
import { routeOf, samePlaces } from "../memories/routes.ts"
import { witness } from "./witness.ts"

export const W51 = witness(
  51,
  "A conditional write succeeds and is not applied, for another has replaced what it asks for.",
  "D7",
  conditions,
  (before, label) =>
    label._tag === "RequestEnded" && label.applied === false && replacerOf(before, label.request) !== undefined
)

export const W52 = witness(
  52,
  "A conditional write finishes what another has left without an outcome.",
  "D7",
  copies,
  (before, label) => {
    if (label._tag !== "Served" || label.round !== "learn") return false
    const own = askingOf(before, label.request)?.row?.timestamp
    return own !== undefined && label.rows.some(({ timestamp }) => timestamp !== own)
  }
)

export const W53 = witness(
  53,
  "A replica refuses a conditional write, for it has promised a later one.",
  "D7",
  requests,
  (_, label) => label._tag === "Served" && label.reason === "OldBallot"
)

export const W54 = witness(
  54,
  "A conditional write is fenced in the middle of its rounds.",
  "V4, D7",
  requests,
  (_, label) =>
    label._tag === "Served" && label.reason === "StaleTopology" && (label.round === "accept" || label.round === "learn")
)

export const W55 = witness(
  55,
  "A hint lands where a deletion that came after its write is known.",
  "D2",
  copies,
  (before, label) => {
    const asked = label._tag === "Served" && label.reason === null ? askingOf(before, label.request) : undefined
    if (asked === undefined || asked.row === null || asked.hint !== true) return false
    const last = about(before.acked, asked.tablet, asked.row.key)
    return last?.dead === true && last.timestamp > asked.row.timestamp
  }
)

export const W56 = witness(56, "A write goes to more replicas than reads do.", "V7", contexts, (before, label) => {
  if (label._tag !== "RequestBegan" || label.row === null) return false
  const route = routeOf(before.routes, label.tablet, label.version)
  return route !== undefined && !samePlaces(route.writes, route.reads)
})

export const requestWitnesses: ReadonlyArray<SometimesLaw<ClusterLabel>> = [W51, W52, W53, W54, W55, W56]
