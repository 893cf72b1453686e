/** The producer connection as a part. It shows nothing of its state, for it has none. */
import type { DcpLabel } from "../../../spec/dcp/labels.ts"
import type { ProducerInput, ProducerOutput } from "../../../spec/dcp/messages.ts"
import { describeInput, describeOutput } from "../../report/dcp-words.ts"
import { channelsThatDiffer, type OnChannel } from "../channels.ts"
import type { Part } from "../part.ts"
import { isDied, isStrange, type Reaction, type Seen } from "../role-under-test.ts"
import { dcpChoice, renumbered, simplerSteps } from "./choices.ts"
import { tellSeen } from "./seen-words.ts"

export const producerPart: Part<DcpLabel, ProducerInput, ProducerOutput, never> = {
  protocol: "dcp",
  role: "dcp/producer-connection",
  internal: new Set(),
  weights: { "socket.breaks": 1, "caller.calls": 2 },
  renumbered,
  play: (labels) => {
    const step = labels.find((label) => label._tag === "ProducerStep")
    return {
      input: step?.input,
      due: step?.outputs ?? [],
      shown: undefined,
      begins: labels.some((label) => label._tag === "Reconnected"),
      ends: labels.some((label) => label._tag === "Exited" && label.process === "producerConnection")
    }
  },
  differs: (due, seen) => channelsThatDiffer(due, seen, placeOf),
  actual: (burst, seen) => burst.map((labels) => labels.map((label) => actualLabel(label, seen))),
  choice: dcpChoice,
  simpler: simplerSteps,
  tellInput: describeInput,
  tellDue: ({ due }) => due.map(describeOutput),
  tellOutput: (output) => tellSeen(output, describeOutput),
  tellShown: () => "nothing"
}

const placeOf = (output: ProducerOutput): OnChannel => {
  switch (output._tag) {
    case "SendKvProducer":
      return { channel: "to kv producer", items: [output.packet] }
    case "ForwardKvConsumer":
      return { channel: "to kv consumer", items: output.packets }
    case "CastConsumer":
      return { channel: "to consumer connection", items: [output.cast] }
    case "Crash":
      return { channel: "crash", items: [output.reason._tag] }
  }
}

/** What is forwarded is told twice by the labels, once as output and once as written. */
const actualLabel = (label: DcpLabel, seen: Reaction<ProducerOutput, never>): DcpLabel => {
  const outputs = seen.outputs.flatMap(asOutput)
  if (label._tag === "ProducerStep") return { ...label, outputs }
  if (label._tag !== "ProducerWrote") return label
  return {
    ...label,
    packets: outputs.flatMap((output) => (output._tag === "ForwardKvConsumer" ? output.packets : []))
  }
}

/** What an input and its reaction look like from outside, whatever was due. */
export const producerLabels = (
  input: ProducerInput,
  seen: Reaction<ProducerOutput, never>
): ReadonlyArray<DcpLabel> => [{ _tag: "ProducerStep", input, outputs: seen.outputs.flatMap(asOutput) }]

const asOutput = (output: Seen<ProducerOutput>): ReadonlyArray<ProducerOutput> => {
  if (isStrange(output)) return []
  return isDied(output) ? [{ _tag: "Crash", reason: { _tag: "Killed" } }] : [output]
}
