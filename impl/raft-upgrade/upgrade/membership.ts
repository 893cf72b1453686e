import type { NodeId } from "../../../spec/metadata.ts"
import type { GroupId, ServerId } from "../../../spec/raft-upgrade/ids.ts"
import type { Configuration, ExchangeAnswer, PeerList } from "../../../spec/raft-upgrade/messages.ts"
import { recovery } from "../../../spec/raft-upgrade/states.ts"
import { sleep } from "../../runtime/waits.ts"
import type { Discovery, Self } from "../discovery/discovery.ts"
import {
  exchange,
  exchangeMs,
  type Outcome,
  type PersistentDiscovery,
  pauseMs
} from "../discovery/persistent-discovery.ts"
import type { RaftServer } from "../group0/raft-server.ts"
import { failureOf } from "../network/calls.ts"
import type { Context } from "./context.ts"

const retryMs = 1_000

/** Somebody speaks of a group when this node has part of another. Source: service/raft/raft_group0.cc join_group0. */
class TwoGroups extends Error {
  override readonly name = "TwoGroups"
}

/** What a node's part in a group is made of. */
export interface MembershipParts {
  readonly Discovery: typeof Discovery
  readonly PersistentDiscovery: typeof PersistentDiscovery
  readonly RaftServer: typeof RaftServer
}

/** How a node comes into a group. */
export interface Joining {
  readonly voter: boolean
  /** Whom it asks first. */
  readonly contacts: ReadonlyArray<NodeId>
  /** It was never in the ring of those whom it asks. */
  readonly isNew: boolean
}

/**
 * This node's part in group 0: that it looks for it, that it is in it, or neither.
 *
 * Source: service/raft/raft_group0.cc join_group0, setup_group0, peer_exchange; dossier `raft-upgrade.md` 2.6.
 */
export class Membership {
  protected readonly context: Context
  protected readonly made: MembershipParts
  #server: RaftServer | undefined
  protected discovery: PersistentDiscovery | undefined
  #hasSetOut = false
  readonly #leftOut = new Set<NodeId>()
  /** The group that others may be told of. */
  #told: GroupId | null = null

  constructor(context: Context, made: MembershipParts) {
    this.context = context
    this.made = made
  }

  /** The group's server, once it runs. */
  get server(): RaftServer | undefined {
    return this.#server
  }

  /** The server of this group, if it runs here. */
  serving(group: GroupId): RaftServer | undefined {
    return this.#server?.group === group ? this.#server : undefined
  }

  get group(): GroupId | null {
    return this.#told
  }

  get configuration(): Configuration {
    return this.#server?.configuration ?? { members: [], joint: false }
  }

  /** Whether this node has looked for the group, in this life or before, or is about to, and knows by whom it begins. */
  get hasLooked(): boolean {
    const { discovery, local } = this.context.store
    return this.#hasSetOut || discovery.value.length > 0 || local.value.group !== null
  }

  /** Somebody is about to go: this node does not begin by it. False where it has begun already. */
  leaveOut(node: NodeId): boolean {
    if (this.hasLooked) return false
    this.#leftOut.add(node)
    return true
  }

  isLeftOut(node: NodeId): boolean {
    return this.#leftOut.has(node)
  }

  /** The group that this node was in before, if it was in one. */
  async resume(): Promise<boolean> {
    const { group } = this.context.store.local.value
    if (group === null) return false
    if (this.#server === undefined) await this.startServer(group)
    this.#told = group
    return true
  }

  /** Comes into the group, and into being if there is none. Rejects with `Aborted`. */
  async join({ voter, contacts, isNew }: Joining): Promise<void> {
    const { self, store, tell, injections } = this.context
    const joining = { voter, contacts: contacts.filter((node) => !this.#leftOut.has(node)), isNew }
    this.#hasSetOut = true
    if (await this.resume()) return
    const me: Self = { node: self, server: await this.ownServer() }
    for (;;) {
      await injections.wait("group0_upgrade_pause_before_discovery")
      tell({ _tag: "DiscoveryBegan", node: self })
      const found = await this.discover(me, joining)
      await injections.wait("group0_upgrade_pause_after_discovery")
      if (this.#server !== undefined && this.#server.group !== found.group)
        throw new TwoGroups(
          `${found.via} has group ${found.group}, and ${self} has part of group ${this.#server.group}`
        )
      const server = this.#server ?? (await this.begin(me, found.group, found.isCreator))
      if (server.isMember || (await this.ask(me, server, found.via, joining))) break
      await sleep(this.context.clock, retryMs, this.context.signal)
    }
    const { group } = this.#server!
    await injections.wait("group0_upgrade_pause_after_added")
    await store.local.update((local) => ({ ...local, group }))
    tell({ _tag: "GroupStored", node: self, group })
    await injections.wait("group0_upgrade_pause_after_stored")
    this.#told = group
  }

  /** Answers one who looks for the group. */
  async answer(from: NodeId, peers: PeerList): Promise<ExchangeAnswer> {
    const { self, tell, store, state } = this.context
    const { server } = store.local.value
    const answer: ExchangeAnswer =
      state.now === recovery
        ? { _tag: "None" }
        : this.#told !== null && server !== null
          ? { _tag: "Group", group: this.#told, node: self, server }
          : ((await this.discovery?.answer(from, peers)) ?? { _tag: "None" })
    tell({ _tag: "ExchangeAnswered", node: self, to: from, answer })
    return answer
  }

  // ---- the steps of joining --------------------------------------------------------------------------------------------

  protected async ownServer(): Promise<ServerId> {
    const { self, store, mint, tell } = this.context
    const { server } = store.local.value
    if (server !== null) return server
    const fresh = mint.server()
    await store.local.update((local) => ({ ...local, server: fresh }))
    tell({ _tag: "ServerStored", node: self, server: fresh })
    return fresh
  }

  protected async discover(me: Self, joining: Joining): Promise<{ group: GroupId; via: NodeId; isCreator: boolean }> {
    const { self, mint, tell } = this.context
    const outcome = await this.look(me, joining)
    if (outcome._tag === "Found") {
      tell({ _tag: "GroupFound", node: self, group: outcome.group, via: outcome.via })
      return { group: outcome.group, via: outcome.via, isCreator: false }
    }
    const group = this.#server?.group ?? mint.group()
    tell({ _tag: "Led", node: self, group })
    return { group, via: self, isCreator: true }
  }

  protected async look(me: Self, { contacts, isNew }: Joining): Promise<Outcome> {
    const { store, calls, clock, tell, options, signal } = this.context
    if (isNew && contacts.length > 0 && options.outsider === "onlyAsks") return this.lookFromOutside(me, contacts)
    const { Discovery, PersistentDiscovery } = this.made
    const parts = { self: me, stored: store.discovery, calls, clock, tell, options, Discovery }
    this.discovery = new PersistentDiscovery(parts, contacts)
    try {
      return await this.discovery.run(signal)
    } finally {
      this.discovery = this.afterDiscovery()
    }
  }

  /** Who answers those who look for the group once this node does not look any more: nobody, until it has stored the group. */
  protected afterDiscovery(): PersistentDiscovery | undefined {
    return undefined
  }

  /** Rows 28, 62: a new node asks for the group and tells of nobody, so that nobody waits for it or is created by it. */
  protected async lookFromOutside(me: Self, contacts: ReadonlyArray<NodeId>): Promise<Outcome> {
    const { calls, clock, tell, signal } = this.context
    for (;;) {
      const answers = await Promise.all(contacts.map((to) => exchange({ self: me, calls, tell }, to, [], signal)))
      for (const answer of answers)
        if (answer?._tag === "Group") return { _tag: "Found", group: answer.group, via: answer.node }
      await sleep(clock, pauseMs, signal)
    }
  }

  /** Writes the first snapshot of this node's part of the group, and starts its server. */
  protected async begin(me: Self, group: GroupId, isCreator: boolean): Promise<RaftServer> {
    const { self, store, tell, injections, options, signal } = this.context
    const creator = { ...me, voter: true }
    const index = isCreator ? options.firstIndex : 0
    // Row 5: rows that are there are those of an earlier attempt, and may hold what the group has agreed on.
    if (!store.hasRows(group) || options.foundRows === "overwritten") {
      const rows = await store.rows(group)
      const configuration: Configuration = { members: isCreator ? [creator] : [], joint: false }
      await rows.update(() => ({ snapshot: index, applied: index, configuration, log: [] }))
      tell({ _tag: "StorageMade", node: self, group, index })
    }
    await injections.wait("group0_upgrade_pause_after_storage")
    const server = await this.startServer(group)
    if (isCreator) await this.found(server, creator, index, signal)
    await injections.wait("group0_upgrade_pause_after_server")
    return server
  }

  /** A group is begun where groups are led; until that answers there is none. */
  protected async found(
    server: RaftServer,
    creator: Parameters<RaftServer["found"]>[0],
    index: number,
    signal: AbortSignal
  ) {
    for (;;) {
      try {
        await server.found(creator, index, signal)
        return
      } catch (error) {
        if (failureOf(error) === "Aborted") throw error
        await sleep(this.context.clock, retryMs, signal)
      }
    }
  }

  protected async startServer(group: GroupId): Promise<RaftServer> {
    const { self, store, schema, calls, signal, tell, options } = this.context
    const server = new this.made.RaftServer({ self, group, rows: await store.rows(group), schema, calls, signal, tell })
    this.#server = server
    if (options.tellsOfGroup === "asServerStarts") this.#told = group
    server.start()
    return server
  }

  /** Asks a member to be let in. False where nobody knows whether it was. */
  protected async ask(me: Self, server: RaftServer, via: NodeId, { voter }: Joining): Promise<boolean> {
    const { self, calls, tell, signal } = this.context
    const { group } = server
    const about = { node: self, group, purpose: "join", of: self } as const
    tell({ _tag: "ReconfigurationAsked", ...about, via })
    try {
      const change = { purpose: "join", member: { ...me, voter } } as const
      await calls.ask(via, { _tag: "ModifyConfig", group, change }, "Ok", signal, exchangeMs)
      tell({ _tag: "ReconfigurationEnded", ...about, failure: null })
      return true
    } catch (error) {
      const failure = failureOf(error)
      tell({ _tag: "ReconfigurationEnded", ...about, failure })
      if (failure === "Aborted") throw error
      return false
    }
  }
}
