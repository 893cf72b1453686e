/** Requests that are going on with the versions that they are routed by, and which versions barriers have ended. */
import type { Memory } from "../../law.ts"
import type { ClusterLabel } from "../labels.ts"
import type { CommandIndex, RequestId } from "../messages.ts"
import { type NodeId, type TabletId, type Term, Version } from "../metadata.ts"
import { goingOf } from "./fences.ts"
import { afterIgnored, fallenNode } from "./places.ts"
import { afterRoutes, type Route, routesSince } from "./routes.ts"

export interface Context {
  readonly request: RequestId
  readonly node: NodeId
  readonly version: Version
  readonly tablet: TabletId
  readonly writes: boolean
}

export interface GoingVersion {
  readonly term: Term
  readonly index: CommandIndex
  readonly version: Version
  /** Whether it is a barrier on behalf of tablets, which insists on every node. */
  readonly strict: boolean
}

export interface Contexts {
  readonly ignored: ReadonlyArray<NodeId>
  readonly routes: ReadonlyArray<Route>
  /** In the order in which they began. */
  readonly live: ReadonlyArray<Context>
  readonly going: ReadonlyArray<GoingVersion>
  /** The greatest version of a barrier on behalf of tablets that has succeeded: requests of older ones are over. */
  readonly floor: Version | null
  /** Null while nobody knows. */
  readonly fence: Version | null
}

export const contexts: Memory<Contexts, ClusterLabel> = {
  name: "contexts",
  init: { ignored: [], routes: [], live: [], going: [], floor: null, fence: null },
  on: (before, label) => {
    const fallen = fallenNode(label)
    if (fallen !== undefined) return pruned({ ...before, live: before.live.filter(({ node }) => node !== fallen) })
    switch (label._tag) {
      case "Committed":
        return {
          ...before,
          ignored: afterIgnored(before.ignored, label),
          routes: afterRoutes(before.routes, label),
          fence: label.metadata.fence
        }
      case "BarrierBegan": {
        const { term, index, version, tablets } = label
        const others = before.going.filter((other) => other.term !== term)
        return { ...before, going: [...others, { term, index, version, strict: tablets.length > 0 }] }
      }
      case "BarrierEnded": {
        const over = goingOf(before.going, label)
        // Told to have failed, it may still raise the fence: its commit can be on its way, and nobody knows what became of it.
        if (over === undefined || !label.ok) return before
        const going = before.going.filter((other) => other !== over)
        if (!over.strict) return { ...before, going }
        const floor = before.floor === null || over.version > before.floor ? over.version : before.floor
        return pruned({ ...before, going, floor })
      }
      case "RequestBegan": {
        const { request, node, version, tablet, row } = label
        return { ...before, live: [...before.live, { request, node, version, tablet, writes: row !== null }] }
      }
      case "RequestEnded":
        return pruned({ ...before, live: before.live.filter(({ request }) => request !== label.request) })
      default:
        return before
    }
  }
}

/** Without routes that nobody can take any more. */
const pruned = (memory: Contexts): Contexts => {
  const { floor, live, routes } = memory
  if (floor === null) return memory
  const oldest = Version.make(Math.min(floor, ...live.map(({ version }) => version)))
  return { ...memory, routes: routesSince(routes, oldest) }
}

/** Requests that count: those of nodes that nobody has declared dead. */
export const counted = ({ live, ignored }: Contexts): ReadonlyArray<Context> =>
  live.filter(({ node }) => !ignored.includes(node))
