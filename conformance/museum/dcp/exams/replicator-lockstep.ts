/** The replicator in lockstep with its model, above connections that answer, die or keep silent. */
import { setup, small, takeover } from "../../../../model/dcp/bounds.ts"
import { replicatorSystem } from "../../../../model/dcp/replicator-system.ts"
import { reference } from "../../../../model/dcp/variants.ts"
import { replicatorAdapter } from "../../../adapters/dcp-replicator.ts"
import { checkRole } from "../../../kit/check-role.ts"
import { replicatorPart } from "../../../kit/dcp/replicator-part.ts"
import { graphFor } from "../../../kit/stage.ts"
import { apart } from "../apart.ts"
import type { Exam } from "../exam.ts"
import { lockstepFindings } from "./lockstep-finding.ts"

const bounds = { ...small, calls: 4, requests: [setup(0), takeover(0)], breaks: 4 }
const above = replicatorSystem(reference, bounds, [])
const system = apart(apart(above, "supervisor.stops", 3), "consumer.dies", 2)
const graph = graphFor(system, replicatorPart)

export const replicatorLockstep: Exam = {
  name: "lockstep replicator",
  async *findings({ replicator }, seed) {
    if (replicator === undefined) return
    const adapter = replicatorAdapter("subject", replicator)
    const result = await checkRole({ runs: 150, maxCommands: 30, system, part: replicatorPart, adapter, seed, graph })
    yield* lockstepFindings(result, this.name)
  }
}
