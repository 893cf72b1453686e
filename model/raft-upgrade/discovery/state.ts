/** What a node knows while it looks for group 0. Source: service/raft/discovery.hh. */
import type { NodeId } from "../../../spec/metadata.ts"
import type { ServerId } from "../../../spec/raft-upgrade/ids.ts"
import type { Peer, PeerList } from "../../../spec/raft-upgrade/messages.ts"

/** A question that is due: with all that is known, or with nothing, just to find out who is in the group. */
export interface Due {
  readonly to: NodeId
  readonly says: "everything" | "nothing"
}

export interface Discovery {
  readonly self: NodeId
  readonly server: ServerId
  /** It creates the group. */
  readonly leads: boolean
  /** All others that it has heard of, by node. */
  readonly peers: PeerList
  readonly responded: ReadonlyArray<NodeId>
  readonly outbox: ReadonlyArray<Due>
}

/** All that a node knows, itself included, by node. */
export const peerList = ({ self, server, peers }: Discovery): PeerList => byNode([...peers, { node: self, server }])

export const byNode = (peers: PeerList): PeerList =>
  [...peers].sort((one, other) => (one.node < other.node ? -1 : one.node > other.node ? 1 : 0))

/** A seed: somebody of whom nothing is known but where it is. */
export const seed = (node: NodeId): Peer => ({ node, server: null })
