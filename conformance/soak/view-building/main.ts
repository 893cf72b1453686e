/** `npm run soak:view-building`: a cluster of processes that builds views while coordinator and workers are killed, judged by the laws. */
import { runSoak } from "../command.ts"
import { soak } from "./soak.ts"

await runSoak(
  {
    script: "soak:view-building",
    description:
      "Soaks a cluster of three processes and group 0 that builds views, and judges every history by the laws of view building.",
    defaultRounds: 500,
    unfenced: "with workers that do not look at the term of whoever calls; this must fail",
    soak
  },
  process.argv.slice(2)
)
