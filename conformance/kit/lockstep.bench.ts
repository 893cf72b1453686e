/** What a command costs, by role and by way. One iteration is a whole check; commands a second are told beside it. */
import { bench, describe } from "vitest"
import { consumerAdapter } from "../adapters/dcp-consumer.ts"
import { pairAdapter } from "../adapters/dcp-pair.ts"
import { producerAdapter } from "../adapters/dcp-producer.ts"
import { ourWireAdapter } from "../adapters/dcp-wire/our-wire.ts"
import { checkDcp, type DcpAdapter, type DcpSetting, dcpGround } from "./dcp/dcp-roles.ts"
import { alone, between } from "./dcp/settings.ts"

const chunked: DcpSetting = { ...alone, bounds: { ...alone.bounds, chunk: 2 } }

const subjects: ReadonlyArray<readonly [name: string, adapter: DcpAdapter, setting: DcpSetting, runs: number]> = [
  ["consumer connection alone", consumerAdapter(), alone, 10_000],
  ["consumer connection alone, in chunks", consumerAdapter(), chunked, 10_000],
  ["consumer connection between kv ends", consumerAdapter(), between, 3_000],
  ["producer connection alone", producerAdapter(), alone, 5_000],
  ["pair in process", pairAdapter(), between, 2_000],
  ["pair over the wire", ourWireAdapter(), between, 300]
]

describe("kit: lockstep", () => {
  for (const [name, adapter, setting, runs] of subjects) {
    let best = 0
    bench(
      name,
      async () => {
        const begin = performance.now()
        const { commands } = await checkDcp(adapter, dcpGround(adapter.role, setting), { seed: 1, runs })
        best = Math.max(best, (1000 * commands) / (performance.now() - begin))
      },
      {
        iterations: 3,
        time: 0,
        warmupIterations: 0,
        warmupTime: 0,
        teardown: () => {
          if (best > 0) console.log(`${name}: ${Math.round(best)} commands/s, learning the model included`)
        }
      }
    )
  }
})
