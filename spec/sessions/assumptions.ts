import type { Assumption } from "../law.ts"

const dossier = "dossier sessions 4.3"

/** What the environment of a cluster is trusted to do. Each can be switched off by its id. */
export const assumptions: ReadonlyArray<Assumption> = [
  {
    id: "SES-F1",
    sentence: "In the end there is a leader that stays, and group 0 commits what it proposes.",
    source: `${dossier}, F1`
  },
  {
    id: "SES-F2",
    sentence: "Admitted work finishes, or comes to a check, and lets go of its guard when the check fails.",
    source: `${dossier}, F2`
  },
  {
    id: "SES-F3",
    sentence: "Requests of clients end, and let go of the versions that they hold.",
    source: `${dossier}, F3`
  },
  {
    id: "SES-F4",
    sentence: "What is asked of a live node is answered in the end, or the connection breaks.",
    source: `${dossier}, F4`
  },
  { id: "SES-F5", sentence: "Whatever is tried again gets its turn.", source: `${dossier}, F5` },
  {
    id: "SES-F6",
    sentence: "A node that is dead for good is declared dead by the operator in the end.",
    source: `${dossier}, F6`
  },
  {
    id: "SES-F7",
    sentence: "A full disk gets room again, or another target is chosen.",
    source: `${dossier}, F7`
  }
]
