/** The process that holds group 0: `group0-main.ts CONFIGURATION`. */
import { group0Configuration } from "../../group0/configuration.ts"
import { runGroup0 } from "../../group0/process.ts"
import { readConfiguration } from "../../runtime/child/configuration.ts"
import { die } from "../../runtime/child/stderr-log.ts"
import { buildingWords, Said } from "../group0/group0.ts"

try {
  await runGroup0(buildingWords, readConfiguration(group0Configuration(Said), process.argv[2]))
} catch (error) {
  die("group0", error)
}
