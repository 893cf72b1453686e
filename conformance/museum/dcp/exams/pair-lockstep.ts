/** The whole pair in lockstep with its model, as a replicator builds it: only calls and sockets can be seen. */
import { setup, shutConnection, small, takeover } from "../../../../model/dcp/bounds.ts"
import { pair } from "../../../../model/dcp/pair.ts"
import { reference } from "../../../../model/dcp/variants.ts"
import { pairAdapter } from "../../../adapters/dcp-pair.ts"
import { checkRole } from "../../../kit/check-role.ts"
import { pairPart } from "../../../kit/dcp/pair-part.ts"
import { graphFor } from "../../../kit/stage.ts"
import type { Exam } from "../exam.ts"
import { lockstepFindings } from "./lockstep-finding.ts"

const requests = [setup(0, 1), setup(), takeover(0), shutConnection]
const system = pair(
  reference,
  { ...small, vbuckets: 2, calls: 4, requests, overlap: true, breaks: 1, sockets: true },
  []
)
const graph = graphFor(system, pairPart)

export const pairLockstep: Exam = {
  name: "lockstep proxy pair",
  async *findings({ consumer: Consumer, producer: Producer, replicator }, seed) {
    if ((Consumer ?? Producer ?? replicator) === undefined) return
    const adapter = pairAdapter("subject", {
      ...(replicator === undefined ? {} : { replicator }),
      ...(Consumer === undefined ? {} : { consumer: (options) => new Consumer(options) }),
      ...(Producer === undefined ? {} : { producer: (options) => new Producer(options) })
    })
    const result = await checkRole({ runs: 100, maxCommands: 40, system, part: pairPart, adapter, seed, graph })
    yield* lockstepFindings(result, this.name)
  }
}
