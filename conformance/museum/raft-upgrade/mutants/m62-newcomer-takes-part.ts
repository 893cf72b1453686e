import { mutant } from "../mutant.ts"

export const M62 = mutant(
  "M62",
  {
    sentence: "A new node takes part in discovery and dies, and all who have heard of it wait for it.",
    origin: "derived; scylladb commit 4147ef94b0; dossier 5, row 62",
    breaks: ["V9", "V7"],
    seenIn: "a new node dies while the others look for the group"
  },
  { upgrade: { outsider: "takesPart" } }
)
