/** `npm run soak:raft-upgrade`: clusters of processes go to group 0 while they are killed, judged by the laws. */
import { runSoak } from "../command.ts"
import { soak } from "./soak.ts"

await runSoak(
  {
    script: "soak:raft-upgrade",
    description:
      "Takes clusters of three processes to group 0 while they are killed, and judges every history by the laws of the way there.",
    defaultRounds: 500,
    unfenced: "with nodes as scylladb shipped them last; this must fail",
    soak
  },
  process.argv.slice(2)
)
