import { expect, test } from "vitest"
import { asShipped, reference } from "../../model/dcp/variants.ts"
import { checkDcp, dcpGround } from "./dcp/dcp-roles.ts"
import { type Change, misbehaving, modelMade } from "./dcp/model-made.test-support.ts"
import { alone, between } from "./dcp/settings.ts"

const role = "dcp/consumer-connection"
const ground = dcpGround(role, alone)
const check = (change: Change, more = {}) => checkDcp(misbehaving(change), ground, { seed: 1, runs: 200, ...more })
const isReply = ({ _tag }: { readonly _tag: string }) => _tag === "Reply"

test.each([alone, between])("kit: check: an implementation made from the model passes", async (setting) => {
  const result = await checkDcp(modelMade(), dcpGround(role, setting), { seed: 7, runs: 300 })
  expect(result).toMatchObject({ verdict: "pass", runs: 300 })
  expect(result.laws.filter(({ verdict }) => verdict === "fail")).toEqual([])
})

test("kit: check: the same seed gives the same result, to the byte, and another seed another run", async () => {
  const wrong: Change = (right) => ({ ...right, outputs: right.outputs.filter((output) => !isReply(output)) })
  const once = JSON.stringify(await check(wrong))
  expect(JSON.stringify(await checkDcp(misbehaving(wrong), dcpGround(role, alone), { seed: 1, runs: 200 }))).toBe(once)
  expect((await check((right) => right, { seed: 2 })).commands).not.toBe((await check((right) => right)).commands)
})

test("kit: check: an output that is missing is found, in the shortest story there is", async () => {
  const result = await check((right) => ({ ...right, outputs: right.outputs.filter((output) => !isReply(output)) }))
  expect(result).toMatchObject({ verdict: "fail", divergence: { channels: ["replies"] } })
  expect(result.divergence?.story).toHaveLength(1)
})

test("kit: check: an output too many is found, and the law that it breaks", async () => {
  const twice: Change = (right) => ({ ...right, outputs: [...right.outputs, ...right.outputs.filter(isReply)] })
  const result = await check(twice)
  expect(result).toMatchObject({ verdict: "fail", divergence: { brokenLaws: [{ law: "DCP-S1" }] } })
  expect(result.laws.find(({ id }) => id === "DCP-S1")?.verdict).toBe("fail")
})

test("kit: check: what is shown of the state is compared", async () => {
  const result = await check((right) => ({ ...right, observed: right.observed === null ? null : [] }))
  expect(result).toMatchObject({ verdict: "fail", divergence: { channels: ["shown"] } })
})

test("kit: check: who never looks at the state is not asked for it", async () => {
  expect(await check(({ outputs }) => ({ outputs }))).toMatchObject({ verdict: "pass" })
})

test("kit: check: a death where the model lives is found, and so is a life after the model's death", async () => {
  const dies = await check((right, _, count) => (count < 3 ? right : { outputs: [{ _tag: "Died", why: null }] }))
  expect(dies).toMatchObject({ verdict: "fail", divergence: { channels: expect.arrayContaining(["crash"]) } })
  const lives = await check((right) => ({ ...right, outputs: right.outputs.filter(({ _tag }) => _tag !== "Crash") }))
  expect(lives).toMatchObject({ verdict: "fail", divergence: { channels: ["crash"], told: { actual: [] } } })
})

test("kit: check: a death that tells no reason agrees with any crash", async () => {
  const silent: Change = (right) =>
    right.observed === null ? { outputs: [{ _tag: "Died", why: null }], observed: null } : right
  expect(await check(silent)).toMatchObject({ verdict: "pass" })
})

test("kit: check: a reaction that never comes leaves the verdict open, and says at what", async () => {
  const hangs: Change = (right, _, count) => (count < 3 ? right : new Promise(() => undefined))
  const result = await check(hangs, { timeoutMs: 50 })
  expect(result).toMatchObject({ verdict: "unknown", trouble: "Hung: no reaction within 50 ms" })
})

test("kit: check: an implementation that never starts leaves the verdict open", async () => {
  const deaf = { ...modelMade(), start: () => new Promise<never>(() => undefined) }
  expect(await checkDcp(deaf, ground, { seed: 1, runs: 5, timeoutMs: 30 })).toMatchObject({
    verdict: "unknown",
    runs: 1
  })
})

test("kit: check: an adapter that fails is blamed itself", async () => {
  const fails: Change = () => Promise.reject(new Error("the pipe is broken"))
  expect(await check(fails)).toMatchObject({
    verdict: "adapter-error",
    trouble: "Error: the pipe is broken",
    runs: 1
  })
})

test("kit: check: who does otherwise the second time is called nondeterministic", async () => {
  let inputs = 0
  const result = await check((right) => (++inputs === 100 ? { outputs: [{ _tag: "Died", why: null }] } : right))
  expect(result).toMatchObject({ verdict: "nondeterministic", divergence: { implementation: "misbehaving" } })
})

test("kit: check: an interrupted check ends at once and knows nothing", async () => {
  let asked = 0
  const result = await check((right) => right, { interrupted: () => ++asked > 5 })
  expect(result).toMatchObject({ verdict: "unknown", runs: 5 })
})

test("kit: check: laws that implementation and model break together are told apart from following the model", async () => {
  const shipped = dcpGround(role, { ...alone, variant: "asShipped" })
  const result = await checkDcp(modelMade(asShipped), shipped, { seed: 1, runs: 500 })
  expect(result.verdict).toBe("pass")
  const broken = result.laws.filter(({ verdict }) => verdict === "fail")
  expect(broken.map(({ id }) => id)).toContain("DCP-S4")
  expect(broken.every(({ why, story }) => why !== undefined && story !== undefined)).toBe(true)
})

test("kit: check: the code of MB-53445 is found out, and its story has no step too many", async () => {
  const ignoring = { ...reference, endPolicy: "ignore" } as const
  const result = await checkDcp(modelMade(ignoring), dcpGround(role, between), { seed: 1, runs: 1000 })
  expect(result.verdict).toBe("fail")
  expect(result.divergence?.told).toMatchInlineSnapshot(`
    {
      "actual": [],
      "expected": [
        "crash: UnexpectedStreamEnd vb=0",
      ],
    }
  `)
  expect(result.steps?.map(({ rule }) => rule)).toMatchInlineSnapshot(`
    [
      "caller.calls",
      "consumer.takes",
      "kvConsumer.takes",
      "kvConsumer.says",
      "consumer.takes",
      "kvProducer.takes",
      "kvProducer.endsStream",
      "producer.takes",
      "producer.takes",
      "consumer.takes",
    ]
  `)
})
