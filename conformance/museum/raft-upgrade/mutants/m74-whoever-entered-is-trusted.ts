import { mutant } from "../mutant.ts"

export const M74 = mutant(
  "M74",
  {
    sentence: "Who was seen in synchronize is never asked again, also where another that is waited for is dead.",
    origin:
      "ours: derived from scylladb service/raft/raft_group0.cc wait_until_every_node_entered_synchronize; decision 0027",
    breaks: ["V3"],
    seenIn: "one of three dies when another has arrived, and the third has not seen it in synchronize"
  },
  { upgrade: { entered: "trusted" } }
)
