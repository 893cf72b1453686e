import { mutant } from "../mutant.ts"

export const M51 = mutant(
  "M51",
  {
    sentence: "The operator does not make sure that the lost are dead, and their group goes on beside the new one.",
    origin: "admitted: docs/architecture/raft.rst; dossier 5, row 51",
    breaks: ["S1", "V9"],
    seenIn: "the majority is lost, and a new node asks one of the lost first"
  },
  { leavesOut: (_, what) => what === "MakesSure" }
)
