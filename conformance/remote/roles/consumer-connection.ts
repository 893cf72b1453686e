/** The consumer connection of DCP, for adapters in any language. */
import { Schema } from "effect"
import { variants } from "../../../model/dcp/variants.ts"
import type { DcpLabel } from "../../../spec/dcp/labels.ts"
import { consumerLaws } from "../../../spec/dcp/laws.ts"
import { ConsumerInput, ConsumerOutput } from "../../../spec/dcp/messages.ts"
import { VBucket } from "../../../spec/ids.ts"
import { consumerLabels, consumerPart } from "../../kit/dcp/consumer-part.ts"
import { dcpSystem } from "../../kit/dcp/dcp-roles.ts"
import type { Partitions } from "../../kit/dcp/seen-words.ts"
import { alone, between } from "../../kit/dcp/settings.ts"
import { graphFor } from "../../kit/stage.ts"
import type { RemoteRole, RemoteVariant } from "../remote-role.ts"

type Consumer = RemoteRole<DcpLabel, ConsumerInput, ConsumerOutput, Partitions>

const variant = (name: keyof typeof variants): RemoteVariant<DcpLabel, ConsumerInput, ConsumerOutput, Partitions> => ({
  name,
  roomy: () => graphFor(dcpSystem("dcp/consumer-connection", { ...between, variant: name }), consumerPart),
  bounded: () => graphFor(dcpSystem("dcp/consumer-connection", { ...alone, variant: name }), consumerPart)
})

export const consumerConnectionRole: Consumer = {
  role: consumerPart.role,
  input: ConsumerInput,
  output: ConsumerOutput,
  shown: { name: "partitions", value: Schema.Array(VBucket) },
  part: consumerPart,
  labels: consumerLabels,
  isLast: ({ _tag }) => _tag === "Crash",
  laws: consumerLaws,
  variants: [variant("reference"), variant("asShipped"), variant("beforeFix")]
}
