/** The producer connection of DCP, for adapters in any language. */
import { small } from "../../../model/dcp/bounds.ts"
import { producerAlone } from "../../../model/dcp/roles.ts"
import type { DcpLabel } from "../../../spec/dcp/labels.ts"
import { producerLaws } from "../../../spec/dcp/laws.ts"
import { ProducerInput, ProducerOutput } from "../../../spec/dcp/messages.ts"
import { producerLabels, producerPart } from "../../kit/dcp/producer-part.ts"
import { isDied } from "../../kit/role-under-test.ts"
import { graphFor } from "../../kit/stage.ts"
import type { RemoteRole } from "../remote-role.ts"
import { choosing } from "./choosing.ts"

type Producer = RemoteRole<DcpLabel, ProducerInput, ProducerOutput, never>

/** It remembers nothing, so that one state with every packet and every pair of packets is all there is. */
const system = producerAlone({ ...small, vbuckets: 2 })
const graph = () => graphFor(system, producerPart)

const inputs = system.rules.map((rule) =>
  rule
    .fire(null)
    .flatMap(({ labels }) => labels.flatMap((label) => (label._tag === "ProducerStep" ? [label.input] : [])))
)

export const producerConnectionRole: Producer = {
  role: producerPart.role,
  input: ProducerInput,
  output: ProducerOutput,
  shown: undefined,
  part: producerPart,
  labels: producerLabels,
  isLast: (output) => isDied(output) || output._tag === "Crash",
  mayDie: true,
  laws: producerLaws,
  environment: choosing({ init: null, on: () => null, kinds: () => inputs }),
  variants: [{ name: "reference", walks: [graph], bounded: graph }],
  vectors: { paths: graph, variant: "reference", told: graph }
}
