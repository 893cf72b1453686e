/** Laws about requests of clients and the versions they are routed by: V2, V3c, V4, V5v, V7. */
import { history } from "../../law.ts"
import type { ClusterLabel } from "../labels.ts"
import { type Contexts, contexts, counted } from "../memories/contexts.ts"
import { goingOf } from "../memories/fences.ts"
import { majority, placeOf } from "../memories/places.ts"
import { askedBy, isStale, type Requests, requests } from "../memories/requests.ts"
import { type Route, routeOf, samePlaces } from "../memories/routes.ts"

export const V2 = history<ClusterLabel, Contexts>("SES-V2", {
  sentence:
    "No request is routed by metadata older than a succeeded barrier's, so that at most two ways of routing a tablet's requests are in use at once, and they differ for reads or for writes alone.",
  source: "dossier sessions 4.1, V2; locator/tablets.cc get_selector_for_writes; docs/dev/topology-over-raft.md",
  reading: "A way of routing is the replicas that writes and reads go to. Requests of ignored nodes are not judged.",
  follows: contexts,
  breaks: (_, label, after) => {
    if (label._tag !== "RequestBegan" || after.ignored.includes(label.node)) return undefined
    const { floor } = after
    if (floor !== null && label.version < floor)
      return `${label.request} is routed by version ${label.version}, and a barrier of version ${floor} has succeeded`
    const used = routesInUse(after).filter(({ tablet }) => tablet === label.tablet)
    const [one, other] = used
    if (one === undefined || other === undefined) return undefined
    if (used.length > 2) return `requests for ${label.tablet} are routed in ${used.length} ways`
    return samePlaces(one.writes, other.writes) || samePlaces(one.reads, other.reads)
      ? undefined
      : `requests for ${label.tablet} are routed in two ways that have neither reads nor writes in common`
  }
})

/** Each way in which requests that count are routed, once. */
export const routesInUse = (memory: Contexts): ReadonlyArray<Route> => {
  const used = counted(memory).flatMap(({ tablet, version }) => routeOf(memory.routes, tablet, version) ?? [])
  return used.filter((route, k) => used.findIndex((other) => isSame(route, other)) === k)
}

const isSame = (one: Route, other: Route): boolean =>
  one.tablet === other.tablet && samePlaces(one.writes, other.writes) && samePlaces(one.reads, other.reads)

export const V3c = history<ClusterLabel, Contexts>("SES-V3c", {
  sentence:
    "A coordinator raises the fence no higher than the version that its barrier began at, and only when no request below it is left.",
  source:
    "dossier sessions 4.1, V3, and 2.6; service/topology_coordinator.cc global_token_metadata_barrier; issue 18699",
  reading:
    "That no request is left is asked of barriers on behalf of tablets; the others fence out whom they could not reach.",
  follows: contexts,
  breaks: (before, label) => {
    if (label._tag !== "Committed" || label.by._tag !== "Coordinator") return undefined
    const { fence } = label.metadata
    const { term } = label.by
    if (before.fence === null || fence <= before.fence) return undefined
    const barrier = before.going.find((going) => going.term === term && going.version >= fence)
    if (barrier === undefined) return `the fence becomes ${fence}, and no barrier began at that version`
    const old = barrier.strict ? counted(before).find(({ version }) => version < fence) : undefined
    return old === undefined ? undefined : `the fence becomes ${fence} while ${old.request} goes on at ${old.version}`
  }
})

export const V5v = history<ClusterLabel, Contexts>("SES-V5v", {
  sentence: "When a barrier has succeeded, no request is left that is routed by an older version than it began at.",
  source:
    "dossier sessions 4.1, V5; service/storage_service.cc local_topology_barrier; token_metadata.cc stale_versions_in_use",
  follows: contexts,
  breaks: (before, label) => {
    if (label._tag !== "BarrierEnded" || !label.ok) return undefined
    const barrier = goingOf(before.going, label)
    if (barrier === undefined || !barrier.strict) return undefined
    const old = counted(before).find(({ version }) => version < barrier.version)
    return old === undefined
      ? undefined
      : `a barrier of version ${barrier.version} succeeds while ${old.request} goes on at ${old.version}`
  }
})

export const V4 = history<ClusterLabel, Requests>("SES-V4", {
  sentence:
    "A replica never says yes to a request whose token is below its fence, and a client hears of success only if enough replicas have said yes.",
  source: "dossier sessions 4.1, V4, and 2.7; service/storage_proxy.cc check_fence, run_fenceable_write",
  reading:
    "Enough is more than a half of those asked, which is the least that a quorum may be. A token of 0 is not fenced. Of a conditional write enough have to say yes in its last round.",
  follows: requests,
  breaks: (before, label) => {
    if (label._tag === "Served") {
      const asked = askedBy(before, label.request)
      return label.reason === null && asked !== undefined && isStale(asked, label.fence)
        ? `${placeOf(label)} serves ${label.request} of version ${asked.version}, and its fence is ${label.fence}`
        : undefined
    }
    if (label._tag !== "RequestEnded" || !label.ok) return undefined
    const asked = askedBy(before, label.request)
    return asked === undefined || asked.served.length >= majority(asked.targets)
      ? undefined
      : `${label.request} succeeds, and ${asked.served.length} of ${asked.targets} have served it`
  }
})

export const V7 = history<ClusterLabel, Contexts>("SES-V7", {
  sentence:
    "A write goes to every replica that its version's metadata names for writes, and a read to none but those for reads.",
  source: "dossier sessions 3.1, and 2.7; locator/tablets.cc get_selector_for_writes, get_selector_for_reads",
  reading:
    "By nodes: which shards serve a request is a node's own business. Versions that nobody knows any more are not judged. A hint goes to those that have missed the write, and is not judged.",
  follows: contexts,
  breaks: (before, label) => {
    if (label._tag !== "RequestBegan" || label.hint !== undefined) return undefined
    const route = routeOf(before.routes, label.tablet, label.version)
    if (route === undefined) return undefined
    const targets: ReadonlyArray<string> = label.targets
    const missed = label.row === null ? undefined : route.writes.map(nodeOf).find((node) => !targets.includes(node))
    if (missed !== undefined)
      return `${label.request} does not go to ${missed}, where writes of version ${label.version} go`
    const reads = route.reads.map(nodeOf)
    const stranger = label.row === null ? targets.find((node) => !reads.includes(node)) : undefined
    return stranger === undefined
      ? undefined
      : `${label.request} goes to ${stranger}, and reads of version ${label.version} do not`
  }
})

/** The node of a place. */
const nodeOf = (place: string): string => place.slice(0, place.lastIndexOf("."))
