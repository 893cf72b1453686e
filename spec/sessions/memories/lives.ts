/** The life of each session as group 0 tells it: who it was set for, from which position on, and from which on no more. */
import type { SessionId } from "../ids.ts"
import type { ClusterLabel } from "../labels.ts"
import { type Metadata, type Position, rowPerTable, type TabletId, type TopologyRequestId } from "../metadata.ts"

/** What a session was set for: a tablet, or a request that concerns the topology as a whole, by name. */
export type User = TabletId | TopologyRequestId

export interface Life {
  readonly session: SessionId
  /** Everyone it was ever set for, by name. Only a restore may have several. */
  readonly users: ReadonlyArray<User>
  /** It was set as the topology's session, not as a tablet's. */
  readonly global: boolean
  readonly set: Position
  /** The first position that does not have it any more; null while it is set. */
  readonly removed: Position | null
}

export interface Lives {
  /** The first position that anybody saw committed: what was before is not known. Null before it. */
  readonly first: Position | null
  /** The last. */
  readonly at: Position | null
  /** In the order in which they were set. */
  readonly lives: ReadonlyArray<Life>
}

export const unborn: Lives = { first: null, at: null, lives: [] }

export const afterLives = ({ first, at, lives }: Lives, label: ClusterLabel): Lives =>
  label._tag === "Committed"
    ? { first: first ?? label.at, at: label.at, lives: livesAt(lives, label.at, label.metadata) }
    : { first, at, lives }

const livesAt = (lives: ReadonlyArray<Life>, at: Position, metadata: Metadata): ReadonlyArray<Life> => {
  const named = usersIn(metadata)
  const known = lives.map((life): Life => {
    const users = named.get(life.session)
    if (users !== undefined) return { ...life, users: sorted([...life.users, ...users]), removed: null }
    return life.removed === null ? { ...life, removed: at } : life
  })
  const born = [...named].filter(([session]) => !lives.some((life) => life.session === session))
  return [...known, ...born.map(([session, users]) => bornAt(session, users, at, metadata))]
}

/** Whoever is in hand when the topology's session is set is whom it is for, and stays that. */
const bornAt = (session: SessionId, users: ReadonlyArray<User>, at: Position, metadata: Metadata): Life => {
  const global = session === metadata.session
  const request = global ? metadata.topology?.current?.request : undefined
  return {
    session,
    users: sorted([...users, ...(request === undefined ? [] : [request])]),
    global,
    set: at,
    removed: null
  }
}

const sorted = (users: ReadonlyArray<User>): ReadonlyArray<User> => [...new Set(users)].sort()

/** Which tablets have which session, by the session's name. The topology's has none; tables that share a tablet are each of them in it. */
export const usersIn = (metadata: Metadata): ReadonlyMap<SessionId, ReadonlyArray<TabletId>> => {
  const { session } = metadata
  const pairs = rowPerTable(metadata).flatMap(({ tablet, transition }) =>
    transition === null || transition.session === null ? [] : [{ id: transition.session, tablet }]
  )
  const ids = [...new Set([...(session === null ? [] : [session]), ...pairs.map(({ id }) => id)])].sort()
  return new Map(ids.map((id) => [id, pairs.filter((pair) => pair.id === id).map(({ tablet }) => tablet)]))
}

export const lifeOf = ({ lives }: Lives, session: SessionId): Life | undefined =>
  lives.find((life) => life.session === session)

/** Whether a session was set once and is not any more, seen from a position. */
export const isRemovedBy = (life: Life | undefined, position: Position | null): boolean =>
  life !== undefined && life.removed !== null && position !== null && life.removed <= position

/** The sessions that group 0 names at a position, in order; undefined where nobody saw what it said there. */
export const openAt = ({ first, at, lives }: Lives, position: Position): ReadonlyArray<SessionId> | undefined =>
  first === null || at === null || position < first || position > at
    ? undefined
    : lives
        .filter(({ set, removed }) => set <= position && (removed === null || removed > position))
        .map(({ session }) => session)
        .sort()
