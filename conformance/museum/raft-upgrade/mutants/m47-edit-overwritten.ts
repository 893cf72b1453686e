import { mutant } from "../mutant.ts"

export const M47 = mutant(
  "M47",
  {
    sentence: "The upgrade writes its next state over what an operator wrote, and a restart is not one into recovery.",
    origin: "derived; scylladb commit b551cd254c; dossier 5, row 47",
    breaks: ["S15"],
    seenIn: "an operator writes a state while the upgrade runs"
  },
  { upgrade: { editedState: "overwritten" } }
)
