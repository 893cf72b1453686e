/** The third part of mutant M17, and M98: what becomes of tables that share a tablet. */
import { type ClusterMutant, mutant } from "../mutant.ts"

export const groups: ReadonlyArray<ClusterMutant> = [
  mutant(
    "M17c",
    {
      sentence: "Sessions of tablets that several tables share are left out of the open set.",
      origin: "plausible",
      breaks: ["S1", "S10"],
      seenIn: "a migration of a tablet that two tables share"
    },
    { openSet: "soleTables" }
  ),
  mutant(
    "M98",
    {
      sentence: "Only the first of the tables that share a tablet is streamed and cleaned up.",
      origin: "ours: what the dossier's 1.2 demands of a group",
      breaks: ["D8", "D3"],
      seenIn: "a migration of a tablet that two tables share"
    },
    { groupWork: "firstTable" }
  )
]
