import type { Change, Committer } from "../../../spec/view-building/messages.ts"
import { Mutex } from "../../runtime/mutex.ts"
import { Draft } from "../changes/draft.ts"
import type { Journal } from "../journal.ts"
import { type CommitGuard, type Group0, Unavailable } from "./group0.ts"

/** The right to read group 0's state and to change it, which nobody else on this node has meanwhile. */
export interface Operation {
  readonly guard: CommitGuard
  readonly draft: Draft
  /** Commits the draft. False if it had no effect, or nobody knows. The operation is over either way. */
  commit(change: Change): Promise<boolean>
  /** Ends it without a command. It may be called again, and then does nothing. */
  release(): void
}

/**
 * A node's operations on group 0, one at a time: whoever holds one can go by what it has read until it lets go, as far as this
 * node is concerned.
 *
 * Source: service/raft/raft_group0_client.cc start_operation, add_entry.
 */
export class Operations {
  readonly #group0: Group0
  readonly #tell: Journal
  readonly #mutex = new Mutex()

  constructor(group0: Group0, tell: Journal) {
    this.#group0 = group0
    this.#tell = tell
  }

  /** Rejects with `Unavailable`. `mayGoOn` throws where the operation came too late for whoever asked for it. */
  async begin(by: Committer, mayGoOn: () => void = () => {}): Promise<Operation> {
    await this.#mutex.take()
    try {
      mayGoOn()
      const guard = await this.#group0.start()
      mayGoOn()
      this.#tell({ _tag: "GuardTaken", by, at: guard.seen.at })
      return this.#operation(by, guard, mayGoOn)
    } catch (error) {
      this.#mutex.give()
      throw error
    }
  }

  #operation(by: Committer, guard: CommitGuard, mayGoOn: () => void): Operation {
    let isOver = false
    const draft = new Draft(guard.seen.metadata)
    const release = (): void => {
      if (!isOver) this.#mutex.give()
      isOver = true
    }
    const commit = async (change: Change): Promise<boolean> => {
      if (isOver) throw new TypeError("this operation is over")
      try {
        mayGoOn()
        return await this.#commit(by, change, guard, draft)
      } finally {
        release()
      }
    }
    return { guard, draft, commit, release }
  }

  /** Waits until this node has applied the command, so that the next operation finds nothing new of this one. */
  async #commit(by: Committer, change: Change, guard: CommitGuard, draft: Draft): Promise<boolean> {
    try {
      const answer = await this.#group0.commit(guard, { by, change }, draft.said)
      if (answer._tag === "StatusUnknown") this.#tell({ _tag: "CommitFailed", by, change })
      if (answer._tag !== "Committed") return false
    } catch (error) {
      if (error instanceof Unavailable) this.#tell({ _tag: "CommitFailed", by, change })
      throw error
    }
    try {
      await this.#group0.readBarrier()
    } catch (error) {
      // It had its effect all the same: whoever gave it must do what it promised (S15). The next operation catches up by itself.
      if (!(error instanceof Unavailable)) throw error
    }
    return true
  }
}
