/**
 * A whole proxy pair as a part: only its calls and its two sockets can be seen from outside.
 *
 * What the two connections tell each other happens inside and at once, so a step here is a burst: one thing from outside
 * and everything that follows from it.
 */
import type { DcpLabel } from "../../../spec/dcp/labels.ts"
import type { ConsumerOutput, ProducerOutput } from "../../../spec/dcp/messages.ts"
import { channelsThatDiffer, type OnChannel } from "../channels.ts"
import type { Part, Play } from "../part.ts"
import type { Reaction } from "../role-under-test.ts"
import { same } from "../same.ts"
import { dcpChoice, renumbered, simplerSteps } from "./choices.ts"
import { actualPair } from "./pair-actual.ts"
import { type PairInput, type PairOutput, tellPairInput, tellPairOutput } from "./pair-words.ts"
import { type Partitions, tellPartitions, tellSeen } from "./seen-words.ts"

export const pairPart: Part<DcpLabel, PairInput, PairOutput, Partitions> = {
  protocol: "dcp",
  role: "dcp/proxy-pair",
  internal: new Set(["consumer.takes", "producer.takes", "producer.writes"]),
  weights: { "socket.breaks": 1, "caller.calls": 2 },
  renumbered,
  play: (labels) => ({
    input: inputOf(labels),
    due: [...labels.flatMap(dueOf), ...(labels.some(isDeath) ? [closed] : [])],
    shown: shownBy(labels),
    begins: labels.some((label) => label._tag === "Reconnected"),
    ends: labels.some(isDeath)
  }),
  differs: (due, seen) => channelsThatDiffer(due.ends ? written(due, seen) : due, seen, placeOf),
  actual: actualPair,
  choice: dcpChoice,
  simpler: simplerSteps,
  tellInput: tellPairInput,
  // What was in hand is said once, when it was written; where everything died, what of it was written is open.
  tellDue: ({ due, ends }) => due.filter(({ _tag }) => ends || _tag !== "InHand").map(tellPairOutput),
  tellOutput: (output) => tellSeen(output, tellPairOutput),
  tellShown: tellPartitions
}

const closed: PairOutput = { _tag: "Closed" }

const isDeath = (label: DcpLabel): boolean => label._tag === "Exited" && label.process === "consumerConnection"

const inputOf = (labels: ReadonlyArray<DcpLabel>): PairInput | undefined => {
  const [label] = labels
  if (label === undefined) return undefined
  if (label._tag === "Called") return { _tag: "Call", call: label.call, request: label.request }
  if (label._tag === "ConsumerStep" || label._tag === "ProducerStep") {
    const { input } = label
    return input._tag === "FromKvConsumer" || input._tag === "FromKvProducer" ? input : undefined
  }
  return labels.some(isDeath) ? { _tag: "Break" } : undefined
}

const shownBy = (labels: ReadonlyArray<DcpLabel>): Partitions | null | undefined => {
  const step = labels.find((label) => label._tag === "ConsumerStep")
  return step?.partitions
}

const dueOf = (label: DcpLabel): ReadonlyArray<PairOutput> => {
  if (label._tag === "ProducerWrote") return [{ _tag: "ToKvConsumer", packets: label.packets }]
  return label._tag === "ConsumerStep" || label._tag === "ProducerStep" ? label.outputs.flatMap(outwards) : []
}

const outwards = (output: ConsumerOutput | ProducerOutput): ReadonlyArray<PairOutput> => {
  switch (output._tag) {
    case "SendKvConsumer":
      return [{ _tag: "ToKvConsumer", packets: [output.packet] }]
    case "ForwardKvProducer":
      return [{ _tag: "ToKvProducer", packets: output.packets }]
    case "SendKvProducer":
      return [{ _tag: "ToKvProducer", packets: [output.packet] }]
    case "ForwardKvConsumer":
      return [{ _tag: "InHand", packets: output.packets }]
    case "Reply":
      return [output]
    case "CastCloseStream":
    case "CastConsumer":
    case "Crash":
      return []
  }
}

const placeOf = (output: PairOutput): OnChannel => {
  switch (output._tag) {
    case "ToKvConsumer":
      return { channel: "to kv consumer", items: output.packets }
    case "ToKvProducer":
      return { channel: "to kv producer", items: output.packets }
    case "Reply":
      return { channel: "replies", items: [output] }
    case "Closed":
      return { channel: "crash", items: ["Closed"] }
    case "InHand":
      return { channel: "in hand", items: [] }
  }
}

type PairPlay = Play<PairInput, PairOutput, Partitions>

/** After a death bytes may be lost: what was written is enough if it is the beginning of what could have been. */
const written = (due: PairPlay, seen: Reaction<PairOutput, Partitions>): PairPlay => {
  const kept = (["ToKvConsumer", "ToKvProducer"] as const).map((tag): PairOutput => {
    const possible = due.due.flatMap((output) =>
      output._tag === tag || (output._tag === "InHand" && tag === "ToKvConsumer") ? output.packets : []
    )
    const actual = seen.outputs.flatMap((output) => (output._tag === tag ? output.packets : []))
    return { _tag: tag, packets: same(possible.slice(0, actual.length), actual) ? actual : possible }
  })
  const others = due.due.filter(({ _tag }) => _tag === "Reply" || _tag === "Closed")
  return { ...due, due: [...kept, ...others] }
}
