// Goal: our clusters obey every law, and one that does not is told apart. Method: let them loose, judged at every label and at
// rest; then as scylladb ships it, and with parts of the museum's.
import { expect, test } from "vitest"
import { asShipped } from "../../../../impl/raft-upgrade/options.ts"
import { NodeId } from "../../../../spec/metadata.ts"
import { upgradeLaws } from "../../../../spec/raft-upgrade/laws.ts"
import { type Change, clusterAdapter } from "../../../adapters/raft-upgrade-cluster/index.ts"
import { M39b } from "../../../museum/raft-upgrade/mutants/m39-pulls.ts"
import { M56 } from "../../../museum/raft-upgrade/mutants/m56-not-durable.ts"
import { M65 } from "../../../museum/raft-upgrade/mutants/m65-acknowledged-first.ts"
import { decodeToken } from "../../token.ts"
import { checkCluster, clusterToken, replayCluster } from "./check-cluster.ts"
import { threeNodes, threeNodesBefore } from "./cluster-setups.ts"

test.each([
  ["that set out as they begin", threeNodes, 30],
  ["that are switched on one by one", threeNodesBefore, 15]
])(
  "raft-upgrade: cluster: ours obeys every law, with nodes %s",
  async (_, setup, runs) => {
    const result = await checkCluster({ adapter: clusterAdapter(), setup, seed: 1, runs, maxCommands: 100 })
    expect(result.divergence?.told).toBeUndefined()
    expect(result).toMatchObject({ verdict: "pass", runs })
    expect(result.laws).toHaveLength(upgradeLaws.length)
  },
  120_000
)

test("raft-upgrade: cluster: the same steps are told the same, byte for byte", async () => {
  const steps = [
    { rule: "client changes the schema", choice: "B" },
    { rule: "a node will stop at a place", choice: { node: "C", place: "group0_upgrade_pause_in_synchronize" } },
    { rule: "all goes on for a while", choice: 10 },
    { rule: "a node is killed", choice: "C" },
    { rule: "two nodes are separated", choice: { node: "A", other: "B" } },
    { rule: "all goes on for a while", choice: 3 },
    { rule: "a node is told to stop", choice: "B" },
    { rule: "a node comes back", choice: "C" },
    { rule: "everything goes on", choice: 16 }
  ]
  const [one, other] = [
    await replayCluster(clusterAdapter(), threeNodes, steps),
    await replayCluster(clusterAdapter(), threeNodes, steps)
  ]
  expect(one.broken).toEqual([])
  expect(one.steps).toHaveLength(steps.length)
  expect(JSON.stringify(other)).toBe(JSON.stringify(one))
}, 60_000)

test("raft-upgrade: cluster: nobody is let in, leaves or is taken out where that is not possible", async () => {
  const steps = [
    // Nobody uses group 0 yet.
    { rule: "operator adds a node", choice: "D" },
    { rule: "operator decommissions a node", choice: "A" },
    // Nobody is dead.
    { rule: "operator removes a dead node", choice: { node: "A", dead: "B" } },
    { rule: "a node comes back", choice: NodeId.make("A") }
  ]
  expect((await replayCluster(clusterAdapter(), threeNodes, steps)).steps).toEqual([])
}, 60_000)

const mistakes: ReadonlyArray<readonly [string, Change, string]> = [
  ["what scylladb ships", { upgrade: asShipped }, "RU-S15"],
  ["M39b", M39b.change, "RU-V7"],
  ["M56", M56.change, "RU-S22"],
  ["M65", M65.change, "RU-S11"]
]

test.each(mistakes)(
  "raft-upgrade: cluster: %s is a story of a few steps, and its token shows it again",
  async (name, change, law) => {
    const adapter = clusterAdapter(name, change)
    const result = await checkCluster({ adapter, setup: threeNodes, seed: 1, runs: 40, maxCommands: 100 })
    expect(result.divergence?.brokenLaws?.[0]?.law).toBe(law)
    expect(result.steps?.length).toBeLessThan(6)
    const { steps, actual } = decodeToken(clusterToken(result, threeNodes) ?? "")
    const again = await replayCluster(adapter, threeNodes, steps)
    expect(again.broken.map((broken) => `${broken.law}: ${broken.why}`)).toEqual(actual)
  },
  120_000
)
