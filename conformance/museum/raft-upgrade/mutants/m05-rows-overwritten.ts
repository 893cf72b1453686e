import { mutant } from "../mutant.ts"

export const M05 = mutant(
  "M05",
  {
    sentence: "A joiner that finds Raft rows of its group writes a first snapshot over them.",
    origin: "admitted in scylladb service/raft/raft_group0.cc join_group0; dossier 5, row 5",
    breaks: ["V7"],
    seenIn: "a joiner falls when its group has told it what there was, and its name is not stored"
  },
  { upgrade: { foundRows: "overwritten" } }
)
