/** One node that looks for the group, with its disk and what it waits for. */
import type { NodeId } from "../../../../spec/metadata.ts"
import { type DiscoveryOutput, looker } from "../../../../spec/raft-upgrade/discovery/messages.ts"
import type { ServerId } from "../../../../spec/raft-upgrade/ids.ts"
import type { PeerList } from "../../../../spec/raft-upgrade/messages.ts"
import { type Discovery, peerList } from "../state.ts"

/** A question that is put down to be asked, and what it was to say then. */
export interface Draft {
  readonly to: NodeId
  readonly peers: PeerList
}

export interface Looking {
  readonly _tag: "Looking"
  readonly search: Discovery
  readonly drafts: ReadonlyArray<Draft>
  /** It pauses between two rounds. */
  readonly rests: boolean
}

export interface One {
  // ---- on its disk
  readonly server: ServerId | null
  readonly stored: PeerList
  // ---- what a fall takes
  readonly doing: { readonly _tag: "Down" } | Looking | { readonly _tag: "Over" }
  /** Whom it has asked and not heard of. What still comes of that when it looks no more, nobody looks at. */
  readonly asked: ReadonlyArray<NodeId>
}

export const newOne: One = { server: null, stored: [], doing: { _tag: "Down" }, asked: [] }

/** The node in the middle of a step, and what it has put out so far. */
export interface Doing {
  readonly one: One
  readonly outputs: ReadonlyArray<DiscoveryOutput>
}

export const putting = (
  { one, outputs }: Doing,
  next: Partial<One>,
  ...more: ReadonlyArray<DiscoveryOutput>
): Doing => ({
  one: { ...one, ...next },
  outputs: [...outputs, ...more]
})

/** What the disk is behind of is stored. */
export const stored = (doing: Doing, { search }: Looking): Doing =>
  isStored(doing.one, search)
    ? doing
    : putting(doing, { stored: search.peers }, { _tag: "PeersStored", peers: search.peers })

export const isStored = ({ stored }: One, { peers }: Discovery): boolean =>
  JSON.stringify(stored) === JSON.stringify(peers)

/** The same search a step further, with whatever was put down to be asked by that step. */
export const looking = (
  search: Discovery,
  drafts: ReadonlyArray<Draft>,
  rests: boolean,
  keepsDrafts: boolean
): Looking => {
  if (!keepsDrafts) return { _tag: "Looking", search, drafts: [], rests }
  const known = drafts.filter(({ to }) => search.outbox.some((due) => due.to === to))
  const fresh = search.outbox.filter(({ to }) => known.every((draft) => draft.to !== to))
  const all = [...known, ...fresh.map(({ to, says }) => ({ to, peers: says === "everything" ? peerList(search) : [] }))]
  return { _tag: "Looking", search, drafts: all.sort((one, other) => (one.to < other.to ? -1 : 1)), rests }
}

export const self = looker
