/** The process that leads the groups: `group0-main.ts CONFIGURATION`. */
import { readConfiguration } from "../../runtime/child/configuration.ts"
import { die } from "../../runtime/child/stderr-log.ts"
import { LeaderConfiguration } from "./configuration.ts"
import { runLeader } from "./leader-process.ts"

try {
  await runLeader(readConfiguration(LeaderConfiguration, process.argv[2]))
} catch (error) {
  die("group0", error)
}
