import type { Assumption } from "../law.ts"

const dossier = "dossier raft-upgrade 4, environment assumptions"
const fairness = "dossier raft-upgrade 4, liveness"

/** What the environment of the way to group 0 is trusted to do. Each can be switched off by its id. */
export const assumptions: ReadonlyArray<Assumption> = [
  { id: "RU-A1", sentence: "A node keeps its server's identity, until all of group 0 is erased.", source: dossier },
  { id: "RU-A2", sentence: "Every normal node knows every other one.", source: dossier },
  { id: "RU-A3", sentence: "Who is dead or was removed does not return.", source: dossier },
  { id: "RU-A4", sentence: "Schemas can be merged in any order, and as often as one likes.", source: dossier },
  { id: "RU-A5", sentence: "What a disk has taken is there after a fall.", source: dossier },
  {
    id: "RU-A6",
    sentence: "No new node comes from the time that the first one sets out for group 0 until one is there.",
    source: dossier
  },
  { id: "RU-A7", sentence: "Nothing that a node has sent arrives after it fell or was removed.", source: dossier },
  {
    id: "RU-A8",
    sentence: "Every node that was not given up is up in the end, and can reach every other.",
    source: fairness
  },
  {
    id: "RU-A9",
    sentence: "Every step, every end of a sleep and every message gets its turn.",
    source: fairness
  },
  {
    id: "RU-A10",
    sentence: "Clients ask a finite number of times, and for nothing that cannot be merged.",
    source: fairness
  },
  {
    id: "RU-A11",
    sentence: "An operator who has begun the recipe goes through it in its order to the end.",
    source: `${fairness}; dossier 3`
  }
]
