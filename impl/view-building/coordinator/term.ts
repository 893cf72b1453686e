import type { Term } from "../../../spec/metadata.ts"
import type { Committer } from "../../../spec/view-building/messages.ts"
import { Unavailable } from "../group0/group0.ts"
import type { Operation, Operations } from "../group0/operations.ts"
import { ConnectionBroken } from "../network/network.ts"
import type { NodeParts } from "../node/parts.ts"
import type { Applied } from "../worker/surroundings.ts"
import type { Hosts } from "./hosts.ts"

/** Thrown where a coordinator finds that its term is over: it must not do anything more. */
export class TermOver extends Error {
  override readonly name = "TermOver"
}

export interface OfficeParts extends NodeParts {
  readonly operations: Operations
  readonly hosts: Hosts
  readonly applied: Applied
}

/** What the coordinators of a term may do while it lasts. Source: service/topology_coordinator.cc start_operation. */
export class Office {
  readonly term: Term
  readonly parts: OfficeParts
  #isOver = false

  constructor(term: Term, parts: OfficeParts) {
    this.term = term
    this.parts = parts
  }

  end(): void {
    this.#isOver = true
  }

  /** Rejects with `TermOver`, `Unavailable`. */
  begin(by: Committer): Promise<Operation> {
    return this.parts.operations.begin(by, () => this.check())
  }

  check(): void {
    if (this.#isOver || this.parts.group0.leadership.term !== this.term) throw new TermOver(`term ${this.term} is over`)
  }

  /** What may go wrong in a cluster, and is tried again. */
  isExpected(error: unknown): boolean {
    return error instanceof Unavailable || error instanceof ConnectionBroken
  }
}
