/** Names that every scope uses. */
import { GuardId, SessionId } from "../../../spec/sessions/ids.ts"
import type { Row } from "../../../spec/sessions/messages.ts"
import { TabletId } from "../../../spec/sessions/metadata.ts"

/** The tablet that transitions are about. */
export const tabletName = TabletId.make("t1")

/** Tables that share the tablet, by the tablet's name in each. */
export const sharingNames = (count: number): ReadonlyArray<TabletId> =>
  Array.from({ length: count }, (_, k) => TabletId.make(`${tabletName}${String.fromCharCode("b".charCodeAt(0) + k)}`))

/** What is added to the name of a rule that is about another table than the first. */
export const ofTable = (table: TabletId): string => (table === tabletName ? "" : ` of ${table}`)

/** Another tablet, in which no data moves. */
export const neighbourName = TabletId.make("t2")

/** The other half of the tablet, once it is split or until it is merged. */
export const otherHalf = TabletId.make("t1.2")

/** The session of an operation that has nothing to do with the tablet and goes on for ever, and its guard on each shard. */
export const unrelatedSession = SessionId.make("unrelated")
export const unrelatedGuard = GuardId.make("unrelated/reader")

/** The one key that clients write. */
export const rowKey = "k"

/** The write that every replica has from the beginning. */
export const firstRow: Row = { key: rowKey, timestamp: 1, value: "w1" }

/** What a backup holds: older than everything. */
export const backedUp: Row = { key: rowKey, timestamp: 0, value: "w0" }
