import type { NodeId } from "../../../spec/metadata.ts"
import type { ServerId } from "../../../spec/raft-upgrade/ids.ts"
import type { Peer, PeerList } from "../../../spec/raft-upgrade/messages.ts"

/** A node, by a server that is known. */
export interface Self {
  readonly node: NodeId
  readonly server: ServerId
}

/** Somebody says that a server is another than the one that is known. */
export class OtherServer extends Error {
  override readonly name = "OtherServer"
}

/** Whom to ask next, and of what to tell them; or that there is nothing to ask for a while. */
export type Tick =
  | { readonly _tag: "Leads" }
  | { readonly _tag: "Pause" }
  | { readonly _tag: "Ask"; readonly asked: ReadonlyArray<{ readonly to: NodeId; readonly peers: PeerList }> }

/**
 * Who looks for the group: it asks all whom it knows whom they know, until it knows all. Of these the one with the smallest server
 * creates the group.
 *
 * Source: service/raft/discovery.cc; dossier `raft-upgrade.md` 2.5.
 */
export class Discovery {
  protected readonly self: Self
  readonly #otherServer: "ownWord" | "crashes"
  protected readonly known = new Map<NodeId, ServerId | null>()
  protected readonly responded = new Set<NodeId>()
  #outbox: Array<{ readonly to: NodeId; readonly peers: PeerList }> = []
  #isLeader = false

  constructor(self: Self, seeds: PeerList, otherServer: "ownWord" | "crashes") {
    this.self = self
    this.#otherServer = otherServer
    this.#step(seeds, undefined)
  }

  get isLeader(): boolean {
    return this.#isLeader
  }

  /** Whom this node knows, without itself: what must be on its disk before anybody hears of it. */
  get peers(): PeerList {
    return [...this.known].map(([node, server]) => ({ node, server })).sort(byNode)
  }

  get peerList(): PeerList {
    return [...this.peers, this.self].sort(byNode)
  }

  /** Another asks, and tells whom it knows. False where it is not to be answered, for this node creates the group. */
  request(from: NodeId, peers: PeerList): boolean {
    this.#step(peers, from)
    return !this.#isLeader
  }

  response(from: NodeId, peers: PeerList): void {
    if (!this.known.has(from)) throw new RangeError(`${from} answers, and nobody has asked it`)
    this.responded.add(from)
    this.#step(peers, from)
  }

  tick(): Tick {
    if (this.#isLeader) return { _tag: "Leads" }
    const asked = this.#outbox
    this.#outbox = []
    if (asked.length > 0) return { _tag: "Ask", asked }
    const nodes = [...this.known.keys()].sort()
    const silent = nodes.filter((node) => !this.responded.has(node))
    // Once all have said whom they know, they are asked who creates the group.
    this.#outbox =
      silent.length === 0 ? nodes.map((to) => ({ to, peers: [] })) : silent.map((to) => ({ to, peers: this.peerList }))
    return { _tag: "Pause" }
  }

  #step(list: PeerList, from: NodeId | undefined): void {
    if (this.#isLeader) return
    const fresh: NodeId[] = []
    for (const peer of list) {
      if (peer.node === this.self.node) continue
      if (!this.known.has(peer.node)) fresh.push(peer.node)
      this.#learn(peer, from)
    }
    this.#lead()
    if (this.#isLeader) return
    for (const to of fresh) this.#outbox.push({ to, peers: this.peerList })
  }

  #learn({ node, server }: Peer, from: NodeId | undefined): void {
    const known = this.known.get(node) ?? null
    if (known === null || server === null || known === server) this.known.set(node, known ?? server)
    else if (this.#otherServer === "crashes")
      throw new OtherServer(`${from} says that the server of ${node} is ${server}, and it was ${known}`)
    // Row 49: whoever speaks of itself knows best.
    else if (from === node) this.known.set(node, server)
  }

  #lead(): void {
    this.#isLeader = this.leads()
  }

  /** Whether all whom this node knows have answered, and it has the smallest server of them. One without a known server may be smaller. */
  protected leads(): boolean {
    return (
      this.responded.size === this.known.size &&
      [...this.known.values()].every((server) => server !== null && server > this.self.server)
    )
  }
}

const byNode = (one: Peer, other: Peer): number => (one.node < other.node ? -1 : 1)
