// Goal: our node follows the model from its start to its last state, and mutants of it do not. Method: take every transition of small
// worlds, and walk in a large one.
import { describe, expect, test } from "vitest"
import { type Machinery, machinery } from "../../../impl/raft-upgrade/node/machinery.ts"
import { asShipped, reference } from "../../../impl/raft-upgrade/options.ts"
import { UpgradeStateAccess } from "../../../impl/raft-upgrade/state/upgrade-state-access.ts"
import { LastSteps } from "../../../impl/raft-upgrade/upgrade/last-steps.ts"
import { Questions } from "../../../impl/raft-upgrade/upgrade/questions.ts"
import { Rounds } from "../../../impl/raft-upgrade/upgrade/rounds.ts"
import { SchemaSynchronisation } from "../../../impl/raft-upgrade/upgrade/schema-synchronisation.ts"
import { UpgradeFiber } from "../../../impl/raft-upgrade/upgrade/upgrade-fiber.ts"
import { pairChanging, pairRecovering, roomy, small } from "../../../model/raft-upgrade/node/surroundings.ts"
import type { NodeId } from "../../../spec/metadata.ts"
import type { UpgradeState } from "../../../spec/raft-upgrade/states.ts"
import { nodeAdapter } from "../../adapters/raft-upgrade-node.ts"
import { checkRole } from "../check-role.ts"
import { tour } from "../tour.ts"
import { nodeGraph, nodeTourGraph } from "./node-ground.ts"
import { nodePart as part } from "./node-part.ts"

test("raft upgrade: node: ours takes all 1,865 transitions beside one other, with 0 divergences", async () => {
  const toured = await tour({ graph: nodeTourGraph(small), part, adapter: nodeAdapter(small) })
  expect(toured.divergence?.told).toBeUndefined()
  expect(toured).toMatchObject({ complete: true, places: 357, transitions: 1_865 })
}, 120_000)

test("raft upgrade: node: ours follows the model beside two others, through falls, changes and commands of group 0", async () => {
  const graph = nodeGraph(roomy)
  const adapter = nodeAdapter(roomy)
  const result = await checkRole({ system: graph.system, part, graph, adapter, seed: 1, runs: 100, maxCommands: 100 })
  expect(result.divergence?.told).toBeUndefined()
  expect(result).toMatchObject({ verdict: "pass", runs: 100 })
  expect(result.laws.filter(({ verdict }) => verdict === "fail")).toEqual([])
}, 120_000)

test("raft upgrade: node: M4 what ships tells of a group that it has not stored, and is told from ours by that", async () => {
  const graph = nodeGraph(small)
  const adapter = nodeAdapter(small, "as shipped", { ...reference, tellsOfGroup: asShipped.tellsOfGroup })
  const walks = { seed: 1, runs: 200, shrink: false }
  const result = await checkRole({ system: graph.system, part, graph, adapter, ...walks })
  expect(result.divergence?.told).toEqual({
    expected: ["B tells C that it has nothing to tell"],
    actual: ["B tells C of group 2"]
  })
  expect(result.divergence?.brokenLaws.map(({ law }) => law)).toEqual(["RU-S2"])
})

test("raft upgrade: node: M47 what ships goes over what an operator has written, and is told from ours by that", async () => {
  const graph = nodeGraph(pairRecovering)
  const adapter = nodeAdapter(small, "as shipped", { ...reference, editedState: asShipped.editedState })
  const walks = { seed: 1, runs: 400, shrink: false }
  const result = await checkRole({ system: graph.system, part, graph, adapter, ...walks })
  expect(result.verdict).toBe("fail")
  expect(result.divergence?.brokenLaws.map(({ law }) => law)).toContain("RU-S15")
}, 120_000)

describe("raft upgrade: node: mutants are told from ours", () => {
  class Unasking extends UpgradeFiber {
    protected override async dryRun(...[step, nodes]: Parameters<UpgradeFiber["dryRun"]>): Promise<void> {
      await super.dryRun(step, step === "dryRunOnPeers" ? () => [] : nodes)
    }
  }

  class Hurried extends Rounds {
    protected override pause(): number {
      return 16_000
    }
  }

  class Credulous extends LastSteps {
    protected override isReady(): boolean {
      return true
    }
  }

  class Alone extends LastSteps {
    protected override async allSynchronize(): Promise<NodeId | undefined> {
      return undefined
    }
  }

  class Unsynchronised extends LastSteps {
    protected override async secondSync(): Promise<NodeId | undefined> {
      return undefined
    }
  }

  class Careless extends SchemaSynchronisation {
    protected override isComplete(): boolean {
      return true
    }
  }

  class Confused extends Questions {
    override finisher(...[, told]: Parameters<Questions["finisher"]>): NodeId | undefined {
      return super.finisher(told[0]?.group ?? null, told)
    }
  }

  class Unlocked extends UpgradeStateAccess {
    override set(state: UpgradeState): Promise<void> {
      return this.write(state)
    }
  }

  const mutants: ReadonlyArray<readonly [id: string, about: string, made: Partial<Machinery>, channel: string]> = [
    ["M11", "asks nobody before it joins", { UpgradeFiber: Unasking }, "B"],
    ["M13", "rests as long as it can at once", { Rounds: Hurried }, "B"],
    ["M18", "changes its state under a change on its old path", { UpgradeStateAccess: Unlocked }, "B"],
    ["M21", "does not wait for others to be in synchronize", { LastSteps: Alone }, "calls to C"],
    ["M22", "takes any answer for one of synchronize", { LastSteps: Credulous }, "B"],
    ["M23", "does not look for what others have in the end", { LastSteps: Unsynchronised }, "B"],
    ["M26", "goes on where some have not told what they have", { SchemaSynchronisation: Careless }, "B"],
    ["M60", "is let through by one of another group", { Questions: Confused }, "calls to C"]
  ]

  for (const [id, about, made, channel] of mutants)
    test(`${id} one that ${about}`, async () => {
      const adapter = nodeAdapter(pairChanging, id, reference, { ...machinery, ...made })
      const toured = await tour({ graph: nodeTourGraph(pairChanging), part, adapter })
      expect(toured.divergence?.channels).toContain(channel)
    })
})
