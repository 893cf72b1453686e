import type { Assumption } from "../law.ts"

const dossier = "dossier dcp 5, fairness"

/** What the environment of the proxy is trusted to do. Each can be switched off by its id. */
export const assumptions: ReadonlyArray<Assumption> = [
  { id: "DCP-A1", sentence: "Sockets and casts keep their order, and deliver or break.", source: dossier },
  { id: "DCP-A2", sentence: "Processes are scheduled fairly, and exit signals arrive.", source: dossier },
  { id: "DCP-A3", sentence: "kv answers every CLOSE_STREAM, or the connection breaks.", source: dossier },
  {
    id: "DCP-A4",
    sentence: "The kv consumer answers every ADD_STREAM, or its stream ends, or the connection breaks.",
    source: `${dossier}; agreement (i) of the review, weakened as L1 allows for the crash design`
  },
  {
    id: "DCP-A5",
    sentence: "In a takeover the producer reaches active, or its stream ends, or the connection breaks.",
    source: dossier
  },
  { id: "DCP-A6", sentence: "Somebody asks for the desired map again after a failure.", source: dossier }
]
