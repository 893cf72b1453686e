/** What a shard has of base tables: rows in its own sstables, and others in staging, as small sets. */
import type { SstableId, TableId } from "../../../spec/view-building/ids.ts"
import type { BaseRow } from "../../../spec/view-building/messages.ts"
import type { TabletRange } from "../../../spec/view-building/metadata.ts"

export interface Stored {
  readonly base: TableId
  readonly row: BaseRow
}

/** An sstable that is read but left alone until view updates were made from it. */
export interface Staged extends Stored {
  readonly sstable: SstableId
  /** Whether it is on the list that tasks choose from; until then it waits to be registered. */
  readonly listed: boolean
}

export interface Data {
  /** By base and key. */
  readonly rows: ReadonlyArray<Stored>
  /** By name. */
  readonly staging: ReadonlyArray<Staged>
}

export const noData: Data = { rows: [], staging: [] }

const textOf = ({ base, row }: Stored): string => `${base} ${row.key} ${row.timestamp}`

/** Rows join others of the same base; the same row twice is one. */
export const storing = ({ rows, staging }: Data, more: ReadonlyArray<Stored>): Data => {
  const all = new Map([...rows, ...more].map((stored) => [textOf(stored), { base: stored.base, row: stored.row }]))
  return { rows: [...all.keys()].sort().map((text) => all.get(text)!), staging }
}

export const staging = (data: Data, staged: Staged): Data => ({
  ...data,
  staging: [...data.staging.filter(({ sstable }) => sstable !== staged.sstable), staged].sort((one, other) =>
    one.sstable < other.sstable ? -1 : 1
  )
})

const isOf =
  (base: TableId, { after, lastToken }: Pick<TabletRange, "after" | "lastToken">) =>
  (stored: Stored): boolean =>
    stored.base === base && (after === null || stored.row.token > after) && stored.row.token <= lastToken

/** What lies in a tablet. */
export const within = (
  { rows, staging }: Data,
  base: TableId,
  range: Pick<TabletRange, "after" | "lastToken">
): Data => ({ rows: rows.filter(isOf(base, range)), staging: staging.filter(isOf(base, range)) })

/** What is left once a tablet was cleaned up. */
export const cleaned = (
  { rows, staging }: Data,
  base: TableId,
  range: Pick<TabletRange, "after" | "lastToken">
): Data => {
  const isGone = isOf(base, range)
  return { rows: rows.filter((stored) => !isGone(stored)), staging: staging.filter((staged) => !isGone(staged)) }
}

/** Sstables that were processed are like any other. */
export const unstaged = (data: Data, sstables: ReadonlyArray<SstableId>): Data => ({
  ...storing(
    data,
    data.staging.filter(({ sstable }) => sstables.includes(sstable))
  ),
  staging: data.staging.filter(({ sstable }) => !sstables.includes(sstable))
})

/** Every row that a build finds, in staging or not, by key. */
export const readRows = ({ rows, staging }: Data): ReadonlyArray<BaseRow> =>
  storing({ rows, staging: [] }, staging).rows.map(({ row }) => row)
