/** Which replicas requests go to, by the version that they are routed by. */
import type { ClusterLabel } from "../labels.ts"
import { rowPerTable, type Tablet, type TabletId, type Version } from "../metadata.ts"
import { selectors } from "../selectors.ts"
import { placesOf } from "./places.ts"

/** From a version on, writes and reads of a tablet go to these places. */
export interface Route {
  readonly tablet: TabletId
  readonly version: Version
  readonly writes: ReadonlyArray<string>
  readonly reads: ReadonlyArray<string>
}

/** Where writes and reads of a tablet go while it is as group 0 says. */
export const placesFor = ({ replicas, transition }: Tablet): Pick<Route, "writes" | "reads"> => {
  const prev = placesOf(replicas)
  if (transition === null) return { writes: prev, reads: prev }
  const { writes, reads } = selectors[transition.stage]
  const next = placesOf(transition.next)
  const both = [...new Set([...prev, ...next])].sort()
  return { writes: writes === "prev" ? prev : writes === "next" ? next : both, reads: reads === "prev" ? prev : next }
}

export const samePlaces = (one: ReadonlyArray<string>, other: ReadonlyArray<string>): boolean =>
  one.length === other.length && one.every((place, k) => place === other[k])

/** The routes after a command: one is added for every tablet whose requests go elsewhere from now on. */
export const afterRoutes = (routes: ReadonlyArray<Route>, label: ClusterLabel): ReadonlyArray<Route> => {
  if (label._tag !== "Committed") return routes
  const { version } = label.metadata
  const changed = rowPerTable(label.metadata).flatMap((tablet): ReadonlyArray<Route> => {
    const last = lastRoute(routes, tablet.tablet)
    const { writes, reads } = placesFor(tablet)
    return last !== undefined && samePlaces(last.writes, writes) && samePlaces(last.reads, reads)
      ? []
      : [{ tablet: tablet.tablet, version, writes, reads }]
  })
  return [...routes, ...changed]
}

/** The route in force: that of what group 0 said last. */
export const lastRoute = (routes: ReadonlyArray<Route>, tablet: TabletId): Route | undefined =>
  routes.findLast((route) => route.tablet === tablet)

/** The route that a request of a version takes; undefined where nobody knows so far back. */
export const routeOf = (routes: ReadonlyArray<Route>, tablet: TabletId, version: Version): Route | undefined =>
  routes.findLast((route) => route.tablet === tablet && route.version <= version)

/** Routes that a request of this version or a later one may still take. */
export const routesSince = (routes: ReadonlyArray<Route>, version: Version): ReadonlyArray<Route> =>
  routes.filter((route) => route.version >= version || routeOf(routes, route.tablet, version) === route)
