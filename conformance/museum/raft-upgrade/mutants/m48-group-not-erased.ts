import { mutant } from "../mutant.ts"
import { bySteps, forgets } from "./recipe.ts"

export const M48 = mutant(
  "M48",
  {
    sentence:
      "The operator forgets the group's name on one node, which revives the old group, and the other waits for it.",
    origin: "derived; dossier 5, row 48",
    breaks: ["S16", "V7"],
    seenIn: bySteps
  },
  forgets("EraseGroup")
)
