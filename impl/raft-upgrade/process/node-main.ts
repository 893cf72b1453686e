/** The process of a cluster's node: `node-main.ts CONFIGURATION`. */
import { readConfiguration } from "../../runtime/child/configuration.ts"
import { die } from "../../runtime/child/stderr-log.ts"
import { NodeConfiguration } from "./configuration.ts"
import { runNode } from "./node-process.ts"

try {
  await runNode(readConfiguration(NodeConfiguration, process.argv[2]))
} catch (error) {
  die("node", error)
}
