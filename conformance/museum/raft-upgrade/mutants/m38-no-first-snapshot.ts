import { mutant } from "../mutant.ts"

export const M38 = mutant(
  "M38",
  {
    sentence: "A group begins at 0, so that a new node is told its commands, and not the schema that they began with.",
    origin: "scylladb commits ff386e7a44, 98d75c65af, issues 14066, 16683; dossier 5, row 38",
    breaks: ["S18", "S12", "S17"],
    seenIn: "a new node comes to a group that began with a schema, and has changed it since",
    beside: { upgrade: { latecomers: "asTheyAre" } }
  },
  { upgrade: { firstIndex: 0 } }
)
