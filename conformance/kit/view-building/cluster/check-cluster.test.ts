// Goal: our clusters obey every law, and one that does not is told apart. Method: let them loose, judged at every label and at
// rest; then with one choice as scylladb ships it, and with parts tampered with.
import { expect, test } from "vitest"
import { asShipped } from "../../../../impl/view-building/worker/options.ts"
import { buildingLaws } from "../../../../spec/view-building/laws.ts"
import { clusterAdapter } from "../../../adapters/view-building-cluster/index.ts"
import type { Tamper } from "../../../adapters/view-building-cluster/local-cluster.ts"
import { decodeToken } from "../../token.ts"
import { checkCluster, clusterToken, replayCluster } from "./check-cluster.ts"
import { replicaAt, threeNodes, threeNodesOfOneShard } from "./cluster-setups.ts"

test.each([
  ["two shards", threeNodes, 20],
  ["one shard", threeNodesOfOneShard, 20]
])(
  "view-building: cluster: ours obeys every law, with nodes of %s",
  async (_, setup, runs) => {
    const result = await checkCluster({ adapter: clusterAdapter(), setup, seed: 1, runs })
    expect(result.divergence?.told).toBeUndefined()
    expect(result).toMatchObject({ verdict: "pass", runs })
    expect(result.laws).toHaveLength(buildingLaws.length)
  },
  60_000
)

test("view-building: cluster: the same steps are told the same, byte for byte", async () => {
  const steps = [
    { rule: "operator creates a view", choice: "t" },
    { rule: "everything goes on", choice: 32 },
    { rule: "everything goes on", choice: 32 },
    { rule: "client writes", choice: { at: "B", base: "t", row: { key: "b", token: 4 } } },
    {
      rule: "operator moves a tablet",
      choice: { base: "t", lastToken: 4, next: [replicaAt("C.1"), replicaAt("B.0")], kind: "migration" }
    },
    { rule: "another leads, and the old leader does not know", choice: "C" },
    { rule: "everything goes on", choice: 32 },
    { rule: "everything goes on", choice: 32 },
    { rule: "a node crashes", choice: "B" }
  ]
  const [one, other] = [
    await replayCluster(clusterAdapter(), threeNodes, steps),
    await replayCluster(clusterAdapter(), threeNodes, steps)
  ]
  expect(one.broken).toEqual([])
  expect(one.steps).toHaveLength(steps.length)
  expect(JSON.stringify(other)).toBe(JSON.stringify(one))
})

/** One choice of workers as scylladb ships it. */
const shipped =
  (name: keyof typeof asShipped): Tamper =>
  (parts) => ({ ...parts, worker: { ...parts.worker, [name]: asShipped[name] } })

test("view-building: cluster: M43 is a story of a few steps, and its token shows it again", async () => {
  const adapter = clusterAdapter("cleansUp", shipped("cleansUp"))
  const weights = { "operator moves a tablet": 40, "a row comes from elsewhere": 30 }
  const result = await checkCluster({ adapter, setup: threeNodes, seed: 3, runs: 40, maxCommands: 80, weights })
  expect(result.divergence?.brokenLaws).toMatchInlineSnapshot(`
    [
      {
        "law": "VB-L4",
        "why": "s-B1.2 is in staging on B.0",
      },
      {
        "law": "VB-L6r",
        "why": "s-B1.2 waits on B to be registered",
      },
    ]
  `)
  expect(result.steps?.map(({ rule }) => rule)).toMatchInlineSnapshot(`
    [
      "operator creates a view",
      "operator moves a tablet",
      "everything goes on",
      "a row comes from elsewhere",
      "a node is cut off from group 0",
      "everything goes on",
    ]
  `)
  const { steps, actual } = decodeToken(clusterToken(result, threeNodes) ?? "")
  const again = await replayCluster(adapter, threeNodes, steps)
  expect(again.broken.map(({ law, why }) => `${law}: ${why}`)).toEqual(actual)
}, 60_000)
