/** The replicator of DCP, above two connections that are the kit's, for adapters in any language. */
import { replicatorAlone, replicatorInputs, type Standing } from "../../../model/dcp/supervision-roles.ts"
import type { DcpLabel } from "../../../spec/dcp/labels.ts"
import { S21 } from "../../../spec/dcp/laws/supervision.ts"
import { ReplicatorInput, ReplicatorOutput } from "../../../spec/dcp/supervision.ts"
import { replicatorLabels, replicatorPart } from "../../kit/dcp/replicator-part.ts"
import { isDied } from "../../kit/role-under-test.ts"
import { graphFor } from "../../kit/stage.ts"
import type { RemoteRole } from "../remote-role.ts"
import { choosing } from "./choosing.ts"

type Replicator = RemoteRole<DcpLabel, ReplicatorInput, ReplicatorOutput, never>

const system = replicatorAlone()
const graph = () => graphFor(system, replicatorPart)

const after = (standing: Standing, label: DcpLabel): Standing =>
  label._tag === "ReplicatorStep"
    ? label.outputs.reduce((now, output): Standing => {
        if (output._tag === "SpawnWorker") return "working"
        if (output._tag === "Answer" || output._tag === "ExitCaller") return "ready"
        return output._tag === "ShutConsumer" ? "stopping" : now
      }, standing)
    : standing

export const replicatorRole: Replicator = {
  role: replicatorPart.role,
  input: ReplicatorInput,
  output: ReplicatorOutput,
  shown: undefined,
  part: replicatorPart,
  labels: replicatorLabels,
  isLast: (output) => isDied(output) || output._tag === "Exit",
  mayDie: true,
  laws: [S21],
  environment: choosing<Standing, DcpLabel, ReplicatorInput>({
    init: "ready",
    on: after,
    kinds: (standing) => Object.values(replicatorInputs[standing])
  }),
  variants: [{ name: "reference", walks: [graph], bounded: graph }],
  vectors: { paths: graph, variant: "reference", told: graph }
}
