import type { WorkId } from "../../../spec/sessions/messages.ts"
import { Refused } from "./refused.ts"

/**
 * The fetches of files that this node waits for: a file that belongs to none of them, or to one that is over, is refused.
 *
 * Source: streaming/stream_blob.cc tablet_streams; dossier `sessions.md` 2.9.
 */
export class FileFetches {
  readonly #waiting = new Set<WorkId>()

  /** Waits for files until the function returned is called. */
  begin(fetch: WorkId): () => void {
    this.#waiting.add(fetch)
    return () => this.#waiting.delete(fetch)
  }

  /** Refused with: StreamFailed. */
  check(fetch: WorkId): void {
    if (!this.#waiting.has(fetch)) throw new Refused("StreamFailed")
  }
}
