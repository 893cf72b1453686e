/** Laws about rows: D1, D2, D2r, D3, D4, D5. */
import { history } from "../../law.ts"
import type { ClusterLabel } from "../labels.ts"
import { about } from "../memories/acknowledged.ts"
import { type Contexts, contexts, counted } from "../memories/contexts.ts"
import { type Copies, copies, homeOf, newestAt } from "../memories/copies.ts"
import { majority, placeOf } from "../memories/places.ts"
import { type Reads, reads } from "../memories/reads.ts"
import { lastRoute, routeOf } from "../memories/routes.ts"
import type { Row } from "../messages.ts"

export const D1 = history<ClusterLabel, Copies>("SES-D1", {
  sentence:
    "When a transition ends, every write that was acknowledged is on as many of the replicas that the tablet has then as a quorum needs.",
  source: "dossier sessions 4.1, D1, and 3.2b; service/storage_proxy.cc write_response_handler",
  reading:
    "Requests ask for a quorum, for labels do not tell otherwise. A newer write of the key will do, and so will a purge of the deletion. Nothing is promised where the operator has declared a quorum dead.",
  follows: copies,
  breaks: (before, label, after) => {
    if (label._tag !== "Committed") return undefined
    for (const write of after.acked) {
      const home = homeOf(after, write.tablet)
      if (home === undefined || home.moving || homeOf(before, write.tablet)?.moving !== true) continue
      const having = home.replicas.filter((place) => (newestAt(after, place, write) ?? -1) >= write.timestamp)
      if (having.length < majority(home.replicas.length))
        return `the write of ${write.key} at ${write.timestamp} is on [${having.join(", ")}] of [${home.replicas.join(", ")}]`
    }
    return undefined
  }
})

export const D2 = history<ClusterLabel, Copies>("SES-D2", {
  sentence:
    "No resurrection: when a deletion was acknowledged and its tombstone purged, no older write is found on a replica that reads go to.",
  source: "dossier sessions 4.1, D2; test/cluster/test_tablets2.py test_streaming_is_guarded_by_topology_guard",
  reading:
    "A purge says that all replicas had the tombstone. Found means that it came in and nothing newer is there, or that a read found it. Ignored nodes are not judged.",
  follows: copies,
  breaks: (before, label, after) => {
    if (label._tag === "Served") {
      const why = foundAgain(before, label)
      if (why !== undefined) return why
    }
    if (label._tag !== "Landed" && label._tag !== "Served" && label._tag !== "Committed") return undefined
    for (const grave of after.graves) {
      const places = homeOf(after, grave.tablet)?.reads ?? []
      const risen = places.find((place) => isOlder(newestAt(after, place, grave), grave.timestamp))
      if (risen !== undefined && !isIgnored(after, risen))
        return `${grave.key} was deleted at ${grave.timestamp} and purged, and an older write of it is back on ${risen}`
    }
    return undefined
  }
})

const isOlder = (timestamp: number | undefined, than: number): boolean => timestamp !== undefined && timestamp < than

const isIgnored = ({ ignored }: Copies, place: string): boolean => ignored.some((node) => place.startsWith(`${node}.`))

/** A read found at a replica what nobody may see again. */
const foundAgain = (before: Copies, label: Extract<ClusterLabel, { _tag: "Served" }>): string | undefined => {
  const asked = before.asking.find(({ request }) => request === label.request)
  if (asked === undefined || asked.row !== null || before.ignored.includes(label.node)) return undefined
  if (homeOf(before, asked.tablet)?.reads.includes(placeOf(label)) !== true) return undefined
  const grave = before.graves.find(
    ({ tablet, key, timestamp }) => tablet === asked.tablet && isOlder(newestOf(label.rows, key), timestamp)
  )
  return grave === undefined
    ? undefined
    : `${label.request} finds ${grave.key} on ${placeOf(label)}, which was deleted at ${grave.timestamp} and purged`
}

const newestOf = (rows: ReadonlyArray<Row>, key: string): number | undefined =>
  rows
    .filter((row) => row.key === key)
    .reduce<number | undefined>((most, { timestamp }) => Math.max(most ?? 0, timestamp), undefined)

export const D2r = history<ClusterLabel, Reads>("SES-D2r", {
  sentence: "No client sees a resurrection: a read that began after the purge of a deletion returns nothing older.",
  source: "dossier sessions 4.1, D2; test/cluster/test_tablets2.py test_streaming_is_guarded_by_topology_guard",
  follows: reads,
  breaks: (before, label) => {
    if (label._tag !== "RequestEnded" || !label.ok) return undefined
    const reading = before.reading.find(({ request }) => request === label.request)
    if (reading === undefined || reading.buried === null) return undefined
    return isOlder(newestOf(label.rows, reading.key), reading.buried)
      ? `${label.request} returns ${reading.key}, which was deleted at ${reading.buried} and purged`
      : undefined
  }
})

export const D3 = history<ClusterLabel, Copies>("SES-D3", {
  sentence: "While a tablet is in no transition, only its replicas have data of it.",
  source: "dossier sessions 4.1, D3; docs/dev/topology-over-raft.md, INV-TABL-1",
  reading: "What a truncation or a purge has left empty still counts as data. Ignored nodes are not judged.",
  follows: copies,
  breaks: (_, label, after) => {
    if (label._tag !== "Committed" && label._tag !== "Landed" && label._tag !== "Served") return undefined
    const stray = after.holdings.find((held) => {
      const home = homeOf(after, held.tablet)
      if (home === undefined || home.moving || after.ignored.includes(held.node)) return false
      return !home.replicas.includes(placeOf(held))
    })
    return stray === undefined
      ? undefined
      : `${placeOf(stray)} has data of ${stray.tablet}, which is in no transition and is not its own`
  }
})

export const D4 = history<ClusterLabel, Reads>("SES-D4", {
  sentence: "A quorum read that began after a quorum write was acknowledged sees it, or something newer.",
  source: "dossier sessions 4.1, D4; docs/dev/topology-over-raft.md, tablet migration",
  reading:
    "Requests ask for a quorum, for labels do not tell otherwise. Nothing has to be seen of a deletion, or where one was asked for since. A conditional write reads as well, whether it is applied or not: by what it finds it is judged as a read.",
  follows: reads,
  breaks: (before, label) => {
    if (label._tag !== "RequestEnded" || !label.ok) return undefined
    const reading = before.reading.find(({ request }) => request === label.request)
    if (reading === undefined || reading.least === null) return undefined
    const { tablet, key, least } = reading
    const seen = newestOf(label.rows, key)
    if (seen !== undefined)
      return seen < least ? `${label.request} sees ${key} as of ${seen}, and it was written at ${least}` : undefined
    const deleted = about(before.deleted, tablet, key)
    return deleted !== undefined && deleted.timestamp >= least
      ? undefined
      : `${label.request} does not see ${key}, which was written at ${least}`
  }
})

export const D5 = history<ClusterLabel, Contexts>("SES-D5", {
  sentence:
    "A replica drops its data only when no request that is going on may write to it, and never while the tablet's requests go to it.",
  source: "dossier sessions 4.1, D5; service/storage_service.cc cleanup_tablet; scylladb issue 26512",
  follows: contexts,
  breaks: (before, label) => {
    if (label._tag !== "Cleaned") return undefined
    const place = placeOf(label)
    const now = lastRoute(before.routes, label.tablet)
    if (now?.writes.includes(place) || now?.reads.includes(place))
      return `${place} drops ${label.tablet}, whose requests go to it`
    const writer = counted(before).find(
      ({ tablet, version, writes }) =>
        writes && tablet === label.tablet && routeOf(before.routes, tablet, version)?.writes.includes(place) === true
    )
    return writer === undefined
      ? undefined
      : `${place} drops ${label.tablet} while ${writer.request} of version ${writer.version} may write to it`
  }
})
