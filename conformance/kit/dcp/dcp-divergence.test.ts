import { expect, test } from "vitest"
import { asShipped, reference } from "../../../model/dcp/variants.ts"
import { renderDivergence } from "../../report/divergence.ts"
import { reportedResult } from "./dcp-divergence.ts"
import { checkDcp, dcpGround } from "./dcp-roles.ts"
import { modelMade } from "./model-made.test-support.ts"
import { alone, between } from "./settings.ts"

const role = "dcp/consumer-connection"

test("dcp: kit: a divergence reads as a short story in the protocol's words", async () => {
  const ignoring = { ...modelMade({ ...reference, endPolicy: "ignore" }), name: "ignoring" }
  const result = await checkDcp(ignoring, dcpGround(role, between), { seed: 1, runs: 1000 })
  const { divergences, verdict } = reportedResult(result, between, 1.5)
  expect(verdict).toBe("fail")
  const message = renderDivergence({ ...divergences[0]!, replay: undefined })
  await expect(`${message}\n`).toMatchFileSnapshot("goldens/mb-53445.txt")
})

test("dcp: kit: laws that the model breaks too fail the report, each with its story", async () => {
  const shipped = { ...alone, variant: "asShipped" } as const
  const result = await checkDcp(modelMade(asShipped), dcpGround(role, shipped), { seed: 1, runs: 500 })
  const { verdict, divergences, laws } = reportedResult(result, shipped)
  const broken = laws.filter((law) => law.verdict === "fail").map(({ id }) => id)
  expect(result.verdict).toBe("pass")
  expect(verdict).toBe("fail")
  expect(divergences.map(({ law, relation }) => [law?.id, relation])).toEqual(broken.map((id) => [id, "laws"]))
})
