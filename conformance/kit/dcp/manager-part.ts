/** The replication manager as a part: the desired map, and what it tells which replicator. It shows nothing of its state. */
import type { DcpLabel } from "../../../spec/dcp/labels.ts"
import type { ManagerInput, ManagerOutput } from "../../../spec/dcp/supervision.ts"
import { channelsThatDiffer, type OnChannel } from "../channels.ts"
import type { Part } from "../part.ts"
import { isDied, isStrange, type Reaction, type Seen } from "../role-under-test.ts"
import { renumbered } from "./choices.ts"
import { tellSeen } from "./seen-words.ts"
import { describeManagerInput, describeManagerOutput } from "./supervision-words.ts"

export const managerPart: Part<DcpLabel, ManagerInput, ManagerOutput, never> = {
  protocol: "dcp",
  role: "dcp/replication-manager",
  internal: new Set(),
  weights: {},
  renumbered,
  play: (labels) => {
    const step = labels.find((label) => label._tag === "ManagerStep")
    return { input: step?.input, due: step?.outputs ?? [], shown: undefined, begins: false, ends: false }
  },
  differs: (due, seen) => channelsThatDiffer(due, seen, placeOf),
  actual: (burst, seen) => burst.map((labels) => labels.map((label) => actualLabel(label, seen))),
  choice: ([label]) => (label?._tag === "ManagerStep" ? label.input : (label ?? null)),
  // Every input is as small as it gets.
  simpler: () => [],
  tellInput: describeManagerInput,
  tellDue: ({ due }) => due.map(describeManagerOutput),
  tellOutput: (output) => tellSeen(output, describeManagerOutput),
  tellShown: () => "nothing"
}

/** Each replicator is a channel of its own. */
const placeOf = (output: ManagerOutput): OnChannel => {
  switch (output._tag) {
    case "StartReplicator":
      return { channel: `to replicator ${output.connection}`, items: ["start"] }
    case "SetupReplication":
      return { channel: `to replicator ${output.connection}`, items: [output.vbuckets] }
    case "Answer":
      return { channel: "to callers", items: [output] }
  }
}

const actualLabel = (label: DcpLabel, seen: Reaction<ManagerOutput, never>): DcpLabel =>
  label._tag === "ManagerStep" ? { ...label, outputs: seen.outputs.flatMap(asOutput) } : label

/** What an input and its reaction look like from outside, whatever was due. */
export const managerLabels = (input: ManagerInput, seen: Reaction<ManagerOutput, never>): ReadonlyArray<DcpLabel> => [
  { _tag: "ManagerStep", input, outputs: seen.outputs.flatMap(asOutput) }
]

const asOutput = (output: Seen<ManagerOutput>): ReadonlyArray<ManagerOutput> =>
  isStrange(output) || isDied(output) ? [] : [output]
