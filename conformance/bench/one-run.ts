/** One exploration in a process of its own, so that its time and memory are its own. Prints one line of JSON. */
import { exploreInTeam } from "../explorer-io/team.ts"
import { benchModels } from "./models.ts"

const [name = "", workers = "1", most = "Infinity"] = process.argv.slice(2)
const model = benchModels[name]
if (model === undefined) throw new TypeError(`there is no benchmark ${name}`)
const { counts, stats } = await exploreInTeam(model.source, Number(workers), {
  now: () => performance.now(),
  maxStates: Number(most)
})
const megabytes = process.resourceUsage().maxRSS / 1024
process.stdout.write(`${JSON.stringify({ ...counts, seconds: (stats.millis ?? 0) / 1000, megabytes })}\n`)
