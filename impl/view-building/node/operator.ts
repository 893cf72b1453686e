import type { Kind, NodeId, Replica } from "../../../spec/metadata.ts"
import type { TableId, Token, ViewId } from "../../../spec/view-building/ids.ts"
import type { Change } from "../../../spec/view-building/messages.ts"
import { type Feature, type Tablet, tableOf, tabletNamed } from "../../../spec/view-building/metadata.ts"
import type { Draft } from "../changes/draft.ts"
import { drainNode } from "../changes/nodes.ts"
import { createTable } from "../changes/schema.ts"
import { canJoin, canResize, type Proposal } from "../changes/tablets.ts"
import type { Operations } from "../group0/operations.ts"
import type { NodeRequest } from "../network/network.ts"
import type { Applied } from "../worker/surroundings.ts"
import type { NodeParts } from "./parts.ts"

/** A node could not do what an operator needs of it. */
export class NotDone extends Error {
  override readonly name = "NotDone"
}

/** What an operator has a node do to the schema, to tablets and to the cluster. Each is one command of group 0. */
export class Operator {
  readonly #parts: NodeParts
  readonly #operations: Operations
  readonly #applied: Applied
  #truncations = 0

  constructor(parts: NodeParts, operations: Operations, applied: Applied) {
    this.#parts = parts
    this.#operations = operations
    this.#applied = applied
  }

  /** A table, and views of it that are built at once, for it has no rows. Source: alternator/executor.cc mark_view_schemas_as_built. */
  createTable(base: TableId, tablets: ReadonlyArray<Tablet>, views: ReadonlyArray<ViewId> = []): Promise<void> {
    return this.#change((draft) => {
      createTable(draft, base, tablets)
      for (const view of views) this.#parts.changes.createView(draft, base, view, true)
      return { _tag: "CreateTable", base }
    })
  }

  createView(base: TableId, view: ViewId, empty = false): Promise<void> {
    return this.#change((draft) => {
      this.#parts.changes.createView(draft, base, view, empty)
      return { _tag: "CreateView", base, view, empty }
    })
  }

  dropView(view: ViewId): Promise<void> {
    return this.#change((draft) => {
      this.#parts.changes.dropView(draft, view)
      return { _tag: "DropView", view }
    })
  }

  dropTable(base: TableId): Promise<void> {
    return this.#change((draft) => {
      this.#parts.changes.dropTables(draft, [base], this.#parts.coordinator.dropTable)
      return { _tag: "DropTable", base }
    })
  }

  dropKeyspace(bases: ReadonlyArray<TableId>): Promise<void> {
    return this.#change((draft) => {
      this.#parts.changes.dropTables(draft, bases, "taken")
      return { _tag: "DropKeyspace", bases }
    })
  }

  /** Begins a transition to these replicas, which may be one more or one less. Does nothing while another one is in hand (M01). */
  move(base: TableId, lastToken: Token, next: ReadonlyArray<Replica>, kind: Kind = "migration"): Promise<void> {
    return this.propose(base, lastToken, [{ kind, next }])
  }

  /** Carries out a plan that proposes several moves of one tablet: the first of them, if nothing else is done with it. */
  propose(base: TableId, lastToken: Token, plan: ReadonlyArray<Proposal>): Promise<void> {
    return this.#change((draft) => {
      if (tabletNamed(tableOf(draft.before, base), lastToken)?.transition !== null) return undefined
      this.#parts.changes.beginMove(draft, base, lastToken, plan)
      return { _tag: "MoveTablet", base, lastToken, from: null, to: "allow_write_both_read_old" }
    })
  }

  /** Splits every tablet of a table in two, or makes one of each two. Does nothing where one of them is in a transition. */
  async resize(base: TableId, how: "split" | "merge"): Promise<void> {
    await this.#everywhere({ _tag: "Barrier" })
    await this.#parts.injections.wait("tablet_resize_finalization_post_barrier")
    await this.#change((draft) => {
      const table = draft.table(base)
      if (table === undefined || !canResize(table, how)) return undefined
      this.#parts.changes.resize(draft, table, how)
      return { _tag: "Resize", base, how }
    })
  }

  /** Makes one of a tablet and the one behind it. Does nothing where they are not together, or something else is done with them. */
  async joinTablets(base: TableId, lastToken: Token): Promise<void> {
    await this.#everywhere({ _tag: "Barrier" })
    await this.#change((draft) => {
      const table = draft.table(base)
      if (table === undefined || !canJoin(table, lastToken)) return undefined
      this.#parts.changes.join(draft, table, lastToken)
      return { _tag: "Resize", base, how: "merge" }
    })
  }

  /** Every node knows something by now, and everybody may use it. */
  enable(feature: Feature): Promise<void> {
    return this.#change((draft) => {
      draft.features = [...new Set([...(draft.features ?? []), feature])]
      return { _tag: "EnableFeature", feature }
    })
  }

  join(node: NodeId): Promise<void> {
    return this.#change((draft) => {
      this.#parts.changes.joinNode(draft, node)
      return { _tag: "JoinNode", node }
    })
  }

  drain(node: NodeId): Promise<void> {
    return this.#change((draft) => {
      drainNode(draft, node)
      return { _tag: "DrainNode", node }
    })
  }

  leave(node: NodeId): Promise<void> {
    return this.#change((draft) => {
      this.#parts.changes.leaveNode(draft, node)
      return { _tag: "LeaveNode", node }
    })
  }

  /**
   * Removes all rows of a base and of its views.
   *
   * M34: shipped, nobody waits for builds that have read, and what they have read comes to the views behind the truncation. The
   * base is closed everywhere before anything is dropped; where the node falls that truncates, leases end, and the base is open again.
   */
  async truncate(base: TableId): Promise<void> {
    const views = tableOf(this.#applied.state, base)?.views ?? []
    const truncation = `${this.#parts.self}${this.#parts.incarnation}.${++this.#truncations}`
    const waits = this.#parts.worker.truncation === "waits"
    if (waits) await this.#everywhere({ _tag: "CloseBase", base, truncation })
    try {
      this.#parts.tell({ _tag: "Truncated", base })
      await this.#everywhere({ _tag: "TruncateBase", base, views, truncation })
    } finally {
      if (waits) await this.#everywhere({ _tag: "OpenBase", base, truncation })
    }
  }

  /** Tries until it is committed, or there is nothing to be changed. */
  async #change(make: (draft: Draft) => Change | undefined): Promise<void> {
    for (;;) {
      const operation = await this.#operations.begin({ _tag: "Operator" })
      try {
        const change = make(operation.draft)
        if (change === undefined || (await operation.commit(change))) return
      } finally {
        operation.release()
      }
    }
  }

  async #everywhere(request: NodeRequest): Promise<void> {
    await Promise.all(
      this.#applied.state.nodes.map(async (node) => {
        const answer = await this.#parts.network.ask(node, request)
        if (answer._tag !== "Ok") throw new NotDone(`${node} has not done ${request._tag}`)
      })
    )
  }
}
