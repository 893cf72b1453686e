// Goal: a law that only a variant's own walk comes by is judged there, and what remains is told. Method: one that ignores early ends.
import { describe, expect, it } from "vitest"
import { reference } from "../../model/dcp/variants.ts"
import { modelMade } from "../kit/dcp/model-made.test-support.ts"
import { lawsBrokenBy } from "../kit/law-walk.ts"
import { memoryDialer } from "../transport/memory-link.ts"
import { patient } from "./altered.test-support.ts"
import { casesOf, verdictOf } from "./cases.ts"
import { checkRemote } from "./check-remote.ts"
import { Line } from "./line.ts"
import { consumerConnectionRole } from "./roles/consumer-connection.ts"
import { serve, served } from "./serve.ts"

const ignoring = modelMade({ ...reference, endPolicy: "ignore" })
const effort = { seed: 5, runs: 20, maxSteps: 60 }

describe("kit: exercise", () => {
  const checked = checkRemote(
    consumerConnectionRole,
    new Line(memoryDialer("served", serve([served(consumerConnectionRole, ignoring)])), {
      version: "test",
      specs: [],
      budgets: patient
    }),
    { ...effort, tour: false, interrupted: () => false, onProgress: () => undefined }
  )

  it("a law that free walks do not come by is judged on the walks of variants, in a story as short", async () => {
    expect(await lawsBrokenBy(consumerConnectionRole, () => ignoring.start(), effort)).toEqual([])
    const { broken, ...result } = await checked
    expect(broken.map(({ law, labels }) => [law, labels.length])).toEqual([["DCP-L7", 3]])
    expect(verdictOf(casesOf({ ...result, broken }, false))).toBe("fail")
  })

  it("rules, inputs and laws are counted, and what never came up is there with 0", async () => {
    const { exercised } = await checked
    const times = (all: ReadonlyArray<{ readonly name: string; readonly times: number }> = [], wanted: string) =>
      all.find(({ name }) => name === wanted)?.times
    expect(exercised?.inputs.map(({ name }) => name)).toEqual([
      "Call",
      "FromKvConsumer",
      "FromProducerConnection",
      "SocketClosed",
      "Killed"
    ])
    expect(times(exercised?.inputs, "Call")).toBeGreaterThan(10)
    expect(times(exercised?.inputs, "Killed")).toBe(0)
    expect(times(exercised?.rules, "caller.exits")).toBe(0)
    expect(times(exercised?.laws, "DCP-L7")).toBeGreaterThan(1)
    expect(exercised?.laws).toHaveLength(consumerConnectionRole.laws.length)
  })
})
