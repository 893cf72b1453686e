/** The consumer connection of DCP, for adapters in any language. */
import { Schema } from "effect"
import { fresh } from "../../../model/dcp/consumer-state.ts"
import { consumerAlone } from "../../../model/dcp/roles.ts"
import { variants } from "../../../model/dcp/variants.ts"
import type { DcpLabel } from "../../../spec/dcp/labels.ts"
import { consumerLaws } from "../../../spec/dcp/laws.ts"
import { ConsumerInput, ConsumerOutput } from "../../../spec/dcp/messages.ts"
import { CallId, VBucket } from "../../../spec/ids.ts"
import { consumerLabels, consumerPart } from "../../kit/dcp/consumer-part.ts"
import { dcpSystem } from "../../kit/dcp/dcp-roles.ts"
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

/** Anything may come at any time, and no two calls that wait for a reply have the same name. */
const environment = (): FreeEnvironment<DcpLabel, ConsumerInput> => {
  let calls = 0
  const open = new Set<CallId>()
  return {
    next: (draw) => {
      const inputs = kinds[draw(kinds.length)]!
      const input = inputs[draw(inputs.length)]!
      return input._tag === "Call" ? { ...input, call: CallId.make(`c${++calls}`) } : input
    },
    isSensible: (input) => input._tag !== "Call" || !open.has(input.call),
    heard: (labels) => {
      for (const label of labels) {
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
