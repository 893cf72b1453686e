/** A node that looks for group 0 as a part: one input and its outputs a step. It shows nothing of its state. */
import type { DiscoveryLabel } from "../../../spec/raft-upgrade/discovery/labels.ts"
import type { DiscoveryInput, DiscoveryOutput } from "../../../spec/raft-upgrade/discovery/messages.ts"
import type { PeerList } from "../../../spec/raft-upgrade/messages.ts"
import { channelsThatDiffer, type OnChannel } from "../channels.ts"
import type { Part, Step } from "../part.ts"
import { type Adapter, isDied, isStrange, type Seen } from "../role-under-test.ts"
import { describeDiscoveryInput, describeDiscoveryOutput } from "./discovery-words.ts"

/** An adapter of a node that looks for group 0. It has nothing to observe but its outputs. */
export type DiscoveryAdapter = Adapter<DiscoveryInput, DiscoveryOutput, never> & {
  readonly role: "raft-upgrade/discovery"
}

/** How the kit plays such a node: what it is given of each label, what is due, and what is drawn how often. */
export const discoveryPart: Part<DiscoveryLabel, DiscoveryInput, DiscoveryOutput, never> = {
  protocol: "raft-upgrade",
  role: "raft-upgrade/discovery",
  internal: new Set(),
  // What was asked is answered more often than not: who falls all the time, or finds a group at once, has never looked.
  weights: { Falls: 1, AnsweredWithGroup: 1 },
  renumbered: new Set(),
  play: ([step]) => ({
    input: step?.input,
    due: step?.outputs ?? [],
    shown: undefined,
    begins: false,
    ends: false
  }),
  differs: (due, seen) => channelsThatDiffer(due, seen, placeOf),
  actual: (burst, seen) =>
    burst.map((labels) => labels.map((label) => ({ ...label, outputs: seen.outputs.flatMap(inWords) }))),
  choice: ([step]) => step?.input ?? null,
  simpler: (step) => tellingLess(step),
  tellInput: describeDiscoveryInput,
  tellDue: ({ due }) => due.map(describeDiscoveryOutput),
  tellOutput: (output) => tellSeen(output),
  tellShown: () => "shows nothing"
}

/** Each question goes its own way. What is stored before somebody is told of it is on his way too: that order is compared. */
const placeOf = (output: DiscoveryOutput): OnChannel => {
  switch (output._tag) {
    case "Asks":
      return { channel: `question to ${output.to}`, items: [{ ...output, peers: sorted(output.peers) }] }
    case "Answers": {
      const { answer } = output
      const told = answer._tag === "Peers" ? { ...answer, peers: sorted(answer.peers) } : answer
      return { channel: "itself", items: [{ ...output, answer: told }] }
    }
    case "PeersStored":
      return { channel: "itself", items: [{ ...output, peers: sorted(output.peers) }] }
    default:
      return { channel: "itself", items: [output] }
  }
}

/** In which order a list names peers nobody says. */
const sorted = (peers: PeerList): PeerList => [...peers].sort((one, other) => (one.node < other.node ? -1 : 1))

/** What was seen, in the spec's words where it has any. */
const inWords = (output: Seen<DiscoveryOutput>): ReadonlyArray<DiscoveryOutput> =>
  isDied(output) || isStrange(output) ? [] : [output]

const tellSeen = (output: Seen<DiscoveryOutput>): string => {
  if (isDied(output)) return "dead"
  return isStrange(output) ? `${output.channel}: ${output.what}` : describeDiscoveryOutput(output)
}

/** Simpler steps: it is told of fewer nodes. */
const tellingLess = ({ rule, choice }: Step): ReadonlyArray<Step> => {
  const { contacts, peers, answer } = Object(choice) as {
    readonly contacts?: unknown
    readonly peers?: unknown
    readonly answer?: unknown
  }
  const told = Object(answer) as { readonly peers?: unknown }
  return [
    ...withoutOne(contacts).map((fewer) => ({ ...Object(choice), contacts: fewer })),
    ...withoutOne(peers).map((fewer) => ({ ...Object(choice), peers: fewer })),
    ...withoutOne(told.peers).map((fewer) => ({ ...Object(choice), answer: { ...told, peers: fewer } }))
  ].map((simpler) => ({ rule, choice: simpler }))
}

const withoutOne = (list: unknown): ReadonlyArray<ReadonlyArray<unknown>> =>
  Array.isArray(list) ? list.map((_, at) => list.toSpliced(at, 1)) : []
