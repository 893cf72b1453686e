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
import { alone, between } from "../../kit/dcp/settings.ts"
import { isDied } from "../../kit/role-under-test.ts"
import { graphFor } from "../../kit/stage.ts"
import type { FreeEnvironment, RemoteRole, RemoteVariant } from "../remote-role.ts"

type Consumer = RemoteRole<DcpLabel, ConsumerInput, ConsumerOutput, Partitions>

const variant = (name: keyof typeof variants): RemoteVariant<DcpLabel, ConsumerInput, ConsumerOutput, Partitions> => ({
  name,
  roomy: () => graphFor(dcpSystem("dcp/consumer-connection", { ...between, variant: name }), consumerPart),
  bounded: () => graphFor(dcpSystem("dcp/consumer-connection", { ...alone, variant: name }), consumerPart)
})

/** Every input that may come to a fresh connection; later ones are no others but for the names of calls. */
const alphabet: ReadonlyArray<ConsumerInput> = consumerAlone(variants.reference, { ...alone.bounds, chunk: 2 })
  .rules.flatMap(({ fire }) => fire(fresh).flatMap(({ labels }) => labels))
  .flatMap((label) => (label._tag === "ConsumerStep" ? [label.input] : []))

/** Anything may come at any time, and no two calls have the same name. */
const environment = (): FreeEnvironment<DcpLabel, ConsumerInput> => {
  let calls = 0
  const kinds = Object.values(groupedByTag(alphabet))
  return {
    next: (draw) => {
      const inputs = kinds[draw(kinds.length)]!
      const input = inputs[draw(inputs.length)]!
      return input._tag === "Call" ? { ...input, call: CallId.make(`c${++calls}`) } : input
    },
    isSensible: () => true,
    heard: () => undefined
  }
}

const groupedByTag = (inputs: ReadonlyArray<ConsumerInput>): Readonly<Record<string, ReadonlyArray<ConsumerInput>>> => {
  const kinds: Record<string, Array<ConsumerInput>> = {}
  for (const input of inputs) {
    const known = kinds[input._tag]
    if (known === undefined) kinds[input._tag] = [input]
    else known.push(input)
  }
  return kinds
}

export const consumerConnectionRole: Consumer = {
  role: consumerPart.role,
  input: ConsumerInput,
  output: ConsumerOutput,
  shown: { name: "partitions", value: Schema.Array(VBucket) },
  part: consumerPart,
  labels: consumerLabels,
  isLast: (output) => isDied(output) || output._tag === "Crash",
  laws: consumerLaws,
  environment,
  variants: [variant("reference"), variant("asShipped"), variant("beforeFix")]
}
