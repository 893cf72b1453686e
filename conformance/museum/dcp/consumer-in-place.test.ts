// Goal: an implementation can be explored like a model. Method: explore ours in the model's place and compare.
import { describe, expect, test } from "vitest"
import { ConsumerConnection } from "../../../impl/dcp/consumer-connection.ts"
import { small } from "../../../model/dcp/bounds.ts"
import { pair } from "../../../model/dcp/pair.ts"
import { reference } from "../../../model/dcp/variants.ts"
import { explore } from "../../../model/explorer/explore.ts"
import { consumerAdapter } from "../../adapters/dcp-consumer.ts"
import { Learned } from "../learned.ts"
import { consumerInPlace } from "./consumer-in-place.ts"

const oneStream = pair(reference, small, [])

/** What exploring ends in once all is learned. */
const explored = async (Consumer: typeof ConsumerConnection) => {
  const learned = new Learned(consumerAdapter("ours", (options) => new Consumer(options)))
  const inPlace = consumerInPlace(oneStream, learned)
  let exploration = explore(inPlace)
  while (await learned.learn()) exploration = explore(inPlace)
  return { exploration, histories: learned.size }
}

describe("dcp: museum: a consumer connection in the model's place", () => {
  test("has as many states in oneStream as the model, and holds the same laws", async () => {
    const { exploration, histories } = await explored(ConsumerConnection)
    const { counts, laws } = explore(oneStream)
    expect(exploration.counts).toEqual(counts)
    expect(exploration.laws.map(({ verdict }) => verdict)).toEqual(laws.map(({ verdict }) => verdict))
    expect(histories).toBe(8)
  })

  test("shows the hang of MB-53445 by running it, in as many steps as the model needs", async () => {
    class IgnoresEarlyEnds extends ConsumerConnection {
      protected override onEndBeforeAddResponse(): void {}
    }
    const { exploration } = await explored(IgnoresEarlyEnds)
    const modelled = explore(pair({ ...reference, endPolicy: "ignore" }, small, []))
    const hang = (laws: typeof modelled.laws) => laws.find(({ id }) => id === "DCP-L1")
    expect(hang(exploration.laws)).toMatchObject({ verdict: "violated", length: 12 })
    expect(hang(exploration.laws)?.length).toBe(hang(modelled.laws)?.length)
  })
})
