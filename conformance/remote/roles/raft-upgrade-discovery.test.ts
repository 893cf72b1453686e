// Goal: our node that looks for group 0 is right behind a pipe. Method: serve it in a process of its own, and take every transition
// among three nodes.
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"
import { small } from "../../../model/raft-upgrade/discovery/one/bounds.ts"
import { oneDesigns } from "../../../model/raft-upgrade/discovery/one/design.ts"
import { discoveryGraph, discoveryTourGraph } from "../../kit/raft-upgrade/discovery-ground.ts"
import { childDialer } from "../../transport/child-link.ts"
import { patient, summary } from "../altered.test-support.ts"
import { checkRemote } from "../check-remote.ts"
import { Line } from "../line.ts"
import { discoveryRole } from "./raft-upgrade-discovery.ts"

/** The same role in a smaller world. */
const role: typeof discoveryRole = {
  ...discoveryRole,
  variants: discoveryRole.variants.map((variant) => {
    const design = oneDesigns[variant.name as keyof typeof oneDesigns]
    return {
      ...variant,
      walks: [() => discoveryGraph(design, small)],
      bounded: () => discoveryTourGraph(design, small)
    }
  })
}

test("kit: roles: our node that looks for group 0 passes over stdio, every transition among three nodes", async () => {
  const serve = fileURLToPath(new URL("../../adapters/serve-raft-upgrade-discovery.mjs", import.meta.url))
  const dialer = childDialer(`"${process.execPath}" "${serve}"`)
  const line = new Line(dialer, { version: "test", specs: [], budgets: patient })
  const quiet = { interrupted: () => false, onProgress: () => undefined }
  const result = await checkRemote(role, line, { seed: 1, runs: 20, tour: true, variant: "lately", ...quiet })
  const { transitions, complete, doubtful } = result.tour ?? {}
  expect([summary(result), transitions, complete, doubtful]).toEqual(["pass", 4_143, true, false])
}, 240_000)
