/** Names that nobody has used: counters, for the model knows no randomness. */
import { SessionId } from "../../../spec/sessions/ids.ts"
import type { Position, TabletId } from "../../../spec/sessions/metadata.ts"
import { tabletName } from "./names.ts"

/**
 * The id of a session that is set for a tablet by the command after `seen`.
 *
 * A commit is effective at most once there, and sets one session at most for each tablet, so the name is fresh.
 */
export const freshSession = (seen: Position, tablet: TabletId = tabletName): SessionId =>
  SessionId.make(`session-${seen + 1}${tablet === tabletName ? "" : `/${tablet}`}`)
