/**
 * The process of a node that does as scylladb shipped last: `raft-upgrade-shipped.ts CONFIGURATION`.
 *
 * It shows that the laws which a soak judges by can fail in just the way they are there for: a group is told of that a `kill -9`
 * makes nobody's.
 */
import { asShipped } from "../../impl/raft-upgrade/options.ts"
import { NodeConfiguration } from "../../impl/raft-upgrade/process/configuration.ts"
import { runNode } from "../../impl/raft-upgrade/process/node-process.ts"
import { readConfiguration } from "../../impl/runtime/child/configuration.ts"
import { die } from "../../impl/runtime/child/stderr-log.ts"

try {
  await runNode(readConfiguration(NodeConfiguration, process.argv[2]), asShipped)
} catch (error) {
  die("node", error)
}
