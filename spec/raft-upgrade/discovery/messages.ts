/**
 * The words of one node that looks for group 0: what happens to it, and what it does about that.
 *
 * Source: dossier `raft-upgrade.md` 2.5; service/raft/discovery.cc, service/raft/raft_group0.cc persistent_discovery. Whoever
 * speaks them is everybody else: whom it asks, who asks it, time, and the fall. So no answer comes before it was given, and no pause
 * is over before it was said to be.
 */
import { Schema } from "effect"
import { NodeId } from "../../metadata.ts"
import { GroupId, ServerId } from "../ids.ts"
import { ExchangeAnswer, PeerList } from "../messages.ts"

/** The node that looks. */
export const looker = NodeId.make("B")

/** What may happen to it. */
export const DiscoveryInput = Schema.TaggedUnion({
  /**
   * It begins to look, by what is on its disk, and is told of these to begin with. `fresh` is what it draws for its server's
   * identity, where it has none yet.
   */
  Begins: { contacts: Schema.Array(NodeId), fresh: ServerId },
  /** It falls: all that is not on its disk is lost. Answers to what it asked never come. */
  Falls: {},
  /** The pause between two rounds is over. */
  PauseEnds: {},
  /** Another looks too: it asks, and says whom it knows. */
  Asked: { by: NodeId, peers: PeerList },
  /** One whom it asked answers. */
  Answered: { by: NodeId, answer: ExchangeAnswer },
  /** One whom it asked has not answered in time, or the connection broke. */
  Fails: { to: NodeId }
})
export type DiscoveryInput = typeof DiscoveryInput.Type

/** What it does, each because of the last input. In which order a list names peers nobody says. */
export const DiscoveryOutput = Schema.TaggedUnion({
  // ---- its disk
  ServerStored: { server: ServerId },
  /** Whom it knows is on its disk, itself left out. Others may be told of them from now on, and not before. */
  PeersStored: { peers: PeerList },
  // ---- others
  /** It asks another, and says whom it knows. */
  Asks: { to: NodeId, peers: PeerList },
  /** It answers one who asked. */
  Answers: { to: NodeId, answer: ExchangeAnswer },
  // ---- itself
  /** Everybody has answered or failed, and nobody is new: it rests until the next round. */
  Pauses: {},
  /** It creates the group, and looks no more. */
  Leads: {},
  /** It was told of a group, and looks no more. */
  Finds: { group: GroupId, via: NodeId },
  /** It looks no more, and is in no group: a peer is said to be two. */
  GivesUp: {},
  /** It ended itself over that. */
  EndsItself: {}
})
export type DiscoveryOutput = typeof DiscoveryOutput.Type
