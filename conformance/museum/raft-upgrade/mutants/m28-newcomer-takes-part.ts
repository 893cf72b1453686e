import { mutant } from "../mutant.ts"

export const M28 = mutant(
  "M28",
  {
    sentence: "A new node takes part in discovery, creates the group if its server is the smallest, and uses it alone.",
    origin: "derived: scylladb service/raft/raft_group0.cc setup_group0; dossier 5, row 28",
    breaks: ["S9", "V1"],
    seenIn: "a new node with the smallest server comes while the others look for the group"
  },
  { upgrade: { outsider: "takesPart" } }
)
