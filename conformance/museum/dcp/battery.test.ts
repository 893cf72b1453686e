// Goal: the battery kills every mutant and no reference. Method: send all of them through it and look at what is told.
import { describe, expect, test } from "vitest"
import { ConsumerConnection } from "../../../impl/dcp/consumer-connection.ts"
import { headerReader } from "../../../impl/dcp/mcbp/index.ts"
import { ProducerConnection } from "../../../impl/dcp/producer-connection.ts"
import { ReplicationManager } from "../../../impl/dcp/replication-manager.ts"
import { Replicator } from "../../../impl/dcp/replicator.ts"
import { laws } from "../../../spec/dcp/laws.ts"
import { battery } from "./battery.ts"
import { dcpMuseum } from "./museum.ts"
import type { Subject } from "./subject.ts"

const seed = 1
const reference: Subject = {
  consumer: ConsumerConnection,
  producer: ProducerConnection,
  replicator: Replicator,
  manager: ReplicationManager,
  reader: headerReader,
  kv: []
}

describe("dcp: museum", () => {
  test.each(battery.map((exam) => [exam.name, exam] as const))("the reference passes: %s", async (_, exam) => {
    const found = []
    for await (const finding of exam.findings(reference, seed)) found.push(finding)
    expect(found).toEqual([])
  })

  test.each(dcpMuseum.mutants.map(({ id, sentence, breaks }) => [id, breaks[0], sentence] as const))(
    "%s is killed by %s, which it names: %s",
    async (id, law) => {
      expect(await dcpMuseum.run(id, { seed })).toMatchObject({ id, verdict: "killed", law })
    }
  )

  test("every law has a mutant, but for witnesses and for S19, which no crash policy can satisfy", () => {
    const named = new Set(dcpMuseum.mutants.flatMap(({ breaks }) => breaks))
    const wanting = laws.filter(({ id, modality }) => modality !== "sometimes" && !named.has(id)).map(({ id }) => id)
    expect(wanting).toEqual(["DCP-S19"])
  })

  test("every mutant names laws that there are, and has a number of its own", () => {
    const known = new Set(laws.map(({ id }) => id))
    expect(dcpMuseum.mutants.flatMap(({ breaks }) => breaks).filter((law) => !known.has(law))).toEqual([])
    expect(dcpMuseum.mutants.filter(({ breaks }) => breaks.length === 0)).toEqual([])
    expect(new Set(dcpMuseum.mutants.map(({ id }) => id)).size).toBe(dcpMuseum.mutants.length)
  })

  test("the same seed gives the same result, but for the time", async () => {
    const [one, other] = [await dcpMuseum.run("M23", { seed }), await dcpMuseum.run("M23", { seed })]
    expect({ ...one, millis: 0 }).toEqual({ ...other, millis: 0 })
  })
})
