/** The process of a cluster's node: `node-main.ts CONFIGURATION`. */
import { startNode } from "../node/start-node.ts"
import { NodeConfiguration, readConfiguration } from "./configuration.ts"
import { runNode } from "./node-process.ts"
import { die } from "./stderr-log.ts"

try {
  await runNode(startNode, readConfiguration(NodeConfiguration, process.argv[2]))
} catch (error) {
  die("node", error)
}
