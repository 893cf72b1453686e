import { expect, test } from "vitest"
import { ConsumerConnection } from "../../impl/dcp/consumer-connection.ts"
import { ProducerConnection } from "../../impl/dcp/producer-connection.ts"
import { Replicator } from "../../impl/dcp/replicator.ts"
import { checkDcp, type DcpAdapter, type DcpSetting, dcpGround } from "../kit/dcp/dcp-roles.ts"
import { alone, between } from "../kit/dcp/settings.ts"
import { consumerAdapter } from "./dcp-consumer.ts"
import { pairAdapter } from "./dcp-pair.ts"
import { producerAdapter } from "./dcp-producer.ts"
import { ourWireAdapter } from "./dcp-wire/our-wire.ts"

const check = (adapter: DcpAdapter, setting: DcpSetting, runs: number) =>
  checkDcp(adapter, dcpGround(adapter.role, setting), { seed: 1, runs })

const chunked = { ...alone, bounds: { ...alone.bounds, chunk: 2 } }

test.each([
  ["consumer connection alone", consumerAdapter(), alone, 2000],
  ["consumer connection alone, in chunks", consumerAdapter(), chunked, 500],
  ["consumer connection between kv ends", consumerAdapter(), between, 1000],
  ["producer connection alone", producerAdapter(), alone, 500],
  ["producer connection between kv ends", producerAdapter(), between, 300],
  ["pair in process", pairAdapter(), between, 1000],
  ["pair over the wire", ourWireAdapter(), between, 100]
] as const)("dcp: kit: our %s follows the reference and breaks no law", async (_, adapter, setting, runs) => {
  const result = await check(adapter, setting, runs)
  expect(result.divergence?.told).toBeUndefined()
  expect(result).toMatchObject({ verdict: "pass", runs })
  expect(result.laws.filter(({ verdict }) => verdict === "fail")).toEqual([])
})

test("dcp: kit: our consumer connection does not follow what is shipped, and the story says where", async () => {
  const result = await check(consumerAdapter(), { ...alone, variant: "asShipped" }, 500)
  expect(result).toMatchObject({ verdict: "fail", divergence: { brokenLaws: [] } })
})

/** The code before MB-53445's fix: an end that comes before the response to ADD_STREAM is passed over. */
class Ignoring extends ConsumerConnection {
  protected override onEndBeforeAddResponse(): void {}
}
const ignoring = (options: ConstructorParameters<typeof ConsumerConnection>[0]) => new Ignoring(options)

test.each([
  ["alone", consumerAdapter("ignoring", ignoring), alone],
  ["between kv ends", consumerAdapter("ignoring", ignoring), between],
  ["in a pair", pairAdapter("ignoring", { consumer: ignoring }), between],
  ["over the wire", ourWireAdapter("ignoring", { consumer: ignoring }), between]
] as const)("dcp: kit: MB-53445 is found %s, with the law that it breaks", async (_, adapter, setting) => {
  const result = await check(adapter, setting, 1000)
  expect(result).toMatchObject({ verdict: "fail", divergence: { implementation: "ignoring" } })
  expect(result.divergence?.brokenLaws).toMatchObject([{ law: "DCP-L7" }])
})

test("dcp: kit: a STREAM_END that is not passed on is found alone, in a pair and over the wire", async () => {
  class Blocking extends ProducerConnection {
    protected override onStreamEnd(frame: Parameters<ProducerConnection["onStreamEnd"]>[0]) {
      super.onStreamEnd(frame)
      return "block" as const
    }
  }
  const producer = (options: ConstructorParameters<typeof ProducerConnection>[0]) => new Blocking(options)
  const results = [
    await check(producerAdapter("blocking", producer), alone, 500),
    await check(pairAdapter("blocking", { producer }), between, 500),
    await check(ourWireAdapter("blocking", { producer }), between, 500)
  ]
  expect(results.map(({ verdict, divergence }) => [verdict, divergence?.channels])).toEqual(
    Array(3).fill(["fail", ["to kv consumer"]])
  )
})

test("dcp: kit: a pair that leaves one of its sockets open is found in process and over the wire", async () => {
  class Unlinked extends Replicator {
    protected override linkProxy(): void {}
  }
  const results = [
    await check(pairAdapter("unlinked", { replicator: Unlinked }), between, 200),
    await check(ourWireAdapter("unlinked", { replicator: Unlinked }, 200), between, 200)
  ]
  for (const result of results)
    expect(result.divergence?.told.actual).toEqual(expect.arrayContaining(["crash: only one of the sockets closed"]))
})

test("dcp: kit: bytes that were altered on their way are found", async () => {
  class Altering extends ConsumerConnection {
    protected override forward(frames: Parameters<ConsumerConnection["forward"]>[0]): void {
      for (const { bytes } of frames) bytes.fill(7, bytes.length - 1)
      super.forward(frames)
    }
  }
  const adapter = consumerAdapter("altering", (options) => new Altering(options))
  const result = await check(adapter, alone, 50)
  expect(result.divergence?.channels).toEqual(["to kv producer"])
  expect(result.divergence?.told.actual).toEqual([expect.stringContaining("an altered")])
})

test("dcp: kit: a replicator that cannot connect is the adapter's trouble", async () => {
  const deaf = { ...ourWireAdapter(), start: () => Promise.reject(new Error("nobody listens")) }
  expect(await check(deaf, between, 5)).toMatchObject({ verdict: "adapter-error", trouble: "Error: nobody listens" })
})

test("dcp: kit: over the wire, too, the same seed gives the same result to the byte", async () => {
  const once = await check(ourWireAdapter("ignoring", { consumer: ignoring }), between, 100)
  const again = await check(ourWireAdapter("ignoring", { consumer: ignoring }), between, 100)
  expect(once.verdict).toBe("fail")
  expect(JSON.stringify(again)).toBe(JSON.stringify(once))
})
