/** How the node comes into the group (U2), and waits until all have (U3). Source: dossier `raft-upgrade.md` 2.6, 2.7. */
import type { NodeId } from "../../../spec/metadata.ts"
import type { DiscoveryInput, DiscoveryOutput } from "../../../spec/raft-upgrade/discovery/messages.ts"
import type { GroupId } from "../../../spec/raft-upgrade/ids.ts"
import type { CallFailure } from "../../../spec/raft-upgrade/messages.ts"
import { pre } from "../../../spec/raft-upgrade/states.ts"
import { lately } from "../discovery/one/design.ts"
import { newOne, type One } from "../discovery/one/state.ts"
import { afterInput } from "../discovery/one/steps.ts"
import { ended, resting } from "./questions.ts"
import {
  type Attempt,
  calling,
  configurationOf,
  type Doing,
  entering,
  type Fiber,
  going,
  living,
  membersOf,
  rowsOf,
  saying,
  writing
} from "./state.ts"
import { type NodeBounds, self, serverOf } from "./surroundings.ts"
import { leader, type NodeSaid } from "./words.ts"

type At<Name extends Fiber["at"]> = Extract<Fiber, { readonly at: Name }>

/** Who is in the group already goes on; the others look for it. */
export const joining = (doing: Doing, { peers }: NodeBounds): Doing =>
  doing.node.disk.group === null ? looking(doing, peers) : entering(ended(doing, "join"), "allJoined")

export const looking = (doing: Doing, peers: ReadonlyArray<NodeId>): Doing => {
  const { server, discovery } = doing.node.disk
  const one: One = { ...newOne, server, stored: discovery }
  const fresh = doing.life.fresh.server
  return searching(doing, one, { _tag: "Begins", contacts: peers, fresh })
}

/** What discovery does about an input, in the words of a cluster; and how it goes on from there. */
export const searching = (doing: Doing, one: One, input: DiscoveryInput): Doing => {
  const [next] = afterInput(one, input, lately)
  if (next === undefined) throw new RangeError(`discovery takes no ${input._tag}`)
  const stored = writing(doing, { server: next.one.server, discovery: next.one.stored })
  const began = next.outputs.findIndex(({ _tag }) => _tag === "ServerStored") + 1
  const said = next.outputs.flatMap(inWords)
  const all: ReadonlyArray<NodeSaid> =
    input._tag === "Begins"
      ? [...said.slice(0, began), { _tag: "DiscoveryBegan", node: self }, ...said.slice(began)]
      : said
  const looks = saying(going(stored, { at: "looks", one: next.one }), ...all)
  const last = next.outputs.at(-1)
  if (last?._tag === "Leads") return creating(looks)
  return last?._tag === "Finds" ? finding(looks, last.group, last.via) : looks
}

const inWords = (output: DiscoveryOutput): ReadonlyArray<NodeSaid> => {
  switch (output._tag) {
    case "ServerStored":
      return [{ _tag: "ServerStored", node: self, server: output.server }]
    case "PeersStored":
      return [{ _tag: "PeersStored", node: self, peers: output.peers }]
    case "Asks":
      return [
        { _tag: "ExchangeAsked", node: self, to: output.to, peers: output.peers },
        { _tag: "Calls", to: output.to, what: "peers" }
      ]
    case "Answers":
      return [{ _tag: "ExchangeAnswered", node: self, to: output.to, answer: output.answer }]
    case "Finds":
      return [{ _tag: "GroupFound", node: self, group: output.group, via: output.via }]
    default:
      return []
  }
}

/** The first member is in from the beginning, once the group has begun. */
const creating = (doing: Doing): Doing => {
  const { group } = doing.life.fresh
  const led = saying(doing, { _tag: "Led", node: self, group })
  const made = saying(withRows(led, group, [self]), { _tag: "StorageMade", node: self, group, index: 1 })
  return asksToBegin(serving(made, group), group)
}

export const asksToBegin = (doing: Doing, group: GroupId): Doing =>
  calling(going(doing, { at: "begins", group, isResting: false }), "begin", leader)

/** Rows that are there are kept: they are those of an attempt before. */
const finding = (doing: Doing, group: GroupId, via: NodeId): Doing => {
  if (doing.life.serving !== null) return asksIn(doing, group, via)
  const isKnown = rowsOf(doing.node.disk, group) !== undefined
  const made = isKnown
    ? doing
    : saying(withRows(doing, group, []), { _tag: "StorageMade", node: self, group, index: 0 })
  return asksIn(serving(made, group), group, via)
}

const asksIn = (doing: Doing, group: GroupId, via: NodeId): Doing => {
  if (membersOf(doing).includes(self)) return isIn(doing, group)
  const asked = saying(doing, { _tag: "ReconfigurationAsked", node: self, group, via, purpose: "join", of: self })
  return calling(going(asked, { at: "asksIn", group, via, isResting: false }), "letIn", via)
}

/** It was let in, or may have been. */
export const askedIn = (doing: Doing, fiber: At<"asksIn">, failure: CallFailure | null): Doing => {
  const { group } = fiber
  const over = saying(doing, { _tag: "ReconfigurationEnded", node: self, group, purpose: "join", of: self, failure })
  return failure === null ? isIn(over, group) : going(over, { ...fiber, isResting: true })
}

/** The group's name goes to the disk, and others may be told of it. */
export const isIn = (doing: Doing, group: GroupId): Doing => {
  const stored = saying(writing(doing, { group }), { _tag: "GroupStored", node: self, group })
  return entering(ended(stored, "join"), "allJoined")
}

const withRows = (doing: Doing, group: GroupId, members: ReadonlyArray<NodeId>): Doing => {
  const rest = doing.node.disk.rows.filter((one) => one.group !== group)
  return writing(doing, { rows: [...rest, { group, members }].sort((one, other) => one.group - other.group) })
}

/** A group's server starts, and tells whom it knows to be in the group. */
export const serving = (doing: Doing, group: GroupId): Doing => {
  const started = saying(living(doing, { serving: group }), { _tag: "ServerStarted", node: self, group })
  return membersOf(started).length === 0 ? started : tellingMembers(started, group)
}

const tellingMembers = (doing: Doing, group: GroupId): Doing =>
  saying(doing, {
    _tag: "ConfigurationLearned",
    node: self,
    group,
    configuration: configurationOf(membersOf(doing), serverOf)
  })

/** The leader tells who is in the group. Nobody is woken by that: the node looks when its pause is over. */
export const configured = (doing: Doing, members: ReadonlyArray<NodeId>): Doing => {
  const group = doing.life.serving
  return group === null ? doing : tellingMembers(withRows(doing, group, members), group)
}

/** U3. */
export const checkingAll = (doing: Doing, attempt: Attempt, { peers }: NodeBounds): Doing => {
  const members = membersOf(doing)
  if (![self, ...peers].every((node) => members.includes(node))) return resting(doing, attempt)
  const isFresh = doing.life.state === pre
  return entering(ended(doing, "allJoined"), isFresh ? "firstSync" : "allSynchronize")
}
