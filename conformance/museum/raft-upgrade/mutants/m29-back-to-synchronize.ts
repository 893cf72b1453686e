import { mutant } from "../mutant.ts"

export const M29 = mutant(
  "M29",
  {
    sentence: "A new node that has arrived goes back to synchronize when it begins again before it is on the ring.",
    origin: "derived; dossier 5, row 29",
    breaks: ["S5"],
    seenIn: "a new node that has arrived falls before it is on the ring"
  },
  { upgrade: { repeatedBootstrap: "goesBack" } }
)
