import { mutant } from "../mutant.ts"

export const M66 = mutant(
  "M66",
  {
    sentence:
      "Who stops waiting since another is through goes on as it is, although nobody has asked it for its schema.",
    origin: "ours: derived from scylladb service/raft/raft_group0.cc do_upgrade_to_group0; decision 0024",
    breaks: ["S17", "S18"],
    seenIn: "a new node comes while the others are on their way, by one that lacks a change"
  },
  { upgrade: { latecomers: "asTheyAre" } }
)
