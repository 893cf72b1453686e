/**
 * The process of a node whose fence is switched off: `sessions-unfenced.ts CONFIGURATION`.
 *
 * Everything else is the reference's own. It shows that the laws which a soak judges by can fail in just the way they are there
 * for: work of a session that is over is admitted, and no barrier waits for it.
 */

import { readConfiguration } from "../../impl/runtime/child/configuration.ts"
import { die } from "../../impl/runtime/child/stderr-log.ts"
import { NodeConfiguration } from "../../impl/sessions/process/configuration.ts"
import { runNode } from "../../impl/sessions/process/node-process.ts"
import { startUnfenced } from "./sessions-cluster/unfenced.ts"

try {
  await runNode(
    (parts) => startUnfenced(parts, { failed: (defect) => die(parts.self, defect) }),
    readConfiguration(NodeConfiguration, process.argv[2])
  )
} catch (error) {
  die("node", error)
}
