/** The consumer connection in lockstep with its model: alone, where anything may come at any time. */
import { type Bounds, maybeClose, setup, shutConnection, small, takeover } from "../../../../model/dcp/bounds.ts"
import { consumerAlone } from "../../../../model/dcp/roles.ts"
import { reference } from "../../../../model/dcp/variants.ts"
import { consumerAdapter } from "../../../adapters/dcp-consumer.ts"
import { checkRole } from "../../../kit/check-role.ts"
import { consumerPart } from "../../../kit/dcp/consumer-part.ts"
import { graphFor } from "../../../kit/stage.ts"
import type { Exam } from "../exam.ts"
import { lockstepFindings } from "./lockstep-finding.ts"

const bounds: Bounds = {
  ...small,
  vbuckets: 2,
  requests: [setup(0), setup(1), setup(0, 1), setup(0, 0), setup(), maybeClose(0), takeover(0), shutConnection]
}
const system = consumerAlone(reference, bounds)
const graph = graphFor(system, consumerPart)

/** Random walks, the same for everybody. */
const budget = { runs: 400, maxCommands: 40 }

export const consumerLockstep: Exam = {
  name: "lockstep consumer connection",
  async *findings({ consumer: Consumer }, seed) {
    if (Consumer === undefined) return
    const adapter = consumerAdapter("subject", (options) => new Consumer(options))
    const result = await checkRole({ ...budget, system, part: consumerPart, adapter, seed, graph })
    yield* lockstepFindings(result, this.name)
  }
}
