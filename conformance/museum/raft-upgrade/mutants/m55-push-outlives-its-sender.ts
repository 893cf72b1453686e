import { mutant } from "../mutant.ts"

export const M55 = mutant(
  "M55",
  {
    sentence: "A push arrives when its sender is dead and removed, and all have compared their schemas.",
    origin: "derived; dossier 5, row 55",
    breaks: ["S10"],
    seenIn: "a push is held up until its sender is dead and removed"
  },
  { fate: ({ tag }) => (tag === "DefinitionsUpdate" ? "deliver" : undefined) }
)
