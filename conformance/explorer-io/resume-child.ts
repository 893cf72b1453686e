/** A process that may be killed: explores a small system, leaves checkpoints, and goes on where it was. Used by the test. */

import { identityOf } from "../../model/explorer/checkpoint.ts"
import { type ExploreOptions, explore } from "../../model/index.ts"
import { loadCheckpoint, saveCheckpoint } from "./checkpoint-file.ts"
import { systemFrom } from "./source.ts"

const [path = "", text = "{}"] = process.argv.slice(2)
const system = await systemFrom(JSON.parse(text))
const identity = identityOf(system)
const resume = loadCheckpoint(path, identity)
const options: ExploreOptions = {
  checkpointEvery: 2_000,
  onCheckpoint: (checkpoint) => {
    saveCheckpoint(path, checkpoint, identity)
    process.stdout.write(".")
  },
  ...(resume === undefined ? {} : { resume })
}
process.stdout.write(`\n${JSON.stringify(explore(system, options))}\n`)
