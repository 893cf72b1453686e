/** What one node that looks for the group does about an input, in every way that its design leaves open. */
import type { NodeId } from "../../../../spec/metadata.ts"
import type { DiscoveryInput, DiscoveryOutput } from "../../../../spec/raft-upgrade/discovery/messages.ts"
import type { ServerId } from "../../../../spec/raft-upgrade/ids.ts"
import type { ExchangeAnswer, PeerList } from "../../../../spec/raft-upgrade/messages.ts"
import { outcome } from "../../../kernel/role.ts"
import { beginning, discovery, type DiscoveryInput as SearchInput } from "../discovery.ts"
import { type Discovery, peerList } from "../state.ts"
import type { OneDesign } from "./design.ts"
import { type Doing, isStored, type Looking, looking, newOne, type One, putting, self, stored } from "./state.ts"

export const afterInput = (now: One, input: DiscoveryInput, design: OneDesign): ReadonlyArray<Doing> => {
  const doing: Doing = { one: now, outputs: [] }
  switch (input._tag) {
    case "Begins":
      return begun(doing, input.contacts, input.fresh, design)
    case "Falls":
      return [putting(doing, { doing: newOne.doing, asked: [] })]
    case "PauseEnds":
      return now.doing._tag === "Looking" ? goesOn(doing, { ...now.doing, rests: false }, design) : [doing]
    case "Asked":
      return wasAsked(doing, input.by, input.peers, design)
    case "Answered":
      return heard(unasked(doing, input.by), input.by, input.answer, design)
    case "Fails":
      return heard(unasked(doing, input.to), input.to, { _tag: "None" }, design)
  }
}

const unasked = (doing: Doing, by: NodeId): Doing =>
  putting(doing, { asked: doing.one.asked.filter((one) => one !== by) })

/** It goes on with whom its disk names; of its contacts only those are news of whom the disk knows nothing. */
const begun = (
  doing: Doing,
  contacts: ReadonlyArray<NodeId>,
  fresh: ServerId,
  design: OneDesign
): ReadonlyArray<Doing> => {
  const { discovery: variant } = design
  const was = doing.one.server
  const server = was === null || variant.server === "madeAnew" ? fresh : was
  const known = variant.peersOn === "disk" ? doing.one.stored : []
  const search = beginning(self, server, known, contacts, variant)
  const named = server === was ? doing : putting(doing, { server }, { _tag: "ServerStored", server })
  return goesOn(named, looking(search, [], false, keepsDrafts(design)), design)
}

const keepsDrafts = ({ says }: OneDesign): boolean => says !== "asOfNow"

/** The loop: whom it knows is stored; then it leads, asks all that are due at once, or rests until the next round. */
const goesOn = (doing: Doing, now: Looking, design: OneDesign): ReadonlyArray<Doing> => {
  const safe = storing(doing, now, design)
  const { search } = now
  if (search.leads) return [putting(safe, { doing: { _tag: "Over" } }, { _tag: "Leads" })]
  const { outbox } = search
  if (outbox.length > 0) {
    const to = outbox.map((due) => due.to)
    const asking = looking({ ...search, outbox: [] }, [], false, keepsDrafts(design))
    return questions(now, design).map((asks) => putting(safe, { doing: asking, asked: to }, ...asks))
  }
  const ticked = next(search, { _tag: "Ticks" }, design)
  const resting = looking(ticked ?? search, [], true, keepsDrafts(design))
  return [putting(safe, { doing: resting }, { _tag: "Pauses" })]
}

/** What is asked in one round, in every way in which it may be put. */
const questions = ({ search, drafts }: Looking, { says }: OneDesign): ReadonlyArray<ReadonlyArray<DiscoveryOutput>> => {
  const now = search.outbox.map(
    (due): DiscoveryOutput => ({
      _tag: "Asks",
      to: due.to,
      peers: due.says === "everything" ? peerList(search) : []
    })
  )
  const then = drafts.map(({ to, peers }): DiscoveryOutput => ({ _tag: "Asks", to, peers }))
  if (says === "either") return [now, then]
  return [says === "asOfNow" ? now : then]
}

const wasAsked = (doing: Doing, by: NodeId, peers: PeerList, design: OneDesign): ReadonlyArray<Doing> => {
  const { doing: was } = doing.one
  if (was._tag !== "Looking") return [answering(doing, by, { _tag: "None" })]
  const search = next(was.search, { _tag: "Asked", by, peers }, design)
  if (search === undefined) return [stuck(doing, design)]
  const now = looking(search, was.drafts, was.rests, keepsDrafts(design))
  const learned = putting(doing, { doing: now })
  const isSilent = search.leads && design.discovery.leaderAnswers === "nothing"
  if (isSilent) {
    const silent = answering(learned, by, { _tag: "None" })
    const first = answering(storing(learned, now, design), by, { _tag: "None" })
    return design.stores === "whenDue" ? [silent] : design.stores === "withRequests" ? [first] : [silent, first]
  }
  return [answering(storing(learned, now, design), by, { _tag: "Peers", peers: peerList(search) })]
}

const answering = (doing: Doing, to: NodeId, answer: ExchangeAnswer): Doing =>
  putting(doing, {}, { _tag: "Answers", to, answer })

/** An answer, or that there was none. When all have come it goes on. */
const heard = (doing: Doing, of: NodeId, answer: ExchangeAnswer, design: OneDesign): ReadonlyArray<Doing> => {
  const { doing: was } = doing.one
  if (was._tag !== "Looking") return [doing]
  if (answer._tag === "Group")
    return [putting(doing, { doing: { _tag: "Over" } }, { _tag: "Finds", group: answer.group, via: answer.node })]
  const input: SearchInput =
    answer._tag === "Peers" ? { _tag: "Answered", by: of, peers: answer.peers } : { _tag: "Failed", to: of }
  const search = next(was.search, input, design)
  if (search === undefined) return [stuck(doing, design)]
  const now = looking(search, was.drafts, was.rests, keepsDrafts(design))
  const learned = putting(doing, { doing: now })
  if (learned.one.asked.length === 0) return goesOn(learned, now, design)
  return design.stores === "anyTime" && !isStored(learned.one, search)
    ? [learned, storing(learned, now, design)]
    : [learned]
}

const storing = (doing: Doing, now: Looking, { discovery: { peersOn } }: OneDesign): Doing =>
  peersOn === "disk" ? stored(doing, now) : doing

/** The search a step further; undefined where it cannot go on. */
const next = (search: Discovery, input: SearchInput, { discovery: variant }: OneDesign): Discovery | undefined => {
  const result = outcome(discovery(search, variant).step(search, input))
  return result._tag === "Became" ? result.next.state : undefined
}

const stuck = (doing: Doing, { discovery: { secondServer } }: OneDesign): Doing =>
  secondServer === "endsTheNode"
    ? putting(doing, { doing: newOne.doing, asked: [] }, { _tag: "EndsItself" })
    : putting(doing, { doing: { _tag: "Over" } }, { _tag: "GivesUp" })
