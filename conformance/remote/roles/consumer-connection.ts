/** The consumer connection of DCP, for adapters in any language. */
import { Schema } from "effect"
import { fresh } from "../../../model/dcp/consumer-state.ts"
import { consumerAlone } from "../../../model/dcp/roles.ts"
import { variants } from "../../../model/dcp/variants.ts"
import type { DcpLabel } from "../../../spec/dcp/labels.ts"
import { consumerLaws } from "../../../spec/dcp/laws.ts"
import { ConsumerInput, ConsumerOutput, statusCodes } from "../../../spec/dcp/messages.ts"
import { CallId, type Status, VBucket } from "../../../spec/ids.ts"
import { consumerLabels, consumerPart } from "../../kit/dcp/consumer-part.ts"
import { dcpSystem } from "../../kit/dcp/dcp-roles.ts"
import { noDebts, owed, pays } from "../../kit/dcp/debts.ts"
import type { Partitions } from "../../kit/dcp/seen-words.ts"
import { alone, between, oneStream, twoStreams } from "../../kit/dcp/settings.ts"
import type { FreeEnvironment } from "../../kit/law-walk.ts"
import { isDied } from "../../kit/role-under-test.ts"
import { graphFor } from "../../kit/stage.ts"
import type { RemoteRole, RemoteVariant } from "../remote-role.ts"

type Consumer = RemoteRole<DcpLabel, ConsumerInput, ConsumerOutput, Partitions>

const variant = (name: keyof typeof variants): RemoteVariant<DcpLabel, ConsumerInput, ConsumerOutput, Partitions> => ({
  name,
  // Between kv ends stories go deep; alone, whatever is rare comes soon, with one stream sooner than with two.
  walks: [between, oneStream, twoStreams].map(
    (setting) => () => graphFor(dcpSystem("dcp/consumer-connection", { ...setting, variant: name }), consumerPart)
  ),
  // What laws remember of an earlier life would keep fresh connections apart, and a tour would never come to all of them.
  bounded: () =>
    graphFor({ ...dcpSystem("dcp/consumer-connection", { ...oneStream, variant: name }), laws: [] }, consumerPart)
})

/** Every input that may come to a fresh connection, by rule; later ones are no others but for the names of calls. */
const alphabet = consumerAlone(variants.reference, { ...alone.bounds, chunk: 2 })
  .rules.map(({ name, fire }) => ({
    weight: consumerPart.weights[name] ?? 6,
    inputs: fire(fresh)
      .flatMap(({ labels }) => labels)
      .flatMap((label) => (label._tag === "ConsumerStep" ? [label.input] : []))
  }))
  .filter(({ inputs }) => inputs.length > 0)

/** Each rule as often as its weight says. */
const kinds = alphabet.flatMap(({ weight, inputs }) => Array.from({ length: weight }, () => inputs))

/** Whatever is answered may be answered with any status that something is answered with. */
const inAnyWay = (input: ConsumerInput): ReadonlyArray<ConsumerInput> => {
  const [packet, ...others] = input._tag === "FromKvConsumer" ? input.packets : []
  if (packet === undefined || others.length > 0 || !("status" in packet)) return [input]
  return statuses.map((status) => ({ _tag: "FromKvConsumer", packets: [{ ...packet, status }] }))
}
const statuses = [
  statusCodes.Success,
  statusCodes.KeyEnoent,
  statusCodes.NotMyVbucket,
  statusCodes.DcpStreamNotFound
].map((code) => code as number as Status)

/** Inputs by which kv may pay what it owes, each once. */
const payments: ReadonlyArray<ConsumerInput> = [
  ...new Map(
    alphabet
      .flatMap(({ inputs }) => inputs)
      .flatMap(inAnyWay)
      .map((input) => [JSON.stringify(input), input])
  ).values()
]

/** So many inputs in so many are what kv owes, if it owes anything: with strays alone no connection lives long. */
const paid = 3
const outOf = 4

/** Anything may come at any time, and no two calls that wait for a reply have the same name. */
const environment = (): FreeEnvironment<DcpLabel, ConsumerInput> => {
  let calls = 0
  let debts = noDebts
  const open = new Set<CallId>()
  return {
    next: (draw) => {
      const likely = payments.filter((input) => pays(debts, input))
      const inputs = likely.length > 0 && draw(outOf) < paid ? likely : kinds[draw(kinds.length)]!
      const input = inputs[draw(inputs.length)]!
      return input._tag === "Call" ? { ...input, call: CallId.make(`c${++calls}`) } : input
    },
    isSensible: (input) => input._tag !== "Call" || !open.has(input.call),
    heard: (labels) => {
      for (const label of labels) {
        debts = owed(debts, label)
        if (label._tag !== "ConsumerStep") continue
        if (label.input._tag === "Call") open.add(label.input.call)
        for (const output of label.outputs) if (output._tag === "Reply") open.delete(output.call)
      }
    }
  }
}

export const consumerConnectionRole: Consumer = {
  role: consumerPart.role,
  input: ConsumerInput,
  output: ConsumerOutput,
  shown: { name: "partitions", value: Schema.Array(VBucket) },
  part: consumerPart,
  labels: consumerLabels,
  isLast: (output) => isDied(output) || output._tag === "Crash",
  mayDie: true,
  laws: consumerLaws,
  environment,
  variants: [variant("reference"), variant("errorList"), variant("asShipped"), variant("beforeFix")],
  vectors: { paths: variant("reference").bounded, variant: "reference", told: variant("reference").bounded }
}
