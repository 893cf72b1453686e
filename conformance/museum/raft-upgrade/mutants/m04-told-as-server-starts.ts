import { mutant } from "../mutant.ts"

export const M04 = mutant(
  "M04",
  {
    sentence: "A node tells of a group as its server starts, before the group's name is on its disk.",
    origin: "derived: scylladb since commit 746322b740; dossier 5, row 4",
    breaks: ["S2", "S1"],
    seenIn: "a group's creator and whoever heard of it fall before it is stored"
  },
  { upgrade: { tellsOfGroup: "asServerStarts" } }
)
