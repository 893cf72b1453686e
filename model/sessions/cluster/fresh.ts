/** Names that nobody has used: counters, for the model knows no randomness. */
import { SessionId } from "../../../spec/sessions/ids.ts"
import type { Position } from "../../../spec/sessions/metadata.ts"

/** The id of a session that is set by the command after `seen`. A commit is effective at most once there, so the name is fresh. */
export const freshSession = (seen: Position): SessionId => SessionId.make(`session-${seen + 1}`)
