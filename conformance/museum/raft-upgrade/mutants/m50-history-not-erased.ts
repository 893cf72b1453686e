import { mutant } from "../mutant.ts"
import { bySteps, forgets } from "./recipe.ts"

export const M50a = mutant(
  "M50a",
  {
    sentence: "The operator forgets the history on one node, which begins where the old group ended.",
    origin: "derived; dossier 5, row 50",
    breaks: ["S16", "S4", "S1"],
    seenIn: bySteps
  },
  forgets("EraseHistory")
)

export const M50b = mutant(
  "M50b",
  {
    sentence: "The operator forgets the history on one node, and the group's commands change nothing there.",
    origin: "derived; service/raft/group0_state_machine.cc apply, before scylladb commit ff386e7a44; dossier 5, row 50",
    breaks: ["S12", "S16"],
    seenIn: "the majority is lost, and the two that are left change their schemas apart",
    beside: { upgrade: { firstIndex: 0 } }
  },
  forgets("EraseHistory", "E")
)
