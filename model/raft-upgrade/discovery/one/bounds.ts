/** What one node that looks for the group is surrounded by: who there is, what is said of them, and what it is told of. */
import { NodeId } from "../../../../spec/metadata.ts"
import { type DiscoveryInput, looker } from "../../../../spec/raft-upgrade/discovery/messages.ts"
import { GroupId, ServerId } from "../../../../spec/raft-upgrade/ids.ts"
import type { Peer, PeerList } from "../../../../spec/raft-upgrade/messages.ts"

export interface OneBounds {
  /** Whom it may be told of as it begins. */
  readonly contacts: ReadonlyArray<ReadonlyArray<NodeId>>
  /** Who may ask it. */
  readonly askers: ReadonlyArray<NodeId>
  /** Whom anybody says that he knows. */
  readonly lists: ReadonlyArray<PeerList>
  /** Kinds of input that this environment asks for. */
  readonly kinds: ReadonlyArray<InputKind>
}

/** Kinds of input. What is rare has a kind of its own, so that a test can weigh it. */
export const inputKinds = [
  "Begins",
  "Falls",
  "PauseEnds",
  "Asked",
  "AnsweredWithPeers",
  "AnsweredWithNothing",
  "AnsweredWithGroup",
  "Fails"
] as const
export type InputKind = (typeof inputKinds)[number]

// ---- names --------------------------------------------------------------------------------------------------------

const [a, b, c, d] = [NodeId.make("A"), looker, NodeId.make("C"), NodeId.make("D")]

/** The server that the node draws first, one that is smaller and some that are greater, and what it draws when it has one. */
const servers = {
  [a]: ServerId.make(1),
  [b]: ServerId.make(2),
  [c]: ServerId.make(3),
  [d]: ServerId.make(4)
}
export const firstDrawn = servers[b]!
export const drawnLater = ServerId.make(9)
/** Another that A is said to have. */
const another = ServerId.make(7)

export const group = GroupId.make(1)

/** The server of each node. */
export const serverOf = (node: NodeId): ServerId => servers[node] ?? another

/** All lists that name each node in one of these ways, or not at all. */
const listsOf = (...all: ReadonlyArray<ReadonlyArray<Peer>>): ReadonlyArray<PeerList> =>
  all.reduce<ReadonlyArray<PeerList>>(
    (lists, ways) => [...lists, ...ways.flatMap((peer) => lists.map((list) => [...list, peer]))],
    [[]]
  )

const by = (node: NodeId, ...servers: ReadonlyArray<ServerId | null>): ReadonlyArray<Peer> =>
  servers.map((server) => ({ node, server }))

// ---- bounds -------------------------------------------------------------------------------------------------------

/** Small enough for a test that takes every transition: two besides it, known or not, and it is told of none, one, or both. */
export const small: OneBounds = {
  contacts: [[], [a], [c], [a, c]],
  askers: [a, c],
  lists: listsOf(by(a, null, servers[a]!), by(c, null, servers[c]!)),
  kinds: inputKinds
}

/** Three besides it. */
export const bounded: OneBounds = {
  contacts: [[], [a], [c], [c, d]],
  askers: [a, c, d],
  lists: listsOf(by(a, null, servers[a]!), by(c, null, servers[c]!), by(d, servers[d]!)),
  kinds: inputKinds
}

/** A is said to have two servers, by itself and by another. */
export const boundedTwice: OneBounds = {
  contacts: [[a], [c]],
  askers: [a, c],
  lists: listsOf(by(a, servers[a]!, another), by(c, servers[c]!)),
  kinds: inputKinds
}

/** Wide enough for random walks to meet anything; it is told of itself too, and falsely. Nobody names more than two at once. */
export const roomy: OneBounds = {
  contacts: [[], [a], [c], [a, c], [c, d], [b, d]],
  askers: [a, c, d],
  lists: listsOf(
    by(a, null, servers[a]!, another),
    by(b, null, servers[b]!, another),
    by(c, null, servers[c]!),
    by(d, null, servers[d]!)
  ).filter(({ length }) => length <= 2),
  kinds: inputKinds
}

export const boundsNames = ["small", "bounded", "boundedTwice", "roomy"] as const
export type BoundsName = (typeof boundsNames)[number]

export const oneBounds: Readonly<Record<BoundsName, OneBounds>> = { small, bounded, boundedTwice, roomy }

// ---- what may happen ----------------------------------------------------------------------------------------------

/** What whoever surrounds the node knows of it. */
export interface Hands {
  readonly isUp: boolean
  readonly hasServer: boolean
  readonly rests: boolean
  /** Whom it asked, and who has neither answered nor failed. */
  readonly asked: ReadonlyArray<NodeId>
}

/** All inputs of one kind that make sense for whoever knows so much. */
export const inputsOf = (
  kind: InputKind,
  { isUp, hasServer, rests, asked }: Hands,
  { contacts, askers, lists }: OneBounds
): ReadonlyArray<DiscoveryInput> => {
  switch (kind) {
    case "Begins":
      return isUp
        ? []
        : contacts.map((some) => ({ _tag: kind, contacts: some, fresh: hasServer ? drawnLater : firstDrawn }))
    case "Falls":
      return isUp ? [{ _tag: kind }] : []
    case "PauseEnds":
      return rests ? [{ _tag: kind }] : []
    case "Asked":
      return isUp ? askers.flatMap((asker) => lists.map((peers) => ({ _tag: kind, by: asker, peers }))) : []
    case "AnsweredWithPeers":
      return asked.flatMap((one) =>
        lists.map((peers) => ({ _tag: "Answered", by: one, answer: { _tag: "Peers", peers } }))
      )
    case "AnsweredWithNothing":
      return asked.map((one) => ({ _tag: "Answered", by: one, answer: { _tag: "None" } }))
    case "AnsweredWithGroup":
      return asked.map((one) => ({
        _tag: "Answered",
        by: one,
        answer: { _tag: "Group", group, node: one, server: serverOf(one) }
      }))
    case "Fails":
      return asked.map((to) => ({ _tag: kind, to }))
  }
}
