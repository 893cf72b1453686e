/** The replicator as a part: its calls, its worker, and how it and its proxies end. It shows nothing of its state. */
import type { DcpLabel } from "../../../spec/dcp/labels.ts"
import type { ReplicatorInput, ReplicatorOutput } from "../../../spec/dcp/supervision.ts"
import { channelsThatDiffer, type OnChannel } from "../channels.ts"
import type { Part } from "../part.ts"
import { isDied, isStrange, type Reaction, type Seen } from "../role-under-test.ts"
import { renumbered } from "./choices.ts"
import { tellSeen } from "./seen-words.ts"
import { describeReplicatorInput, describeReplicatorOutput } from "./supervision-words.ts"

export const replicatorPart: Part<DcpLabel, ReplicatorInput, ReplicatorOutput, never> = {
  protocol: "dcp",
  role: "dcp/replicator",
  internal: new Set(),
  weights: { "consumer.dies": 1, "producer.dies": 1 },
  renumbered,
  play: (labels) => {
    const step = labels.find((label) => label._tag === "ReplicatorStep")
    return {
      input: step?.input,
      due: step?.outputs ?? [],
      shown: undefined,
      begins: labels.some((label) => label._tag === "Reconnected"),
      ends: labels.some((label) => label._tag === "Exited" && label.process === "replicator")
    }
  },
  differs: (due, seen) => channelsThatDiffer(due, seen, placeOf),
  actual: (burst, seen) => burst.map((labels) => actualLabels(labels, seen)),
  choice: ([label]) => (label?._tag === "ReplicatorStep" ? label.input : (label ?? null)),
  // Every input is as small as it gets.
  simpler: () => [],
  tellInput: describeReplicatorInput,
  tellDue: ({ due }) => due.map(describeReplicatorOutput),
  tellOutput: (output) => tellSeen(output, describeReplicatorOutput),
  tellShown: () => "nothing"
}

const placeOf = (output: ReplicatorOutput): OnChannel => {
  switch (output._tag) {
    case "SpawnWorker":
    case "ShutConsumer":
      return { channel: "to consumer connection", items: [output] }
    case "Answer":
    case "ExitCaller":
      return { channel: "to callers", items: [output] }
    case "EndProxies":
      return { channel: "to both proxies", items: [output.how] }
    case "Exit":
      return { channel: "exit", items: [output.reason] }
  }
}

/** What follows from an end that did not come did not happen either. */
const actualLabels = (
  labels: ReadonlyArray<DcpLabel>,
  seen: Reaction<ReplicatorOutput, never>
): ReadonlyArray<DcpLabel> => {
  const step = labels.find((label) => label._tag === "ReplicatorStep")
  if (step === undefined) return labels
  const outputs = seen.outputs.flatMap(asOutput)
  const exits = outputs.some(({ _tag }) => _tag === "Exit")
  const ends = outputs.some(({ _tag }) => _tag === "EndProxies")
  const happened = (label: DcpLabel): boolean =>
    label._tag === "Exited" && label.process === "replicator" ? exits : ends
  return labels.flatMap((label) => (label === step ? [{ ...step, outputs }] : happened(label) ? [label] : []))
}

/** What an input and its reaction look like from outside, whatever was due: its own step, for its end is told by its outputs. */
export const replicatorLabels = (
  input: ReplicatorInput,
  seen: Reaction<ReplicatorOutput, never>
): ReadonlyArray<DcpLabel> => [{ _tag: "ReplicatorStep", input, outputs: seen.outputs.flatMap(asOutput) }]

const asOutput = (output: Seen<ReplicatorOutput>): ReadonlyArray<ReplicatorOutput> =>
  isStrange(output) || isDied(output) ? [] : [output]
