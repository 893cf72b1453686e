/** The consumer connection as a part: one input and its outputs a step, in whatever system it stands. */
import type { DcpLabel } from "../../../spec/dcp/labels.ts"
import type { ConsumerInput, ConsumerOutput } from "../../../spec/dcp/messages.ts"
import { describeInput, describeOutput } from "../../report/dcp-words.ts"
import { channelsThatDiffer, type OnChannel } from "../channels.ts"
import type { Part } from "../part.ts"
import { isDied, isStrange, type Reaction, type Seen } from "../role-under-test.ts"
import { dcpChoice, renumbered, simplerSteps } from "./choices.ts"
import { type Partitions, tellPartitions, tellSeen } from "./seen-words.ts"

export const consumerPart: Part<DcpLabel, ConsumerInput, ConsumerOutput, Partitions> = {
  protocol: "dcp",
  role: "dcp/consumer-connection",
  internal: new Set(),
  weights: { "socket closes": 1, "socket.breaks": 1, "get partitions": 1, "caller.calls": 2 },
  renumbered,
  play: (labels) => {
    const step = labels.find((label) => label._tag === "ConsumerStep")
    return {
      input: step?.input,
      due: step?.outputs ?? [],
      shown: step?.partitions,
      begins: labels.some((label) => label._tag === "Reconnected"),
      ends: labels.some((label) => label._tag === "Exited" && label.process === "consumerConnection")
    }
  },
  differs: (due, seen) => channelsThatDiffer(due, seen, placeOf),
  actual: (burst, seen) => burst.map((labels) => actualLabels(labels, seen)),
  choice: dcpChoice,
  simpler: simplerSteps,
  tellInput: describeInput,
  tellDue: ({ due }) => due.map(describeOutput),
  tellOutput: (output) => tellSeen(output, describeOutput),
  tellShown: tellPartitions
}

const placeOf = (output: ConsumerOutput): OnChannel => {
  switch (output._tag) {
    case "SendKvConsumer":
      return { channel: "to kv consumer", items: [output.packet] }
    case "ForwardKvProducer":
      return { channel: "to kv producer", items: output.packets }
    case "CastCloseStream":
      return { channel: "to producer connection", items: [output.vbucket] }
    case "Reply":
      return { channel: "replies", items: [output] }
    case "Crash":
      return { channel: "crash", items: [output.reason._tag] }
  }
}

const exited: DcpLabel = { _tag: "Exited", process: "consumerConnection" }

const actualLabels = (
  labels: ReadonlyArray<DcpLabel>,
  seen: Reaction<ConsumerOutput, Partitions>
): ReadonlyArray<DcpLabel> => {
  const step = labels.find((label) => label._tag === "ConsumerStep")
  return step === undefined ? labels : consumerLabels(step.input, seen)
}

/** What an input and its reaction look like from outside, whatever was due. */
export const consumerLabels = (
  input: ConsumerInput,
  seen: Reaction<ConsumerOutput, Partitions>
): ReadonlyArray<DcpLabel> => {
  const outputs = seen.outputs.flatMap(asOutput)
  const dead = outputs.some(({ _tag }) => _tag === "Crash")
  const partitions = dead ? null : (seen.observed ?? null)
  return [{ _tag: "ConsumerStep", input, outputs, partitions }, ...(dead ? [exited] : [])]
}

/** What was seen, in the spec's words where it has any. */
const asOutput = (output: Seen<ConsumerOutput>): ReadonlyArray<ConsumerOutput> => {
  if (isStrange(output)) return []
  return isDied(output) ? [{ _tag: "Crash", reason: { _tag: "Killed" } }] : [output]
}
