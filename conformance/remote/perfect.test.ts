// Goal: who is right passes, in every way of being asked, and is told which design it has. Method: serve what is right.
import { expect, test } from "vitest"
import type { Variant } from "../../model/dcp/variants.ts"
import { asShipped, beforeFix, reference } from "../../model/dcp/variants.ts"
import { consumerAdapter } from "../adapters/dcp-consumer.ts"
import { modelMade } from "../kit/dcp/model-made.test-support.ts"
import { registryAdapter } from "../museum/sessions/registry-adapter.ts"
import type { Capabilities } from "../protocol/capabilities.ts"
import type { Dialer } from "../transport/link.ts"
import { memoryDialer } from "../transport/memory-link.ts"
import { patient, summary } from "./altered.test-support.ts"
import { casesOf } from "./cases.ts"
import { checkRemote, type RemoteOptions } from "./check-remote.ts"
import { Line } from "./line.ts"
import type { RemoteRole } from "./remote-role.ts"
import { consumerConnectionRole } from "./roles/consumer-connection.ts"
import { sessionRegistryRole } from "./roles/session-registry.ts"
import { type Served, serve, served } from "./serve.ts"

const options: RemoteOptions = { seed: 1, runs: 30, tour: false, interrupted: () => false, onProgress: () => undefined }

const checked = <L, I, O extends { readonly _tag: string }, V>(
  role: RemoteRole<L, I, O, V>,
  dialer: Dialer,
  more: Partial<RemoteOptions> = {}
) => checkRemote(role, new Line(dialer, { version: "test", specs: [], budgets: patient }), { ...options, ...more })

const inMemory = (implementation: Served, caps?: Capabilities): Dialer =>
  memoryDialer("served", caps === undefined ? serve([implementation]) : serve([implementation], caps))

const registry = served(sessionRegistryRole, registryAdapter())
const consumer = (variant: Variant): Served => served(consumerConnectionRole, modelMade(variant))
const observe = ["partitions"]

const ways: ReadonlyArray<readonly [way: string, caps: Capabilities]> = [
  ["whole sequences", { batch: true, observe, seed: true }],
  ["whole sequences by name of the operation", { ops: ["inputs"], observe, seed: true }],
  ["one input at a time", { ops: ["observe"], observe, seed: true }],
  ["one input at a time, unobserved", { seed: true }],
  ["whole sequences, unobserved", { batch: true, seed: true }],
  ["a new process for each start", { batch: true, reset: "hard", seed: true }],
  ["nothing but what has to be", {}]
]

test.each(ways)("kit: perfect: our registry passes by %s", async (_, caps) => {
  const result = await checked(sessionRegistryRole, inMemory(registry, caps))
  expect(summary(result)).toBe("pass")
  expect(result.variants.map(({ verdict }) => verdict)).toEqual(["pass", "pass", "pass"])
})

const designs: ReadonlyArray<readonly [name: string, variant: Variant]> = [
  ["reference", reference],
  ["asShipped", asShipped],
  ["beforeFix", beforeFix]
]

for (const [way, caps] of ways.filter(([, { observe }]) => observe !== undefined))
  test.each(designs)(
    `kit: perfect: a connection made from %s is known by ${way}, and follows nothing else`,
    async (name, variant) => {
      const result = await checked(consumerConnectionRole, inMemory(consumer(variant), caps), { runs: 150 })
      expect(result.trouble).toBeUndefined()
      expect(result.variants.filter(({ verdict }) => verdict === "pass").map(({ name }) => name)).toEqual([name])
    }
  )

test.each(designs)("kit: perfect: a connection made from %s passes where that is asked for", async (name, variant) => {
  const result = await checked(consumerConnectionRole, inMemory(consumer(variant)), { variant: name })
  expect(casesOf(result, true).filter(({ id }) => id.includes("/follows/"))).toEqual([
    { id: `dcp/consumer-connection/follows/${name}`, verdict: "pass" }
  ])
})

const others = designs.flatMap(([name, variant]) =>
  designs.filter(([other]) => other !== name).map(([other]) => [name, other, variant] as const)
)

test.each(others)(
  "kit: perfect: a connection made from %s fails where %s is asked for, with a story",
  async (_, other, variant) => {
    const result = await checked(consumerConnectionRole, inMemory(consumer(variant)), { variant: other, runs: 150 })
    const [found] = result.variants
    expect(found).toMatchObject({ name: other, verdict: "fail" })
    expect(found?.divergence?.story.length).toBeLessThanOrEqual(12)
  }
)

test("kit: perfect: who crashes and is restarted is like new", async () => {
  const caps: Capabilities = { ops: ["fault"], faults: ["crash", "restart"], batch: true, seed: true }
  const result = await checked(sessionRegistryRole, inMemory(registry, caps))
  expect(result.findings.find(({ what }) => what === "restart")).toEqual({ what: "restart", verdict: "pass" })
})

test("kit: perfect: a design that breaks laws fails, whatever it follows", async () => {
  const result = await checked(consumerConnectionRole, inMemory(consumer(beforeFix)), { runs: 150 })
  expect(result.broken.map(({ law }) => law)).not.toEqual([])
  expect(summary(result)).toMatch(/^fail: /)
})

test("kit: perfect: all 2,140 transitions of a connection alone are taken over a line", async () => {
  const dialer = inMemory(served(consumerConnectionRole, consumerAdapter()))
  const { tour } = await checked(consumerConnectionRole, dialer, { runs: 30, tour: true })
  expect(tour).toMatchObject({ variant: "reference", transitions: 2_140, untried: 0, complete: true, doubtful: false })
})
