// Goal: our connection does in every state what the model does, deaths included. Method: take every transition there is.
import { expect, test } from "vitest"
import { consumerAdapter } from "../../adapters/dcp-consumer.ts"
import { graphFor } from "../stage.ts"
import { tour } from "../tour.ts"
import { consumerPart as part } from "./consumer-part.ts"
import { dcpSystem } from "./dcp-roles.ts"
import { modelMade } from "./model-made.test-support.ts"
import { oneStream } from "./settings.ts"

const system = dcpSystem("dcp/consumer-connection", oneStream)

test("dcp: consumer connection: ours takes all 13,495 transitions of one stream and of what laws remember, with 0 divergences", async () => {
  const toured = await tour({ graph: graphFor(system, part), part, adapter: consumerAdapter() })
  expect(toured.divergence).toBeUndefined()
  expect(toured).toMatchObject({ complete: true, places: 445, transitions: 13_495 })
})

test("dcp: consumer connection: every life that a tour begins is let go of once", async () => {
  let begun = 0
  let ended = 0
  const right = modelMade()
  const adapter: typeof right = {
    ...right,
    start: async () => {
      const session = await right.start()
      begun++
      return { input: (input) => session.input(input), stop: () => void ended++ }
    }
  }
  const toured = await tour({ graph: graphFor({ ...system, laws: [] }, part), part, adapter })
  expect(toured).toMatchObject({ complete: true, transitions: 2_140 })
  expect([begun > 1, ended]).toEqual([true, begun])
})
