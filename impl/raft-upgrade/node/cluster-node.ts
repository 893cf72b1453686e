import { setMaxListeners } from "node:events"
import type { NodeId } from "../../../spec/metadata.ts"
import type { Mutation, OperationId } from "../../../spec/raft-upgrade/ids.ts"
import { post, recovery, type UpgradeState } from "../../../spec/raft-upgrade/states.ts"
import { Aborted } from "../../runtime/waits.ts"
import { OtherServer } from "../discovery/discovery.ts"
import type { RaftServer } from "../group0/raft-server.ts"
import { CallFailed, failureOf } from "../network/calls.ts"
import { ConnectionBroken, type NodeAnswer, type NodeRequest } from "../network/network.ts"
import type { ChangeOutcome, SchemaChanges } from "../schema/schema-changes.ts"
import type { Context } from "../upgrade/context.ts"
import type { Membership } from "../upgrade/membership.ts"
import { type Machinery, machinery } from "./machinery.ts"
import type { Operator } from "./operator.ts"
import type { NodeParts } from "./parts.ts"
import type { Ring } from "./ring.ts"

const ok: NodeAnswer = { _tag: "Ok" }
const unknownGroup: NodeAnswer = { _tag: "Failed", failure: "UnknownGroup" }

/**
 * A node: begins with what is on its disk, goes to group 0 in its own time, and answers what it is asked meanwhile.
 *
 * Source: main.cc; service/storage_service.cc join_token_ring; service/raft/raft_group0.cc setup_group0,
 * finish_setup_after_join; dossier `raft-upgrade.md` 2.1.
 */
export class ClusterNode {
  readonly operator: Operator
  protected readonly parts: NodeParts
  protected readonly made: Machinery
  protected readonly context: Context
  protected readonly membership: Membership
  protected readonly ring: Ring
  protected readonly changes: SchemaChanges
  readonly #stopping = new AbortController()
  readonly #normal: Promise<void>
  #isNormal = (): void => {}

  /** A node that knows that all know of group 0 does not begin without. Throws then. */
  constructor(parts: NodeParts, made: Machinery = machinery) {
    const { self, store, network, clock, callClock = clock, injections, tell, options, mint, supports } = parts
    if (store.ring.value.featureSeen && !supports)
      throw new Error(`${self} has seen that all nodes know of group 0, and cannot be started without it`)
    const state = new made.UpgradeStateAccess({ self, local: store.local, injections, tell, options })
    const schema = new made.SchemaStore(self, store.data, tell)
    const calls = new made.Calls(network, callClock)
    const { signal } = this.#stopping
    // As many wait for the node's end as there are calls on their way.
    setMaxListeners(0, signal)
    this.parts = parts
    this.made = made
    const questions = new made.Questions({ self, calls, tell, options, state, schema, signal })
    const { Rounds } = made
    const standing = { self, store, calls, clock, injections, tell, options, mint, state, schema, signal }
    this.context = { ...standing, questions, Rounds }
    this.membership = new made.Membership(this.context, made)
    this.ring = new made.Ring(this.context, supports)
    const surroundings = { server: () => this.membership.server, peers: () => this.ring.peers }
    this.changes = new made.SchemaChanges(this.context, surroundings)
    this.operator = new made.Operator(this.context, this.membership, this.ring, made)
    this.#normal = new Promise((resolve) => {
      this.#isNormal = resolve
    })
  }

  start(): void {
    const { self, store, tell, network } = this.parts
    tell({ _tag: "Booted", node: self, state: this.state, found: store.found })
    this.ring.begin()
    network.serve((from, request) => this.serve(from, request))
    this.run(this.live())
  }

  /** Ends at once. What it waits for is left behind. */
  stop(): void {
    this.#stopping.abort()
  }

  get state(): UpgradeState {
    return this.context.state.now
  }

  /** A client's schema change. A node that is not on the ring yet has no clients: they wait. */
  async change(operation: OperationId, mutation: Mutation): Promise<ChangeOutcome> {
    await this.#normal
    return this.changes.change(operation, mutation)
  }

  // ---- the life of a node ----------------------------------------------------------------------------------------------

  protected async live(): Promise<void> {
    const { self, store, tell, supports, contacts, injections } = this.parts
    const usesGroup0 = supports && this.state !== recovery
    const { bootstrap: was } = this.ring.row
    if (was === "needs" || was === "inProgress") {
      await store.ring.update((row) => ({ ...row, bootstrap: "inProgress" }))
      if (usesGroup0) await new this.made.Bootstrap(this.context, this.membership, this.made).run(contacts)
      await this.ring.enter(contacts)
    } else if (usesGroup0) await this.membership.resume()
    if (was === "completed") {
      tell({ _tag: "BecameNormal", node: self, fresh: false })
      this.run(this.ring.catchUp())
    } else {
      await this.ring.announce(this.membership.group)
      await injections.wait("stop_before_becoming_raft_voter")
    }
    this.#isNormal()
    this.run(this.made.pullNowAndThen(this.context, () => this.ring.peers))
    await this.goToGroup0()
  }

  protected async goToGroup0(): Promise<void> {
    const { server } = this.membership
    if (server !== undefined && (await this.becomesVoter(server))) return
    if (!this.parts.supports) return
    await this.ring.feature()
    if (this.state === recovery) return
    if (this.state !== post) await this.#upgrade()
    await this.operator.takeOutGhosts()
  }

  #upgrade(): Promise<void> {
    return new this.made.UpgradeFiber(this.context, this.membership, this.ring, this.made).run()
  }

  /** True where that was all: a node without a vote is taken for one that is new. */
  protected async becomesVoter(server: RaftServer): Promise<boolean> {
    const { self, options } = this.parts
    const hasVote = server.configuration.members.some(({ node, voter }) => node === self && voter)
    if (hasVote) return false
    // Row 30: a node that knows nobody of its group yet may be one that was let in as it fell, on its way.
    if (this.state !== post && options.withoutVote === "byState") return false
    if (this.state === post) await this.#barrier(server)
    await this.made.reconfigure(this.context, server, "becomeVoter", self)
    return options.withoutVote === "becomesVoter"
  }

  async #barrier(server: RaftServer): Promise<void> {
    try {
      await server.readBarrier(this.#stopping.signal)
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error
    }
  }

  protected run(work: Promise<void>): void {
    const { self, tell, failed } = this.parts
    work.catch((error: unknown) => {
      if (this.#stopping.signal.aborted || error instanceof Aborted) return
      if (error instanceof OtherServer) this.#crash(error)
      else if (error instanceof Error) tell({ _tag: "FiberFailed", node: self, why: error.message })
      else failed(error)
    })
  }

  #crash(error: OtherServer): void {
    const { self, tell, failed } = this.parts
    tell({ _tag: "Crashed", node: self, why: error.message })
    this.stop()
    failed(error)
  }

  // ---- requests --------------------------------------------------------------------------------------------------------

  protected async serve(from: NodeId, request: NodeRequest): Promise<NodeAnswer> {
    if (this.#stopping.signal.aborted) throw new ConnectionBroken(`${this.parts.self} has stopped`)
    try {
      return await this.dispatch(from, request)
    } catch (error) {
      if (error instanceof OtherServer) {
        this.#crash(error)
        throw new ConnectionBroken(error.message)
      }
      return { _tag: "Failed", failure: failureOf(error) }
    }
  }

  protected async dispatch(from: NodeId, request: NodeRequest): Promise<NodeAnswer> {
    const { schema } = this.context
    switch (request._tag) {
      case "GetUpgradeState":
        return this.tellState(from)
      case "PeerExchange":
        return { _tag: "Exchanged", answer: await this.membership.answer(from, request.peers) }
      case "ModifyConfig": {
        const server = this.membership.serving(request.group)
        if (server === undefined) return unknownGroup
        await server.modifyConfig(request.change, this.#stopping.signal)
        return ok
      }
      case "SchemaCheck":
        return { _tag: "Versioned", version: schema.version }
      case "MigrationRequest":
        return { _tag: "Schema", schema: schema.schema }
      case "DefinitionsUpdate":
        await schema.merge("push", request.schema)
        return ok
      case "Follow":
        return this.membership.serving(request.group) === undefined ? unknownGroup : ok
      case "Append":
        return this.membership.serving(request.append.group)?.append(request.append) ?? unknownGroup
      case "Snapshot":
        return this.membership.serving(request.group)?.snapshot() ?? unknownGroup
      case "Features":
        return this.ring.answer(this.membership.hasLooked)
      case "Leaves":
        return this.ring.answer(!this.membership.leaveOut(request.node))
      case "Joined":
        return this.ring.welcome(from, request.group, this.context.store.local.value.group)
      case "Left":
        await this.ring.forget(request.node)
        this.run(this.operator.takeOutGhosts())
        return ok
      default:
        return { _tag: "Failed", failure: "Garbled" }
    }
  }

  /** While the state is being changed the answer waits for it, as does every look at it. */
  protected async tellState(to: NodeId): Promise<NodeAnswer> {
    const { self, tell, store } = this.parts
    const { state, release } = await this.context.state.get()
    tell({ _tag: "StateTold", node: self, to, state })
    release()
    return { _tag: "State", state, group: store.local.value.group }
  }
}
