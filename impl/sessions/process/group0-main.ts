/** The process that holds group 0: `group0-main.ts CONFIGURATION`. */
import { Group0Configuration, readConfiguration } from "./configuration.ts"
import { runGroup0 } from "./group0-process.ts"
import { die } from "./stderr-log.ts"

try {
  await runGroup0(readConfiguration(Group0Configuration, process.argv[2]))
} catch (error) {
  die("group0", error)
}
