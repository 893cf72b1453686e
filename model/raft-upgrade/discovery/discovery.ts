/**
 * Discovery: everybody learns of everybody, and then the one with the smallest server creates group 0, unless somebody is
 * in it already.
 *
 * Source: dossier `raft-upgrade.md` 2.5; service/raft/discovery.cc, service/raft/raft_group0.cc persistent_discovery.
 */
import { Effect } from "effect"
import type { NodeId } from "../../../spec/metadata.ts"
import type { ServerId } from "../../../spec/raft-upgrade/ids.ts"
import type { Peer, PeerList } from "../../../spec/raft-upgrade/messages.ts"
import { become, type Role, type Step } from "../../kernel/role.ts"
import { byNode, type Discovery, peerList, seed } from "./state.ts"
import type { DiscoveryVariant } from "./variant.ts"

/** What happens to a node that looks for the group. */
export type DiscoveryInput =
  /** It looks whom it has to ask. */
  | { readonly _tag: "Ticks" }
  /** Another asks, and says whom it knows. */
  | { readonly _tag: "Asked"; readonly by: NodeId; readonly peers: PeerList }
  /** Another answered, and said whom it knows. */
  | { readonly _tag: "Answered"; readonly by: NodeId; readonly peers: PeerList }
  /** A question came to nothing. */
  | { readonly _tag: "Failed"; readonly to: NodeId }

export type DiscoveryOutput =
  /** Whom it knows goes to its disk before anybody is told. */
  | { readonly _tag: "Stores"; readonly peers: PeerList }
  | { readonly _tag: "Answers"; readonly peers: PeerList }
  /** It has nothing to say, for it creates the group. */
  | { readonly _tag: "SaysNothing" }

/** Why discovery cannot go on: `SecondServer` where a peer is said to be two. */
export type Stuck = { readonly peer: NodeId; readonly servers: readonly [ServerId, ServerId] }

type Became = Step<Discovery, DiscoveryOutput, Stuck>

/** How a node looks for the group from the beginning, with whom its disk and its seeds name. */
export const beginning = (
  self: NodeId,
  server: ServerId,
  known: PeerList,
  seeds: ReadonlyArray<NodeId>,
  variant: DiscoveryVariant
): Discovery => {
  const strangers = seeds.filter((node) => node !== self && known.every((peer) => peer.node !== node)).map(seed)
  const peers = byNode([...known.filter(({ node }) => node !== self), ...strangers])
  const now: Discovery = { self, server, leads: false, peers, responded: [], outbox: [] }
  return maybeLeading(asking(now, peers), variant)
}

/** A node of a variant that looks for the group. */
export const discovery = (
  initial: Discovery,
  variant: DiscoveryVariant
): Role<Discovery, DiscoveryInput, DiscoveryOutput, Stuck> => ({
  name: `discovery of ${initial.self}`,
  initial,
  step: (now, input) => {
    switch (input._tag) {
      case "Ticks":
        return become(now.leads || now.outbox.length > 0 ? now : goingRound(now))
      case "Asked":
        return asked(now, input.by, input.peers, variant)
      case "Answered":
        return wasAnswered(now, input.by, input.peers, variant)
      case "Failed":
        return variant.failedCalls === "silence"
          ? become(now)
          : become(maybeLeading({ ...now, responded: answered(now, input.to) }, variant))
    }
  }
})

/** Who creates the group tells nobody whom it knows, for whoever hears that might create one too. */
const asked = (now: Discovery, by: NodeId, peers: PeerList, variant: DiscoveryVariant): Became => {
  const learned = learning(now, by, peers, variant)
  if (isStuck(learned)) return Effect.fail(learned)
  const isSilent = learned.search.leads && variant.leaderAnswers === "nothing"
  const answer: DiscoveryOutput = isSilent
    ? { _tag: "SaysNothing" }
    : { _tag: "Answers", peers: peerList(learned.search) }
  return become(learned.search, ...learned.stores, answer)
}

const wasAnswered = (now: Discovery, by: NodeId, peers: PeerList, variant: DiscoveryVariant): Became => {
  const learned = learning({ ...now, responded: answered(now, by) }, by, peers, variant)
  return isStuck(learned) ? Effect.fail(learned) : become(learned.search, ...learned.stores)
}

interface Learned {
  readonly search: Discovery
  readonly stores: ReadonlyArray<DiscoveryOutput>
}

const isStuck = (learned: Learned | Stuck): learned is Stuck => "servers" in learned

/** Takes in whom another knows. Who creates the group learns nothing any more. It is stuck where a peer has two servers, unless that peer's own word counts. */
const learning = (now: Discovery, by: NodeId, told: PeerList, variant: DiscoveryVariant): Learned | Stuck => {
  if (now.leads) return { search: now, stores: [] }
  let peers = now.peers
  const fresh: Array<Peer> = []
  for (const peer of told.filter(({ node }) => node !== now.self)) {
    const known = peers.find(({ node }) => node === peer.node)
    if (known === undefined) {
      fresh.push(peer)
      peers = byNode([...peers, peer])
    } else if (known.server === null && peer.server !== null) {
      peers = peers.map((one) => (one === known ? peer : one))
    } else if (known.server !== null && peer.server !== null && peer.server !== known.server) {
      if (variant.secondServer === "ownWord") {
        if (by === peer.node) peers = peers.map((one) => (one === known ? peer : one))
        continue
      }
      return { peer: peer.node, servers: [known.server, peer.server] }
    }
  }
  const led = maybeLeading({ ...now, peers }, variant)
  const search = led.leads ? led : asking(led, fresh)
  return { search, stores: peers === now.peers ? [] : [{ _tag: "Stores", peers }] }
}

const answered = ({ peers, responded }: Discovery, by: NodeId): ReadonlyArray<NodeId> =>
  peers.some(({ node }) => node === by) ? [...new Set([...responded, by])].sort() : responded

/** It leads once all that it knows of have answered, and none of them has a smaller server. One that is not known is smaller. */
const maybeLeading = (now: Discovery, { unknownServers }: DiscoveryVariant): Discovery => {
  const counted = now.peers.filter(({ server }) => unknownServers === "block" || server !== null)
  const isSmallest = counted.every(
    ({ node, server }) => now.responded.includes(node) && server !== null && server > now.server
  )
  return isSmallest ? { ...now, leads: true, outbox: [] } : now
}

const asking = (now: Discovery, peers: PeerList): Discovery => ({
  ...now,
  outbox: byRecipient([...now.outbox, ...peers.map(({ node }) => ({ to: node, says: "everything" as const }))])
})

/** Another round: those that have not answered are told everything; where all have, everybody is asked for the group. */
const goingRound = (now: Discovery): Discovery => {
  const silent = now.peers.filter(({ node }) => !now.responded.includes(node))
  return silent.length > 0
    ? asking(now, silent)
    : { ...now, outbox: byRecipient(now.peers.map(({ node }) => ({ to: node, says: "nothing" as const }))) }
}

const byRecipient = (outbox: Discovery["outbox"]): Discovery["outbox"] =>
  [...outbox].sort((one, other) => (one.to < other.to ? -1 : 1))
