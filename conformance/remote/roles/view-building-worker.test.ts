// Goal: our worker is right behind a pipe. Method: serve it in a process of its own, and take every transition of one call.
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"
import { small } from "../../../model/view-building/worker/alone/bounds.ts"
import { aloneDesigns } from "../../../model/view-building/worker/alone/design.ts"
import { tourGraph, workerGraph } from "../../kit/view-building/worker-ground.ts"
import { childDialer } from "../../transport/child-link.ts"
import { patient, summary } from "../altered.test-support.ts"
import { checkRemote } from "../check-remote.ts"
import { Line } from "../line.ts"
import { viewBuildingWorkerRole } from "./view-building-worker.ts"

/** The same role in a smaller world. */
const role: typeof viewBuildingWorkerRole = {
  ...viewBuildingWorkerRole,
  variants: viewBuildingWorkerRole.variants.map((variant) => {
    const design = aloneDesigns[variant.name as keyof typeof aloneDesigns]
    return { ...variant, walks: [() => workerGraph(design, small)], bounded: () => tourGraph(design, small) }
  })
}

test("kit: roles: our view building worker passes over stdio, every transition of one call", async () => {
  const serve = fileURLToPath(new URL("../../adapters/serve-view-building-worker.mjs", import.meta.url))
  const dialer = childDialer(`"${process.execPath}" "${serve}"`)
  const line = new Line(dialer, { version: "test", specs: [], budgets: patient })
  const quiet = { interrupted: () => false, onProgress: () => undefined }
  const result = await checkRemote(role, line, { seed: 1, runs: 20, tour: true, variant: "inOrder", ...quiet })
  const { transitions, complete, doubtful } = result.tour ?? {}
  expect([summary(result), transitions, complete, doubtful]).toEqual(["pass", 1_706, true, false])
})
