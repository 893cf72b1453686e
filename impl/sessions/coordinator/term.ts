import { CommandIndex, type Committer, type NodeAnswer, type NodeRequest } from "../../../spec/sessions/messages.ts"
import type { Metadata, NodeId, Term } from "../../../spec/sessions/metadata.ts"
import type { CommitGuard, Group0 } from "../group0/group0.ts"
import type { Journal } from "../journal.ts"
import type { Network } from "../network/network.ts"
import { answerOf } from "../node/refused.ts"

/** Thrown where a coordinator finds that its term is over: it must not do anything more. */
export class TermOver extends Error {
  override readonly name = "TermOver"
}

export interface TermParts {
  readonly group0: Group0
  readonly network: Network
  readonly journal: Journal
}

/**
 * What a coordinator may do while its term lasts: look, commit, and ask nodes.
 *
 * Source: service/topology_coordinator.cc start_operation, update_topology_state.
 */
export class TermOfOffice {
  readonly term: Term
  readonly journal: Journal
  readonly #group0: Group0
  readonly #network: Network
  #isOver = false
  #lastIndex = 0

  constructor(term: Term, { group0, network, journal }: TermParts) {
    this.term = term
    this.#group0 = group0
    this.#network = network
    this.journal = journal
  }

  /** Ends it: whatever the coordinator waits for, it does nothing any more when that comes. */
  end(): void {
    this.#isOver = true
  }

  /** Throws `TermOver` once another term has begun, or the coordinator was told to stop. */
  check(): void {
    if (this.#isOver || this.#group0.leadership.term !== this.term) throw new TermOver(`term ${this.term} is over`)
  }

  /** The number of the next command: nodes refuse one that comes behind a later one, whatever the two are for (M32). */
  nextIndex(): CommandIndex {
    return CommandIndex.make(++this.#lastIndex)
  }

  /** A read barrier and the right to commit, in this term. Rejects with `Unavailable`, `TermOver`. */
  async start(): Promise<CommitGuard> {
    this.check()
    const guard = await this.#group0.start()
    this.check()
    return guard
  }

  /** Commits what was computed from the guard's own state. False if it had no effect, or nobody knows. */
  async commit(guard: CommitGuard, metadata: Metadata): Promise<boolean> {
    this.check()
    const by: Committer = { _tag: "Coordinator", term: this.term }
    const answer = await this.#group0.commit(guard, by, metadata)
    this.check()
    return answer._tag === "Committed"
  }

  /** Asks a node. A broken connection is a refusal: nobody knows what the node does with the request. */
  ask(node: NodeId, request: NodeRequest): Promise<NodeAnswer> {
    return answerOf(this.#network.ask(node, request))
  }
}
