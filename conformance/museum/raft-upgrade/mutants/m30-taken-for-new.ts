import { mutant } from "../mutant.ts"

export const M30 = mutant(
  "M30",
  {
    sentence: "A member that has learned of nobody is taken for a new one, and does not go on.",
    origin: "derived: scylladb service/raft/raft_group0.cc finish_setup_after_join; dossier 5, row 30",
    breaks: ["V7"],
    seenIn: "a joiner falls before it knows who is in its group"
  },
  { upgrade: { withoutVote: "becomesVoter" } }
)
