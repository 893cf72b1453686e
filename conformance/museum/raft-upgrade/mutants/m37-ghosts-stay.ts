import { mutant } from "../mutant.ts"

export const M37 = mutant(
  "M37",
  {
    sentence: "Whoever removes a dead node falls when that is off the ring, and nobody takes it out of the group.",
    origin: "scylladb commit db734cd74f, issue 11723; dossier 5, row 37",
    breaks: ["V8"],
    seenIn: "whoever removes a dead node falls between the ring and the group"
  },
  { upgrade: { ghosts: "left" } }
)
