// Goal: our worker follows the model, as repaired and as shipped. Method: take every transition of small worlds, and walk in a large one.
import { expect, test } from "vitest"
import { ShardWorker } from "../../../impl/view-building/worker/shard-worker.ts"
import { boundedStaging, roomy, small } from "../../../model/view-building/worker/alone/bounds.ts"
import { asShipped, inOrder, reference } from "../../../model/view-building/worker/alone/design.ts"
import { shippedWorkerAdapter, workerAdapter } from "../../adapters/view-building-worker.ts"
import { viewBuildingWorkerRole } from "../../remote/roles/view-building-worker.ts"
import { checkRole } from "../check-role.ts"
import { lawsBrokenBy } from "../law-walk.ts"
import { tour } from "../tour.ts"
import { tourGraph, workerGraph } from "./worker-ground.ts"
import { workerPart as part } from "./worker-part.ts"

const ours = workerAdapter()
const shipped = shippedWorkerAdapter()

/** Says that all is done that it is asked for, whatever became of it. */
class Boastful extends ShardWorker {
  override async work(...[call, term, tasks]: Parameters<ShardWorker["work"]>): ReturnType<ShardWorker["work"]> {
    const answer = await super.work(call, term, tasks)
    return answer._tag === "Done" ? { _tag: "Done", tasks } : answer
  }
}

test("view building: worker: ours takes all 1,706 transitions of one call, with 0 divergences", async () => {
  const toured = await tour({ graph: tourGraph(inOrder, small), part, adapter: ours })
  expect(toured.divergence?.told).toBeUndefined()
  expect(toured).toMatchObject({ complete: true, places: 436, transitions: 1_706 })
})

test("view building: worker: what ships takes all 5,024 transitions of staging sstables, with 0 divergences", async () => {
  const toured = await tour({ graph: tourGraph(asShipped, boundedStaging), part, adapter: shipped })
  expect(toured.divergence?.told).toBeUndefined()
  expect(toured).toMatchObject({ complete: true, places: 1_100, transitions: 5_024 })
})

test("view building: worker: where any order is allowed, ours takes one of them", async () => {
  const toured = await tour({ graph: tourGraph(reference, small), part, adapter: ours })
  expect(toured.divergence?.told).toBeUndefined()
  expect(toured).toMatchObject({ complete: true })
})

test("view building: worker: what ships is told from ours", async () => {
  const toured = await tour({ graph: tourGraph(inOrder, small), part, adapter: shipped })
  expect(toured.divergence).toBeDefined()
})

test("view building: worker: ours follows the model where four calls and two sstables run against each other", async () => {
  const graph = workerGraph(inOrder, roomy)
  const result = await checkRole({ system: graph.system, part, graph, adapter: ours, seed: 1, runs: 60 })
  expect(result).toMatchObject({ verdict: "pass", runs: 60 })
  expect(result.laws.filter(({ verdict }) => verdict === "fail")).toEqual([])
})

test("view building: worker: S19 by its laws alone ours obeys, and one that boasts does not", async () => {
  const walks = { seed: 1, runs: 60, maxSteps: 40 }
  expect(await lawsBrokenBy(viewBuildingWorkerRole, () => ours.start(), walks)).toEqual([])
  const boastful = workerAdapter("boastful", undefined, (parts) => new Boastful(parts))
  const [broken] = await lawsBrokenBy(viewBuildingWorkerRole, () => boastful.start(), walks)
  expect(broken?.law).toBe("VB-S19")
})
