/** What clients were promised: writes that were acknowledged, and deletions whose tombstones are gone for good. */
import type { ClusterLabel } from "../labels.ts"
import type { RequestId, Row } from "../messages.ts"
import type { Metadata, NodeId, TabletId } from "../metadata.ts"
import { majority } from "./places.ts"

/** A request that somebody may still serve or tell the end of. */
export interface Asking {
  readonly request: RequestId
  readonly tablet: TabletId
  readonly row: Row | null
  readonly silent: ReadonlyArray<NodeId>
  readonly told: boolean
  /** Present for a hint: that it was delivered promises nothing to anybody. */
  readonly hint?: true
}

/** A write of a key. */
export interface Write {
  readonly tablet: TabletId
  readonly key: string
  readonly timestamp: number
  /** It is a deletion. */
  readonly dead: boolean
}

/** An acknowledged deletion whose tombstone was purged: nothing of that age may be seen again. */
export interface Grave {
  readonly tablet: TabletId
  readonly key: string
  readonly timestamp: number
}

export interface Acknowledged {
  readonly asking: ReadonlyArray<Asking>
  /** The newest of each key that a client was told of. */
  readonly acked: ReadonlyArray<Write>
  readonly graves: ReadonlyArray<Grave>
  /** The newest deletion of each key that anybody asked for: from then on, to find nothing is no wonder. */
  readonly deleted: ReadonlyArray<Grave>
}

export const noPromises: Acknowledged = { asking: [], acked: [], graves: [], deleted: [] }

export const afterPromises = ({ asking, acked, graves, deleted }: Acknowledged, label: ClusterLabel): Acknowledged => {
  const before: Acknowledged = { asking, acked, graves, deleted }
  switch (label._tag) {
    case "RequestBegan": {
      const { request, tablet, key, row, targets, hint } = label
      const asked: Asking = { request, tablet, row, silent: targets, told: false }
      return {
        ...before,
        asking: [...asking, hint === undefined ? asked : { ...asked, hint: true }],
        deleted: row?.value === null ? newer(deleted, { tablet, key, timestamp: row.timestamp }) : deleted
      }
    }
    case "Served":
      // Of a conditional write more is to come until it was learned.
      if (label.round !== undefined && label.round !== "learn") return before
      return {
        ...before,
        asking: changed(asking, label.request, (asked) => ({
          ...asked,
          silent: asked.silent.filter((node) => node !== label.node)
        }))
      }
    case "RequestEnded": {
      const written = label.ok && label.applied !== false ? writeOf(before, label.request) : undefined
      return {
        ...before,
        asking: changed(asking, label.request, (known) => ({ ...known, told: true })),
        acked: written === undefined ? acked : newer(acked, written)
      }
    }
    case "Purged": {
      const old = acked.filter((write) => isForgotten(before, write, label))
      const buried = old.filter(({ dead }) => dead)
      return {
        ...before,
        acked: acked.filter((other) => !old.includes(other)),
        graves: buried.reduce<ReadonlyArray<Grave>>(
          (all, { tablet, key, timestamp }) => newer(all, { tablet, key, timestamp }),
          graves
        )
      }
    }
    case "Truncated":
      return { ...before, acked: notOf(acked, [label.tablet]), graves: notOf(graves, [label.tablet]) }
    case "Committed":
      return { ...before, acked: notOf(acked, lostTablets(label.metadata)) }
    default:
      return before
  }
}

/**
 * Whether a purge may have taken a write along: one that a deletion covers, or a deletion itself.
 *
 * A deletion that was never acknowledged will do, for nobody promised that what it covers is kept. What nobody has deleted
 * stays, however old it is.
 */
const isForgotten = (
  { deleted }: Acknowledged,
  { tablet, key, timestamp }: Grave,
  purge: Extract<ClusterLabel, { _tag: "Purged" }>
): boolean => {
  if (tablet !== purge.tablet || timestamp >= purge.before) return false
  const deletion = about(deleted, tablet, key)
  return deletion !== undefined && deletion.timestamp >= timestamp
}

const writeOf = (before: Acknowledged, request: RequestId): Write | undefined => {
  const asked = askingOf(before, request)
  if (asked === undefined || asked.row === null || asked.hint === true) return undefined
  const { key, timestamp, value } = asked.row
  return { tablet: asked.tablet, key, timestamp, dead: value === null }
}

/** Tablets that have so many dead replicas that nobody can promise anything. */
export const lostTablets = ({ tablets, ignored }: Metadata): ReadonlyArray<TabletId> =>
  tablets
    .filter(({ replicas }) => replicas.filter(({ node }) => ignored.includes(node)).length >= majority(replicas.length))
    .map(({ tablet }) => tablet)

const notOf = <A extends Grave>(all: ReadonlyArray<A>, tablets: ReadonlyArray<TabletId>): ReadonlyArray<A> =>
  all.filter(({ tablet }) => !tablets.includes(tablet))

const changed = (
  asking: ReadonlyArray<Asking>,
  request: RequestId,
  change: (asked: Asking) => Asking
): ReadonlyArray<Asking> =>
  asking
    .map((asked) => (asked.request === request ? change(asked) : asked))
    .filter(({ told, silent }) => !told || silent.length > 0)

/** The same, with the newest of a key. */
export const newer = <A extends Grave>(all: ReadonlyArray<A>, added: A): ReadonlyArray<A> => {
  const known = about(all, added.tablet, added.key)
  if (known !== undefined && known.timestamp >= added.timestamp) return all
  return [...all.filter((other) => other !== known), added].sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1))
}

const nameOf = ({ tablet, key }: Grave): string => `${tablet} ${key}`

/** What is known about a key. */
export const about = <A extends Grave>(all: ReadonlyArray<A>, tablet: TabletId, key: string): A | undefined =>
  all.find((known) => known.tablet === tablet && known.key === key)

export const askingOf = ({ asking }: Acknowledged, request: RequestId): Asking | undefined =>
  asking.find((asked) => asked.request === request)
