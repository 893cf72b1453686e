/** A node on its way to group 0 as a part: one input, and all that it tells of itself and asks of others until it waits again. */
import { self } from "../../../model/raft-upgrade/node/surroundings.ts"
import type { NodeInput, NodeLabel, NodeSaid, UpgradeNodeStep } from "../../../model/raft-upgrade/node/words.ts"
import type { PeerList } from "../../../spec/raft-upgrade/messages.ts"
import { channelsThatDiffer, type OnChannel } from "../channels.ts"
import type { Part } from "../part.ts"
import { type Adapter, isDied, isStrange, type Seen } from "../role-under-test.ts"
import { describeNodeInput, describeNodeSaid } from "./node-words.ts"

export type NodeAdapter = Adapter<NodeInput, NodeSaid, never> & { readonly role: "raft-upgrade/node" }

export const nodePart: Part<NodeLabel, NodeInput, NodeSaid, never> = {
  protocol: "raft-upgrade",
  role: "raft-upgrade/node",
  internal: new Set(),
  // Whoever falls, or hears nothing, or is asked all the time never comes far.
  weights: {
    Falls: 1,
    Fails: 1,
    StateAsked: 1,
    PeersAsked: 1,
    Pushed: 1,
    PatienceEnds: 2,
    Edited: 1,
    Commanded: 2,
    Change: 2,
    Configured: 4,
    Granted: 10,
    StateAnswered: 10,
    VersionAnswered: 10,
    SchemaAnswered: 10,
    PeersAnswered: 10
  },
  renumbered: new Set(["operation", "group"]),
  play: (labels) => ({
    input: labels.find(isStep)?.input,
    due: saidIn(labels),
    shown: undefined,
    begins: false,
    ends: false
  }),
  differs: (due, seen) => channelsThatDiffer(due, seen, placeOf),
  actual: (burst, seen) => burst.map((labels, at) => (at === 0 ? asSeen(labels, seen.outputs) : [])),
  choice: (labels) => labels.find(isStep)?.input ?? null,
  simpler: () => [],
  tellInput: describeNodeInput,
  tellDue: ({ due }) => due.map(describeNodeSaid),
  tellOutput: (output) => {
    if (isDied(output)) return "dead"
    return isStrange(output) ? `${output.channel}: ${output.what}` : describeNodeSaid(output)
  },
  tellShown: () => "shows nothing"
}

const isStep = (label: NodeLabel): label is UpgradeNodeStep => label._tag === "UpgradeNodeStep"

/** That it fell, or that its disk was changed, is told by whoever did that. */
const isDone = ({ _tag }: NodeLabel): boolean => _tag === "Stopped" || _tag === "Edited"

const saidIn = (labels: ReadonlyArray<NodeLabel>): ReadonlyArray<NodeSaid> =>
  labels.flatMap((label): ReadonlyArray<NodeSaid> => {
    if (isStep(label)) return label.calls
    return isDone(label) ? [] : [label]
  })

const asSeen = (labels: ReadonlyArray<NodeLabel>, outputs: ReadonlyArray<Seen<NodeSaid>>): ReadonlyArray<NodeLabel> => {
  const said = outputs.flatMap((output) => (isDied(output) || isStrange(output) ? [] : [output]))
  const calls = said.flatMap((one) => (one._tag === "Calls" ? [one] : []))
  const told = said.flatMap((one) => (one._tag === "Calls" ? [] : [one]))
  return [...labels.flatMap((label) => (isStep(label) ? [{ ...label, calls }] : [])), ...labels.filter(isDone), ...told]
}

/** Changes, answers and each call go their own ways; what a schema is known by, and in which order a list names peers, nobody says. */
const placeOf = (said: NodeSaid): OnChannel => {
  switch (said._tag) {
    case "Calls":
      return { channel: `calls to ${said.to}`, items: [said] }
    case "ExchangeAsked":
      return { channel: `to ${said.to}`, items: [{ ...said, peers: sorted(said.peers) }] }
    case "ExchangeAnswered": {
      const { answer } = said
      const told = answer._tag === "Peers" ? { ...answer, peers: sorted(answer.peers) } : answer
      return { channel: `answers to ${said.to}`, items: [{ ...said, answer: told }] }
    }
    case "StateTold":
      return { channel: `answers to ${said.to}`, items: [said] }
    case "OperationBegan":
    case "OperationRefused":
    case "OperationEnded":
    case "PushSent":
    case "CommandApplied":
      return { channel: "changes", items: [said] }
    case "SchemaIs":
      return { channel: "schema", items: [{ ...said, version: null }] }
    case "VersionHeard":
      return { channel: `from ${said.of}`, items: [{ ...said, version: said.version === null ? null : "one" }] }
    case "StateHeard":
    case "ExchangeHeard":
      return { channel: `from ${said.of}`, items: [said] }
    case "FiberFailed":
      return { channel: self, items: [said._tag] }
    case "PeersStored":
      return { channel: self, items: [{ ...said, peers: sorted(said.peers) }] }
    case "Booted":
      return { channel: self, items: [{ ...said, found: { ...said.found, discovery: sorted(said.found.discovery) } }] }
    default:
      return { channel: self, items: [said] }
  }
}

const sorted = (peers: PeerList): PeerList => [...peers].sort((one, other) => (one.node < other.node ? -1 : 1))
