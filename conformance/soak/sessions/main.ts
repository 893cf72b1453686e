/** `npm run soak:sessions`: a cluster of processes under load while connections and processes are killed, judged by the laws. */
import { runSoak } from "../command.ts"
import { soak } from "./soak.ts"

await runSoak(
  {
    script: "soak:sessions",
    description: "Soaks a cluster of three processes and group 0, and judges every history by the laws of sessions.",
    defaultRounds: 1000,
    unfenced: "with nodes whose fence is switched off; this must fail",
    soak
  },
  process.argv.slice(2)
)
