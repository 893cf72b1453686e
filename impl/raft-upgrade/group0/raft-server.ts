import type { NodeId } from "../../../spec/metadata.ts"
import type { GroupId, OperationId } from "../../../spec/raft-upgrade/ids.ts"
import type { Command, Configuration, Member } from "../../../spec/raft-upgrade/messages.ts"
import { Mutex } from "../../runtime/mutex.ts"
import { unlessAborted } from "../../runtime/waits.ts"
import type { Journal } from "../journal.ts"
import { CallFailed, type Calls } from "../network/calls.ts"
import type { Append, Change, NodeAnswer } from "../network/network.ts"
import type { SchemaStore } from "../schema/schema-store.ts"
import type { Document } from "../storage/document.ts"
import type { RaftRows } from "../storage/documents.ts"
import { isMember } from "./change.ts"
import type { Index, Numbered } from "./entry.ts"
import { leaderName } from "./group-leader.ts"

/** A node's end of a group: what it knows of who is in it, and how it asks for more. Every wait ends with `CallFailed` or `Aborted`. */
export interface Group0 {
  readonly group: GroupId
  /** Who is in the group as far as this node has learned; nobody at first. */
  readonly configuration: Configuration
  modifyConfig(change: Change, signal: AbortSignal): Promise<void>
  /** Resolves once this node has applied everything that was agreed on before the call. */
  readBarrier(signal: AbortSignal): Promise<void>
  /** Resolves once this node has come to the command; whether it was effective, the history says. */
  commit(operation: OperationId, command: Command, signal: AbortSignal): Promise<void>
}

export interface RaftServerParts {
  readonly self: NodeId
  readonly group: GroupId
  readonly rows: Document<RaftRows>
  readonly schema: SchemaStore
  readonly calls: Calls
  /** Given when the node ends. */
  readonly signal: AbortSignal
  readonly tell: Journal
}

interface Waiter {
  readonly index: Index
  readonly wake: () => void
}

/** How long a node waits for whoever leads the group: it waits for members itself. */
const leaderMs = 5_000

/** A node's server of one group. Source: service/raft/raft_group0.cc start_server_for_group0; raft/server.hh. */
export class RaftServer implements Group0 {
  protected readonly parts: RaftServerParts
  readonly #mutex = new Mutex()
  #waiters: Waiter[] = []

  constructor(parts: RaftServerParts) {
    this.parts = parts
  }

  get group(): GroupId {
    return this.parts.group
  }

  get configuration(): Configuration {
    return this.parts.rows.value.configuration
  }

  get isMember(): boolean {
    return isMember(this.configuration, this.parts.self)
  }

  start(): void {
    const { self, group, calls, tell } = this.parts
    tell({ _tag: "ServerStarted", node: self, group })
    if (this.configuration.members.length > 0) this.tellConfiguration()
    calls.send(leaderName, { _tag: "Here", group })
  }

  /** Has whoever leads groups know of this one, which this node creates. */
  async found(creator: Member, index: Index, signal: AbortSignal): Promise<void> {
    await this.parts.calls.ask(leaderName, { _tag: "Found", group: this.group, creator, index }, "Ok", signal, leaderMs)
  }

  async modifyConfig(change: Change, signal: AbortSignal): Promise<void> {
    const { calls } = this.parts
    await calls.ask(leaderName, { _tag: "Reconfigure", group: this.group, change }, "Reached", signal, leaderMs)
  }

  async readBarrier(signal: AbortSignal): Promise<void> {
    const { calls } = this.parts
    const { index } = await calls.ask(leaderName, { _tag: "Barrier", group: this.group }, "Reached", signal, leaderMs)
    await this.#applied(index, signal)
  }

  async commit(operation: OperationId, command: Command, signal: AbortSignal): Promise<void> {
    const { calls } = this.parts
    const request = { _tag: "Commit", group: this.group, operation, command } as const
    const { index } = await calls.ask(leaderName, request, "Reached", signal, leaderMs)
    await this.#applied(index, signal)
  }

  /** Takes what the leader tells, one after another, and says how far this node has come. */
  async append(append: Append): Promise<NodeAnswer> {
    await this.#mutex.take()
    try {
      if (this.parts.rows.value.applied < append.first) await this.loadSnapshot(append.holders)
      for (const numbered of append.entries) await this.take(numbered)
      return { _tag: "Reached", index: this.parts.rows.value.applied }
    } finally {
      this.#mutex.give()
    }
  }

  /** What another member may begin with instead of the log so far. */
  snapshot(): NodeAnswer {
    const { rows, schema } = this.parts
    const { applied: index, configuration } = rows.value
    // Who has nothing to begin with himself has nothing to give.
    if (index === 0) return { _tag: "Failed", failure: "UnknownGroup" }
    return { _tag: "SnapshotIs", index, schema: schema.schema, history: schema.history, configuration }
  }

  protected async take({ index, entry }: Numbered): Promise<void> {
    const { rows, schema, group } = this.parts
    if (index !== rows.value.applied + 1) return
    if (entry._tag === "Commanded") await schema.apply(group, entry.command)
    await rows.update((known) => ({
      ...known,
      applied: index,
      configuration: entry._tag === "Configured" ? entry.configuration : known.configuration,
      log: [...known.log, { index, entry }]
    }))
    if (entry._tag === "Configured") this.tellConfiguration()
    this.wake()
  }

  protected async loadSnapshot(holders: ReadonlyArray<NodeId>): Promise<void> {
    const { calls, group, rows, schema, signal } = this.parts
    for (const holder of holders) {
      const found = await calls.tryAsk(holder, { _tag: "Snapshot", group }, "SnapshotIs", signal)
      if (found === undefined) continue
      const { index, configuration } = found
      await schema.load(group, found.schema, found.history)
      await rows.update(() => ({ snapshot: index, applied: index, configuration, log: [] }))
      this.tellConfiguration()
      this.wake()
      return
    }
    throw new CallFailed("Disconnected", `nobody gives a snapshot of group ${group}`)
  }

  async #applied(index: Index, signal: AbortSignal): Promise<void> {
    if (this.parts.rows.value.applied >= index) return
    await unlessAborted(signal, new Promise<void>((wake) => this.#waiters.push({ index, wake })))
  }

  protected wake(): void {
    const { applied } = this.parts.rows.value
    const due = this.#waiters.filter(({ index }) => index <= applied)
    this.#waiters = this.#waiters.filter(({ index }) => index > applied)
    for (const { wake } of due) wake()
  }

  protected tellConfiguration(): void {
    const { self: node, group, tell } = this.parts
    tell({ _tag: "ConfigurationLearned", node, group, configuration: this.configuration })
  }
}
