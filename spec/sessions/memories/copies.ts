/** Which replica has which rows, beside what clients were promised. */
import type { Memory } from "../../law.ts"
import type { ClusterLabel } from "../labels.ts"
import type { Row } from "../messages.ts"
import { type Metadata, type NodeId, type Replica, rowPerTable, type TabletId } from "../metadata.ts"
import {
  type Acknowledged,
  about,
  afterPromises,
  askingOf,
  type Grave,
  newer,
  noPromises,
  type Write
} from "./acknowledged.ts"
import { afterIgnored, placeOf, placesOf } from "./places.ts"
import { placesFor } from "./routes.ts"

/** What a shard has of a tablet: the newest write of each key that anybody saw come in. */
export interface Holding extends Replica {
  readonly tablet: TabletId
  readonly newest: ReadonlyArray<Write>
}

/** Where a tablet lives. */
export interface Home {
  readonly tablet: TabletId
  readonly moving: boolean
  readonly replicas: ReadonlyArray<string>
  readonly reads: ReadonlyArray<string>
}

export interface Copies extends Acknowledged {
  readonly ignored: ReadonlyArray<NodeId>
  readonly homes: ReadonlyArray<Home>
  /** By place and tablet. Replicas that a tablet has when it is first heard of are believed to have something. */
  readonly holdings: ReadonlyArray<Holding>
}

export const copies: Memory<Copies, ClusterLabel> = {
  name: "copies",
  init: { ...noPromises, ignored: [], homes: [], holdings: [] },
  on: (before, label) => ({
    ...afterPromises(before, label),
    ignored: afterIgnored(before.ignored, label),
    homes: label._tag === "Committed" ? homesIn(label.metadata) : before.homes,
    holdings: afterHoldings(before, label)
  })
}

const homesIn = (metadata: Metadata): ReadonlyArray<Home> =>
  rowPerTable(metadata).map((tablet) => ({
    tablet: tablet.tablet,
    moving: tablet.transition !== null,
    replicas: placesOf(tablet.replicas),
    reads: placesFor(tablet).reads
  }))

const afterHoldings = (before: Copies, label: ClusterLabel): ReadonlyArray<Holding> => {
  const { holdings } = before
  switch (label._tag) {
    case "Committed":
      return rowPerTable(label.metadata)
        .filter(({ tablet }) => homeOf(before, tablet) === undefined)
        .flatMap(({ tablet, replicas }) => replicas.map((replica) => ({ replica, tablet })))
        .reduce((now, { replica, tablet }) => holding(now, replica, tablet, (newest) => newest), holdings)
    case "Landed":
      return label.rows.length === 0 ? holdings : written(holdings, label, label.tablet, label.rows)
    case "Served": {
      const asked = askingOf(before, label.request)
      if (asked === undefined || asked.row === null) return holdings
      // What was refused in the end may have been written all the same.
      const rows = label.reason === null && label.round === undefined ? [asked.row] : writtenIn(label)
      return rows.length === 0 ? holdings : written(holdings, label, asked.tablet, rows)
    }
    case "Restarted":
      return (label.allocated ?? []).reduce(
        (now, { shard, tablet }) => holding(now, { node: label.node, shard }, tablet, (newest) => newest),
        holdings
      )
    case "Cleaned":
      return holdings.filter((held) => held.tablet !== label.tablet || placeOf(held) !== placeOf(label))
    case "Truncated":
      return holding(holdings, label, label.tablet, () => [])
    // A purge takes tombstones, and of a key that it covers one of those is the newest here. A replica that never had it keeps all.
    case "Purged":
      return holding(holdings, label, label.tablet, (newest) =>
        newest.filter(({ timestamp, dead }) => !dead || timestamp >= label.before)
      )
    default:
      return holdings
  }
}

/** What a replica has told of that it wrote. Of a conditional write it writes only what was decided, which may be another's. */
const writtenIn = ({ rows, round }: Extract<ClusterLabel, { _tag: "Served" }>): ReadonlyArray<Row> =>
  round === undefined || round === "learn" ? rows : []

const written = (
  holdings: ReadonlyArray<Holding>,
  replica: Replica,
  tablet: TabletId,
  rows: ReadonlyArray<Row>
): ReadonlyArray<Holding> =>
  holding(holdings, replica, tablet, (newest) =>
    rows.reduce(
      (now, { key, timestamp, value }) => newer(now, { tablet, key, timestamp, dead: value === null }),
      newest
    )
  )

/** The same with one holding changed, which need not have been there. */
const holding = (
  holdings: ReadonlyArray<Holding>,
  { node, shard }: Replica,
  tablet: TabletId,
  change: (newest: ReadonlyArray<Write>) => ReadonlyArray<Write>
): ReadonlyArray<Holding> => {
  const known = holdingOf(holdings, placeOf({ node, shard }), tablet)
  const changed: Holding = { node, shard, tablet, newest: change(known?.newest ?? []) }
  return [...holdings.filter((other) => other !== known), changed].sort((one, other) =>
    nameOf(one) < nameOf(other) ? -1 : 1
  )
}

const nameOf = (held: Holding): string => `${placeOf(held)} ${held.tablet}`

const holdingOf = (holdings: ReadonlyArray<Holding>, place: string, tablet: TabletId): Holding | undefined =>
  holdings.find((held) => held.tablet === tablet && placeOf(held) === place)

export const homeOf = ({ homes }: Copies, tablet: TabletId): Home | undefined =>
  homes.find((home) => home.tablet === tablet)

/** The timestamp of the newest write of a key that a place has, if any came in. */
export const newestAt = (
  { holdings }: Copies,
  place: string,
  { tablet, key }: Omit<Grave, "timestamp">
): number | undefined => about(holdingOf(holdings, place, tablet)?.newest ?? [], tablet, key)?.timestamp
