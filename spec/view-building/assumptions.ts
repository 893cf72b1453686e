import type { Assumption } from "../law.ts"

const dossier = "dossier view-building 4, liveness"

/** What the environment of the building of views is trusted to do. Each can be switched off by its id. */
export const assumptions: ReadonlyArray<Assumption> = [
  {
    id: "VB-F1",
    sentence: "Group 0 has a majority, nodes apply what it says, and in the end there is a leader that stays.",
    source: dossier
  },
  {
    id: "VB-F2",
    sentence: "Every host that has tasks is up in the end, or leaves the cluster.",
    source: dossier
  },
  {
    id: "VB-F3",
    sentence: "The replicas of views can be reached: what is tried again and again succeeds in the end.",
    source: dossier
  },
  {
    id: "VB-F4",
    sentence: "Schema, tablets and nodes change a finite number of times, and so many staging sstables come.",
    source: dossier
  },
  { id: "VB-F5", sentence: "The coordinator's main loop gets its turn.", source: dossier },
  { id: "VB-F6", sentence: "The coordinator's collection of finished tasks gets its turn.", source: dossier },
  { id: "VB-F7", sentence: "A worker's observer gets its turn.", source: dossier },
  { id: "VB-F8", sentence: "A worker's registrator gets its turn.", source: dossier },
  {
    id: "VB-F9",
    sentence: "A call is delivered and its answer too, or its caller learns that it has failed.",
    source: dossier
  },
  {
    id: "VB-F10",
    sentence: "A transition of a tablet that began is over in the end, forwards or backwards.",
    source: `${dossier}; dossier sessions 4.2, L3`
  },
  {
    id: "VB-F11",
    sentence: "Flushes end, and so do the writes and streams that a flush waits for.",
    source: "dossier view-building 2.3"
  }
]
