import { mutant } from "../mutant.ts"
import { bySteps, forgets } from "./recipe.ts"

export const M49a = mutant(
  "M49a",
  {
    sentence: "The operator forgets whom one node has discovered, and it waits for the dead to look for the group.",
    origin: "derived; scylladb commit 199b6d6705; dossier 5, row 49",
    breaks: ["V9", "S16", "V7"],
    seenIn: bySteps
  },
  forgets("EraseDiscovery")
)

export const M49b = mutant(
  "M49b",
  {
    sentence: "A node that knows another by its server ends itself when it hears that it has another server.",
    origin: "derived; service/raft/discovery.cc; dossier 5, row 49",
    breaks: ["S19", "V7", "V9"],
    seenIn: "a node comes back with another server while the others look for the group"
  },
  { upgrade: { otherServer: "crashes" } }
)
