/**
 * The process of a node that serves coordinators which were deposed: `view-building-unfenced.ts CONFIGURATION`.
 *
 * Everything else is the reference's own. It shows that the laws which a soak judges by can fail in just the way they are there
 * for: a batch starts for a coordinator whose term is over.
 */
import { readConfiguration } from "../../impl/runtime/child/configuration.ts"
import { die } from "../../impl/runtime/child/stderr-log.ts"
import { NodeConfiguration } from "../../impl/view-building/process/configuration.ts"
import { runNode } from "../../impl/view-building/process/node-process.ts"

try {
  await runNode(readConfiguration(NodeConfiguration, process.argv[2]), { worker: { term: "ignored" } })
} catch (error) {
  die("node", error)
}
