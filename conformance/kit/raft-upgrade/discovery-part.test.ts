// Goal: our node that looks for group 0 follows the model, as repaired and as shipped, and mutants do not. Method: take every
// transition of small worlds, and walk in a large one.
import { describe, expect, test } from "vitest"
import { Discovery } from "../../../impl/raft-upgrade/discovery/discovery.ts"
import { PersistentDiscovery } from "../../../impl/raft-upgrade/discovery/persistent-discovery.ts"
import { type Machinery, machinery } from "../../../impl/raft-upgrade/node/machinery.ts"
import { reference as ourChoices } from "../../../impl/raft-upgrade/options.ts"
import { Membership } from "../../../impl/raft-upgrade/upgrade/membership.ts"
import { boundedTwice, roomy, small } from "../../../model/raft-upgrade/discovery/one/bounds.ts"
import { asShipped, lately, latelyAsShipped, reference } from "../../../model/raft-upgrade/discovery/one/design.ts"
import type { NodeId } from "../../../spec/metadata.ts"
import type { ServerId } from "../../../spec/raft-upgrade/ids.ts"
import type { ExchangeAnswer, PeerList } from "../../../spec/raft-upgrade/messages.ts"
import { discoveryAdapter, shippedDiscoveryAdapter } from "../../adapters/raft-upgrade-discovery.ts"
import { discoveryRole } from "../../remote/roles/raft-upgrade-discovery.ts"
import { checkRole } from "../check-role.ts"
import { lawsBrokenBy } from "../law-walk.ts"
import { tour } from "../tour.ts"
import { discoveryGraph, discoveryTourGraph } from "./discovery-ground.ts"
import { discoveryPart as part } from "./discovery-part.ts"

const ours = discoveryAdapter()
const shipped = shippedDiscoveryAdapter()

test("raft upgrade: discovery: ours takes all 4,143 transitions among three nodes, with 0 divergences", async () => {
  const toured = await tour({ graph: discoveryTourGraph(lately, small), part, adapter: ours })
  expect(toured.divergence?.told).toBeUndefined()
  expect(toured).toMatchObject({ complete: true, places: 151, transitions: 4_143 })
}, 120_000)

test("raft upgrade: discovery: M49 ours takes all 4,384 transitions in which a peer is said to be two", async () => {
  const toured = await tour({ graph: discoveryTourGraph(lately, boundedTwice), part, adapter: ours })
  expect(toured.divergence?.told).toBeUndefined()
  expect(toured).toMatchObject({ complete: true, places: 222, transitions: 4_384 })
})

test("raft upgrade: discovery: M49 what ships ends itself over it, and takes all 3,950 transitions of its design", async () => {
  const toured = await tour({ graph: discoveryTourGraph(latelyAsShipped, boundedTwice), part, adapter: shipped })
  expect(toured.divergence?.told).toBeUndefined()
  expect(toured).toMatchObject({ complete: true, places: 202, transitions: 3_950 })
  const strict = await tour({ graph: discoveryTourGraph(lately, boundedTwice), part, adapter: shipped })
  expect(strict.divergence?.told.actual).toContain("ends itself")
})

test("raft upgrade: discovery: where nobody says when, ours is one of those that are allowed", async () => {
  const toured = await tour({ graph: discoveryTourGraph(reference, small), part, adapter: ours })
  expect(toured.divergence?.told).toBeUndefined()
  expect(toured).toMatchObject({ complete: true })
  const upstream = await tour({ graph: discoveryTourGraph(asShipped, small), part, adapter: ours })
  expect(upstream.divergence?.channels).toEqual(["question to C"])
})

test("raft upgrade: discovery: ours follows the model where four nodes are known, not known, and taken for others", async () => {
  const graph = discoveryGraph(lately, roomy)
  const result = await checkRole({ system: graph.system, part, graph, adapter: ours, seed: 1, runs: 60 })
  expect(result).toMatchObject({ verdict: "pass", runs: 60 })
  expect(result.laws.filter(({ verdict }) => verdict === "fail")).toEqual([])
})

describe("raft upgrade: discovery: mutants are told from ours", () => {
  /** Whoever asks is told of those whom it knows, whatever it is about to do. */
  class Talkative extends Discovery {
    override get isLeader(): boolean {
      return false
    }
    override request(from: NodeId, peers: PeerList): boolean {
      super.request(from, peers)
      return true
    }
  }

  class Forgetful extends PersistentDiscovery {
    protected override async store(): Promise<void> {}
    protected override get told(): PeerList {
      return this.discovery.peerList
    }
  }

  class Renamed extends Membership {
    protected override async ownServer(): Promise<ServerId> {
      await this.context.store.edit({ _tag: "EraseServer" })
      return super.ownServer()
    }
  }

  class Hasty extends Discovery {
    protected override leads(): boolean {
      const servers = [...this.known.values()].filter((server) => server !== null)
      return this.responded.size === this.known.size && servers.every((server) => server > this.self.server)
    }
  }

  class Impatient extends PersistentDiscovery {
    protected override hear(of: NodeId, answer: ExchangeAnswer | undefined): void {
      super.hear(of, answer ?? { _tag: "Peers", peers: [] })
    }
  }

  const mutants: ReadonlyArray<
    readonly [
      id: string,
      about: string,
      made: Partial<Machinery>,
      due: ReadonlyArray<string>,
      does: ReadonlyArray<string>
    ]
  > = [
    [
      "M1",
      "tells of others as it is about to create the group",
      { Discovery: Talkative },
      ["answers C: nothing to say"],
      ["stores that it knows C (server 3)", "answers C: it knows C (server 3) and B (server 2)"]
    ],
    [
      "M2",
      "keeps whom it knows in its memory alone",
      { PersistentDiscovery: Forgetful },
      [
        "stores that it is server 2",
        "stores that it knows A (server unknown)",
        "asks A, and tells of A (server unknown) and B (server 2)"
      ],
      ["stores that it is server 2", "asks A, and tells of A (server unknown) and B (server 2)"]
    ],
    [
      "M3",
      "draws its server's identity anew after a fall",
      { Membership: Renamed },
      ["creates the group"],
      ["stores that it is server 9", "creates the group"]
    ],
    ["M6", "does not wait for a server that is not known", { Discovery: Hasty }, ["pauses"], ["creates the group"]],
    [
      "M7",
      "takes a call that failed for an answer",
      { PersistentDiscovery: Impatient },
      ["asks C, and tells of B (server 2) and C (server unknown)"],
      ["asks C, and tells of nobody"]
    ]
  ]

  for (const [id, about, made, expected, actual] of mutants)
    test(`${id} one that ${about}`, async () => {
      const graph = discoveryGraph(lately, small)
      const adapter = discoveryAdapter(id, ourChoices, { ...machinery, ...made })
      const result = await checkRole({ system: graph.system, part, graph, adapter, seed: 1, runs: 200 })
      expect(result.verdict).toBe("fail")
      expect(result.divergence?.told).toEqual({ expected, actual })
    })

  test("M2 by the laws alone", async () => {
    const walks = { seed: 1, runs: 30, maxSteps: 30 }
    expect(await lawsBrokenBy(discoveryRole, () => ours.start(), walks)).toEqual([])
    const forgetful = discoveryAdapter("M2", ourChoices, { ...machinery, PersistentDiscovery: Forgetful })
    const [broken] = await lawsBrokenBy(discoveryRole, () => forgetful.start(), walks)
    expect(broken?.law).toBe("RU-S3")
  })
})
