/** What a shard holds of its bases: rows on their way, in memtables, and in sstables. The environment of a worker, which reads it. */
import type { ArrivalId, SstableId, TableId, Token, ViewId } from "../../../spec/view-building/ids.ts"
import { isWithin, type Range } from "../../../spec/view-building/memories/places.ts"
import type { BaseRow } from "../../../spec/view-building/messages.ts"
import type { Cell } from "../../kernel/cell.ts"

export interface Arrival {
  readonly arrival: ArrivalId
  readonly base: TableId
  readonly row: BaseRow
  /** The views that it is sent on to. */
  readonly views: ReadonlyArray<ViewId>
  readonly to: "memtable" | "normal" | "staging"
}

export interface Sstable {
  readonly sstable: SstableId
  readonly base: TableId
  readonly rows: ReadonlyArray<BaseRow>
  readonly staging: boolean
}

export interface Memtable {
  readonly base: TableId
  readonly rows: ReadonlyArray<BaseRow>
}

/** Lost on restart is what is on its way; what is in memtables is written to sstables by the commit log. */
export interface Store {
  readonly coming: ReadonlyArray<Arrival>
  readonly memtables: ReadonlyArray<Memtable>
  /** What is being flushed, null while nothing is: the mutex lets one flush happen at a time. */
  readonly flushing: Memtable | null
  readonly sstables: ReadonlyArray<Sstable>
}

export const emptyStore: Store = { coming: [], memtables: [], flushing: null, sstables: [] }

/** The last write of each key, by key. */
export const newest = (rows: ReadonlyArray<BaseRow>): ReadonlyArray<BaseRow> =>
  rows
    .filter((row) => !rows.some((other) => other.key === row.key && other.timestamp > row.timestamp))
    .filter((row, index, all) => all.findIndex(({ key }) => key === row.key) === index)
    .sort((one, other) => (one.key < other.key ? -1 : 1))

/** Rows of a base in sstables, staging or not. */
export const onDisk = ({ sstables }: Store, base: TableId): ReadonlyArray<BaseRow> =>
  sstables.flatMap((one) => (one.base === base ? one.rows : []))

/** Every row of a base that has come. */
export const held = (store: Store, base: TableId): ReadonlyArray<BaseRow> => [
  ...onDisk(store, base),
  ...[...store.memtables, ...(store.flushing === null ? [] : [store.flushing])].flatMap((one) =>
    one.base === base ? one.rows : []
  )
]

/** Whether there is anything of a base, or on its way. */
export const holdsAny = (store: Store, base: TableId): boolean =>
  [...store.coming, ...store.memtables, ...store.sstables].some((one) => one.base === base) ||
  store.flushing?.base === base

/** The same with rows in one sstable of all that are not in staging: which sstable it is does not matter to anybody. */
const settled = (store: Store, base: TableId, rows: ReadonlyArray<BaseRow>): Store => {
  const isNormal = (one: Sstable): boolean => one.base === base && !one.staging
  const before = store.sstables.filter(isNormal).flatMap((one) => one.rows)
  const all: Sstable = {
    sstable: `${base} on disk` as SstableId,
    base,
    rows: newest([...before, ...rows]),
    staging: false
  }
  return {
    ...store,
    sstables: [...store.sstables.filter((one) => !isNormal(one)), ...(all.rows.length === 0 ? [] : [all])].sort(
      (one, other) => (one.sstable < other.sstable ? -1 : 1)
    )
  }
}

export const arrived = (store: Store, arrival: Arrival, sstable: SstableId | null): Store => {
  const left: Store = { ...store, coming: store.coming.filter((one) => one !== arrival) }
  const { base, row, to } = arrival
  if (to === "normal") return settled(left, base, [row])
  if (sstable !== null)
    return { ...left, sstables: [...left.sstables, { sstable, base, rows: [row], staging: true }].sort(bySstable) }
  const before = left.memtables.find((one) => one.base === base)?.rows ?? []
  return {
    ...left,
    memtables: [...left.memtables.filter((one) => one.base !== base), { base, rows: newest([...before, row]) }]
  }
}

const bySstable = (one: Sstable, other: Sstable): number => (one.sstable < other.sstable ? -1 : 1)

export const flushBegun = (store: Store, base: TableId): Store => ({
  ...store,
  memtables: store.memtables.filter((one) => one.base !== base),
  flushing: { base, rows: store.memtables.find((one) => one.base === base)?.rows ?? [] }
})

export const flushEnded = (store: Store): Store =>
  store.flushing === null ? store : { ...settled(store, store.flushing.base, store.flushing.rows), flushing: null }

/** Staging sstables that have become normal. */
export const processed = (store: Store, sstables: ReadonlyArray<SstableId>): Store =>
  store.sstables
    .filter(({ sstable }) => sstables.includes(sstable))
    .reduce<Store>(
      (now, { sstable, base, rows }) =>
        settled({ ...now, sstables: now.sstables.filter((one) => one.sstable !== sstable) }, base, rows),
      store
    )

/** Some tokens of a base. */
export interface Part extends Range {
  readonly base: TableId
}

export const isOf = (base: TableId, token: Token, part: Part): boolean => base === part.base && isWithin(token, part)

/** Without anything of a base, or of a part of it, but what is on its way. */
export const emptied = (store: Store, base: TableId, range?: Range): Store => {
  const isGone = ({ token }: BaseRow): boolean => range === undefined || isWithin(token, range)
  const left = <A extends Memtable>(one: A): A =>
    one.base === base ? { ...one, rows: one.rows.filter((row) => !isGone(row)) } : one
  const isAny = ({ base: of, rows }: Memtable): boolean => of !== base || rows.length > 0
  return {
    ...store,
    memtables: store.memtables.map(left).filter(isAny),
    flushing: store.flushing === null ? null : left(store.flushing),
    sstables: store.sstables.map(left).filter(isAny)
  }
}

export const afterRestart = (store: Store): Store =>
  [...store.memtables, ...(store.flushing === null ? [] : [store.flushing])].reduce<Store>(
    (now, { base, rows }) => settled(now, base, rows),
    { ...store, coming: [], memtables: [], flushing: null }
  )

/** An sstable that was written anew, as it was, under another name. */
export interface Rewritten {
  readonly sstable: SstableId
  readonly by: SstableId
}

/** What happens to a shard's data: it has become another, a flush begins, rows come in files, some is dropped, or its node falls. */
export type StoreOp =
  | Store
  | { readonly flushes: TableId }
  | { readonly keeps: ReadonlyArray<Memtable> }
  | { readonly stages: Sstable }
  | { readonly cleans: Part }
  | { readonly rewrites: Rewritten }
  | "falls"

export const storeCell = (name: string): Cell<Store, StoreOp> => ({
  name,
  init: emptyStore,
  apply: (store, op) => {
    if (op === "falls") return afterRestart(store)
    if ("flushes" in op) return flushBegun(store, op.flushes)
    if ("keeps" in op) return op.keeps.reduce((now, { base, rows }) => settled(now, base, rows), store)
    if ("stages" in op) return { ...store, sstables: [...store.sstables, op.stages].sort(bySstable) }
    if ("rewrites" in op) {
      const { sstable, by } = op.rewrites
      const sstables = store.sstables.map((one) => (one.sstable === sstable ? { ...one, sstable: by } : one))
      return { ...store, sstables: sstables.sort(bySstable) }
    }
    return "cleans" in op ? emptied(store, op.cleans.base, op.cleans) : op
  }
})
