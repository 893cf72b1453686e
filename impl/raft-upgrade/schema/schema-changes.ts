import type { NodeId } from "../../../spec/metadata.ts"
import type { Mutation, OperationId } from "../../../spec/raft-upgrade/ids.ts"
import type { Refusal } from "../../../spec/raft-upgrade/messages.ts"
import { post, synchronize } from "../../../spec/raft-upgrade/states.ts"
import { Mutex } from "../../runtime/mutex.ts"
import { Aborted, sleep } from "../../runtime/waits.ts"
import type { Group0 } from "../group0/raft-server.ts"
import { CallFailed } from "../network/calls.ts"
import type { HeldState } from "../state/upgrade-state-access.ts"
import type { Context } from "../upgrade/context.ts"

/** How long a change waits for its node to come out of synchronize. Source: scylladb commit 5ff693eff6. */
const patienceMs = 10_000

/** What whoever asked for a change is told. */
export type ChangeOutcome = { readonly _tag: "Done" } | { readonly _tag: "Refused"; readonly reason: Refusal }

const done: ChangeOutcome = { _tag: "Done" }

export interface ChangeSurroundings {
  /** The group's server, once it runs. */
  server(): Group0 | undefined
  /** Who is pushed to. */
  peers(): ReadonlyArray<NodeId>
}

/**
 * Schema changes that clients ask this node for.
 *
 * Source: service/raft/raft_group0_client.cc start_operation; service/migration_manager.cc announce; dossier 2.3.
 */
export class SchemaChanges {
  protected readonly context: Context
  protected readonly surroundings: ChangeSurroundings
  /** One command of group 0 at a time. */
  readonly #commanding = new Mutex()

  constructor(context: Context, surroundings: ChangeSurroundings) {
    this.context = context
    this.surroundings = surroundings
  }

  /** Makes a change, on the path that its node goes by as it begins. Rejects with `Aborted` where the node ends first. */
  async change(operation: OperationId, mutation: Mutation): Promise<ChangeOutcome> {
    const held = await this.path()
    try {
      if (held.state === synchronize) return this.refused(operation, "Synchronizing")
      return await (held.state === post ? this.command(operation, mutation) : this.push(operation, mutation, held))
    } finally {
      held.release()
    }
  }

  /** What the node goes by; in synchronize a change waits for a while, since that is soon over. */
  protected async path(): Promise<HeldState> {
    const { state, clock, signal } = this.context
    const held = await state.get()
    if (held.state !== synchronize) return held
    await Promise.race([state.upgraded(signal), sleep(clock, patienceMs, signal)])
    return state.get()
  }

  /** The old path: merged here, and sent to everybody. It is done when it is merged here. */
  protected async push(operation: OperationId, mutation: Mutation, { state }: HeldState): Promise<ChangeOutcome> {
    const { self: node, tell, schema, injections } = this.context
    tell({ _tag: "OperationBegan", node, operation, path: "old", state, mutation })
    await schema.merge("old", [mutation])
    await injections.wait("schema_change_pause_before_push")
    await this.spread(mutation)
    tell({ _tag: "OperationEnded", node, operation })
    return done
  }

  /** Sends a change that was merged here to everybody. Nobody answers. */
  protected spread(mutation: Mutation): Promise<void> {
    const { self: node, tell, calls } = this.context
    for (const to of this.surroundings.peers()) {
      tell({ _tag: "PushSent", node, to, schema: [mutation] })
      calls.send(to, { _tag: "DefinitionsUpdate", schema: [mutation] })
    }
    return Promise.resolve()
  }

  /** By group 0: a command that counts only if nothing else came between. */
  protected async command(operation: OperationId, mutation: Mutation): Promise<ChangeOutcome> {
    const { self: node, tell } = this.context
    tell({ _tag: "OperationBegan", node, operation, path: "group0", state: post, mutation })
    await this.#commanding.take()
    try {
      const outcome = await this.commit(operation, mutation)
      if (outcome._tag === "Refused") return this.refused(operation, outcome.reason)
      tell({ _tag: "OperationEnded", node, operation })
      return outcome
    } catch (error) {
      if (error instanceof Aborted) return this.refused(operation, "Stopping")
      throw error
    } finally {
      this.#commanding.give()
    }
  }

  protected async commit(operation: OperationId, mutation: Mutation): Promise<ChangeOutcome> {
    const { schema, mint, signal } = this.context
    const server = this.surroundings.server()
    if (server === undefined) return { _tag: "Refused", reason: "NoQuorum" }
    const next = mint.state()
    try {
      await server.readBarrier(signal)
      const command = { previous: schema.history, next, mutation }
      await this.#unlessUnknown(server, () => server.commit(operation, command, signal))
    } catch (error) {
      if (error instanceof CallFailed) return { _tag: "Refused", reason: "NoQuorum" }
      throw error
    }
    return schema.hasApplied(next) ? done : { _tag: "Refused", reason: "ConcurrentModification" }
  }

  /** Where nobody knows what became of a command, a barrier behind it says. */
  async #unlessUnknown(server: Group0, commit: () => Promise<void>): Promise<void> {
    try {
      await commit()
    } catch (error) {
      if (!(error instanceof CallFailed) || error.failure === "NoQuorum") throw error
      await server.readBarrier(this.context.signal)
    }
  }

  protected refused(operation: OperationId, reason: Refusal): ChangeOutcome {
    this.context.tell({ _tag: "OperationRefused", node: this.context.self, operation, reason })
    return { _tag: "Refused", reason }
  }
}
