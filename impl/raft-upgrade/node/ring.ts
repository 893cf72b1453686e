import type { NodeId } from "../../../spec/metadata.ts"
import type { GroupId } from "../../../spec/raft-upgrade/ids.ts"
import { sleep } from "../../runtime/waits.ts"
import type { NodeAnswer, NodeRequest } from "../network/network.ts"
import type { Ring as RingRow } from "../storage/documents.ts"
import type { Context } from "../upgrade/context.ts"

/** What a node says of itself and of others. */
export type Known = Extract<NodeAnswer, { readonly _tag: "Known" }>

/** How often a node looks whether all know of group 0. */
const everyMs = 1_000

/**
 * Who else is a normal member of the token ring, and whether all of them know of group 0.
 *
 * It stands for as much of gossip as the way to group 0 needs. Source: gms/gossiper.cc, gms/feature_service.cc.
 */
export class Ring {
  protected readonly context: Context
  /** Whether this node was started with group 0 switched on. */
  protected readonly supports: boolean

  constructor(context: Context, supports: boolean) {
    this.context = context
    this.supports = supports
  }

  get row(): RingRow {
    return this.context.store.ring.value
  }

  get peers(): ReadonlyArray<NodeId> {
    return this.row.peers
  }

  /** What this node says of itself; whether it has looked for the group, others know. */
  answer(hasLooked: boolean): NodeAnswer {
    const { peers, left } = this.row
    return { _tag: "Known", supports: this.supports, peers, left, hasLooked }
  }

  /** Whether all others have answered, have never looked for the group, and will not begin by one that is about to go. */
  async doAllLeaveOut(node: NodeId): Promise<boolean> {
    const others = this.peers.filter((peer) => peer !== node)
    const known = await this.askAll(others, { _tag: "Leaves", node })
    return known.length === others.length && known.every(({ hasLooked }) => !hasLooked)
  }

  /** Tells whom this node knows as it begins. */
  begin(): void {
    if (this.peers.length > 0) this.#tellPeers()
  }

  /** Resolves once every node that this one knows supports group 0, which is so for ever from then on. */
  async feature(): Promise<void> {
    const { self, store, tell, clock, signal } = this.context
    while (!this.row.featureSeen) {
      const known = await this.askAll(this.peers)
      await this.takeOver(known)
      if (this.supports && this.doAllKnow(known)) {
        await store.ring.update((row) => ({ ...row, featureSeen: true }))
        tell({ _tag: "FeatureSeen", node: self })
      } else await sleep(clock, everyMs, signal)
    }
  }

  /** Whether all peers have answered, and know of group 0. */
  protected doAllKnow(known: ReadonlyArray<Known>): boolean {
    return known.length === this.peers.length && known.every(({ supports }) => supports)
  }

  // ---- nodes that come -------------------------------------------------------------------------------------------------

  /** Takes this node to the ring, with those who are there for its peers. None of them knows of it yet. */
  async enter(contacts: ReadonlyArray<NodeId>): Promise<void> {
    const { self, clock, signal } = this.context
    let known = await this.askAll(contacts)
    while (known.length === 0 && contacts.length > 0) {
      await sleep(clock, everyMs, signal)
      known = await this.askAll(contacts)
    }
    const left = known.flatMap((one) => one.left)
    const peers = union(
      contacts,
      known.flatMap((one) => one.peers)
    ).filter((node) => node !== self)
    await this.change((row) => withoutLeft({ ...row, bootstrap: "joining", peers, left: union(row.left, left) }))
  }

  /** Tells all that this node is on the ring. Resolves when all know, but for those who have left meanwhile. */
  async announce(group: GroupId | null): Promise<void> {
    const { self, store, calls, clock, signal, tell } = this.context
    const welcomed = new Set<NodeId>()
    for (;;) {
      for (const peer of this.peers)
        if (!welcomed.has(peer) && (await calls.tryAsk(peer, { _tag: "Joined", group }, "Ok", signal)) !== undefined)
          welcomed.add(peer)
      await this.gossip()
      if (this.peers.every((peer) => welcomed.has(peer))) break
      await sleep(clock, everyMs, signal)
    }
    await store.ring.update((row) => ({ ...row, bootstrap: "completed" }))
    tell({ _tag: "BecameNormal", node: self, fresh: true })
  }

  /** Another node is on the ring. Row 9: not one of another group. */
  async welcome(node: NodeId, group: GroupId | null, own: GroupId | null): Promise<NodeAnswer> {
    if (this.row.left.includes(node) || this.isStranger(group, own)) return { _tag: "Failed", failure: "UnknownGroup" }
    await this.change((row) => ({ ...row, peers: union(row.peers, [node]) }))
    return { _tag: "Ok" }
  }

  /** Whether one that says that it is in `group` belongs to other nodes than those of `own`. */
  protected isStranger(group: GroupId | null, own: GroupId | null): boolean {
    return own !== null && group !== null && own !== group
  }

  // ---- nodes that go ---------------------------------------------------------------------------------------------------

  /** A node is off the ring. */
  async forget(node: NodeId): Promise<void> {
    await this.change((row) => withoutLeft({ ...row, left: union(row.left, [node]) }))
  }

  /** Takes a node off the ring, and tells all others; whoever is away hears of it when it is back. */
  async takeOff(node: NodeId): Promise<void> {
    const { self, calls, tell } = this.context
    const others = this.peers.filter((peer) => peer !== node)
    await this.forget(node)
    tell({ _tag: "LeftRing", node, by: self })
    for (const peer of others) calls.send(peer, { _tag: "Left", node })
  }

  /** What was missed while this node was away. */
  catchUp(): Promise<void> {
    return this.gossip()
  }

  /** Takes over who has left, as far as others know, and who has come since this node asked last. */
  protected async gossip(): Promise<void> {
    await this.takeOver(await this.askAll(this.peers))
  }

  protected async takeOver(known: ReadonlyArray<Known>): Promise<void> {
    const left = known.flatMap((one) => one.left)
    const come = this.row.bootstrap === "joining" ? known.flatMap(({ peers }) => peers) : []
    const peers = come.filter((node) => node !== this.context.self)
    await this.change((row) => withoutLeft({ ...row, peers: union(row.peers, peers), left: union(row.left, left) }))
  }

  protected async change(change: (row: RingRow) => RingRow): Promise<void> {
    const before = this.peers
    await this.context.store.ring.update((row) => {
      const next = change(row)
      return JSON.stringify(next) === JSON.stringify(row) ? row : next
    })
    if (JSON.stringify(before) !== JSON.stringify(this.peers)) this.#tellPeers()
  }

  protected async askAll(
    nodes: ReadonlyArray<NodeId>,
    request: NodeRequest = { _tag: "Features" }
  ): Promise<ReadonlyArray<Known>> {
    const { calls, signal } = this.context
    const answers = await Promise.all(nodes.map((node) => calls.tryAsk(node, request, "Known", signal)))
    return answers.flatMap((answer) => (answer === undefined ? [] : [answer]))
  }

  #tellPeers(): void {
    this.context.tell({ _tag: "PeersKnown", node: this.context.self, peers: this.peers })
  }
}

const withoutLeft = (row: RingRow): RingRow => ({
  ...row,
  peers: row.peers.filter((peer) => !row.left.includes(peer))
})

const union = (some: ReadonlyArray<NodeId>, more: ReadonlyArray<NodeId>): ReadonlyArray<NodeId> =>
  [...new Set([...some, ...more])].sort()
