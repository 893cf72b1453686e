import { mutant } from "../mutant.ts"

export const M70 = mutant(
  "M70",
  {
    sentence: "An attempt goes on with what is left of its tasks, before anybody has told its batch what is lost.",
    origin: "HEAD",
    breaks: ["S17"],
    seenIn: "a view goes while a batch rests, and nobody looks",
    lawful: "What is read too much is for a view that is gone, and that nobody asks for any more."
  },
  { worker: { lostTasks: "tries" } }
)
