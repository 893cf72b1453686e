// Goal: our clusters obey every law, and one that does not is told apart. Method: let them loose, judged at every label and at
// rest; then tamper with their parts.
import { expect, test } from "vitest"
import type { Group0 } from "../../../../impl/sessions/group0/group0.ts"
import type { Network } from "../../../../impl/sessions/network/network.ts"
import { clusterLaws } from "../../../../spec/sessions/laws.ts"
import { NodeId, Position } from "../../../../spec/sessions/metadata.ts"
import { clusterAdapter } from "../../../adapters/sessions-cluster/index.ts"
import type { Tamper } from "../../../adapters/sessions-cluster/local-cluster.ts"
import { decodeToken } from "../../token.ts"
import { checkCluster, clusterToken, replayCluster } from "./check-cluster.ts"
import { replicaAt, threeNodes, threeNodesWithFiles } from "./cluster-setups.ts"
import { tellCluster } from "./cluster-story.ts"

/** M26: whoever could not do a barrier is taken for one who has. */
const believing: Tamper = (parts) => {
  const { network } = parts
  const ask: Network["ask"] = async (to, request) => {
    if (request._tag !== "TopologyCommand") return network.ask(to, request)
    await network.ask(to, request).catch(() => undefined)
    return { _tag: "Ok" }
  }
  return { ...parts, network: { ...bound(network), self: network.self, ask } }
}

const bound = (network: Network): Omit<Network, "self" | "ask"> => ({
  serve: (handler) => network.serve(handler),
  kill: (to) => network.kill(to),
  ban: (nodes) => network.ban(nodes),
  close: () => network.close()
})

/** M24: a node answers without having caught up. */
const hasty: Tamper = (parts) => {
  const { group0 } = parts
  const tampered: Group0 = {
    get leadership() {
      return group0.leadership
    },
    onLeadership: (heard) => group0.onLeadership(heard),
    follow: (apply) => group0.follow(apply),
    readBarrier: async () => Position.make(0),
    start: () => group0.start(),
    commit: (guard, by, metadata) => group0.commit(guard, by, metadata),
    close: () => group0.close()
  }
  return { ...parts, group0: tampered }
}

test.each([
  ["mutations", threeNodes],
  ["files", threeNodesWithFiles]
])(
  "sessions: cluster: ours obeys every law in 60 runs, streaming %s",
  async (_, setup) => {
    const result = await checkCluster({ adapter: clusterAdapter(), setup, seed: 11, runs: 60 })
    expect(result.divergence?.told).toBeUndefined()
    expect(result).toMatchObject({ verdict: "pass", runs: 60 })
    expect(result.laws).toHaveLength(clusterLaws.length)
  },
  120_000
)

test("sessions: cluster: the same steps are told the same, byte for byte", async () => {
  const steps = [
    { rule: "operator moves a tablet", choice: { tablet: "t1", from: replicaAt("A.0"), to: replicaAt("C.0") } },
    { rule: "client writes", choice: { at: NodeId.make("B"), tablet: "t1", key: "k0" } },
    { rule: "everything goes on", choice: 32 },
    { rule: "happens out of order", choice: { event: "network: A to B: TopologyCommand", nth: 0 } },
    { rule: "a node crashes", choice: "C" },
    { rule: "everything goes on", choice: 8 }
  ]
  const [one, other] = [
    await replayCluster(clusterAdapter(), threeNodes, steps),
    await replayCluster(clusterAdapter(), threeNodes, steps)
  ]
  expect(one.broken).toEqual([])
  expect(one.labels.length).toBeGreaterThan(100)
  expect(JSON.stringify(other)).toBe(JSON.stringify(one))
})

test("sessions: cluster: the same seed finds the same, and its token shows it again", async () => {
  const check = () =>
    checkCluster({ adapter: clusterAdapter("believing", believing), setup: threeNodes, seed: 5, runs: 20 })
  const [one, other] = [await check(), await check()]
  expect(JSON.stringify(other)).toBe(JSON.stringify(one))
  const token = clusterToken(one, threeNodes)
  const { steps, actual } = decodeToken(token ?? "")
  const again = await replayCluster(clusterAdapter("believing", believing), threeNodes, steps)
  expect(again.broken.map(({ law, why }) => `${law}: ${why}`)).toEqual(actual)
}, 120_000)

test("sessions: cluster: M26 is a story of two steps", async () => {
  const adapter = clusterAdapter("believing", believing)
  const { verdict, steps, divergence } = await checkCluster({ adapter, setup: threeNodes, seed: 5, runs: 20 })
  expect({ verdict, steps: steps?.length }).toEqual({ verdict: "fail", steps: 2 })
  expect(divergence?.brokenLaws).toMatchInlineSnapshot(`
    [
      {
        "law": "SES-V5",
        "why": "a barrier succeeds, and B has not done it",
      },
    ]
  `)
  expect(tellCluster((divergence?.story ?? []).flatMap(({ labels }) => labels)).slice(-6)).toMatchInlineSnapshot(`
    [
      "barrier 1.1 begins for [] at version 1",
      "A takes barrier 1.1 at 1",
      "A answers barrier 1.1: ok",
      "C takes barrier 1.1 at 1",
      "C answers barrier 1.1: ok",
      "barrier 1.1 succeeds",
    ]
  `)
}, 120_000)

test("sessions: cluster: M24 is noticed", async () => {
  const adapter = clusterAdapter("hasty", hasty)
  const { verdict, divergence } = await checkCluster({ adapter, setup: threeNodes, seed: 5, runs: 20 })
  expect(verdict).toBe("fail")
  expect(divergence?.brokenLaws.map(({ law }) => law)).toContain("SES-V5")
}, 120_000)
