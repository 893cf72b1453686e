/** Names that every scope uses. */
import { SessionId } from "../../../spec/sessions/ids.ts"
import type { Row } from "../../../spec/sessions/messages.ts"
import { TabletId } from "../../../spec/sessions/metadata.ts"

/** The tablet that transitions are about. */
export const tabletName = TabletId.make("t1")

/** A tablet that nothing happens to but a long stream. */
export const unrelatedTablet = TabletId.make("t2")
export const unrelatedSession = SessionId.make("unrelated")

/** The one key that clients write. */
export const rowKey = "k"

/** The write that every replica has from the beginning. */
export const firstRow: Row = { key: rowKey, timestamp: 1, value: "w1" }

/** What a backup holds: older than everything. */
export const backedUp: Row = { key: rowKey, timestamp: 0, value: "w0" }
