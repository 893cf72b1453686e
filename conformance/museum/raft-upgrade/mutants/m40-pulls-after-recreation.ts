import { pullNowAndThen } from "../../../../impl/raft-upgrade/schema/schema-pulls.ts"
import { Questions } from "../../../../impl/raft-upgrade/upgrade/questions.ts"
import { mutant } from "../mutant.ts"

const goesOnPulling: typeof pullNowAndThen = (context, peers) => {
  const { local, groups } = context.store
  if (local.value.group !== null || groups.length === 0) return pullNowAndThen(context, peers)
  const going = { ...context, options: { ...context.options, pulls: "goOn" } as const }
  return pullNowAndThen({ ...going, questions: new Questions(going) }, peers)
}

export const M40 = mutant(
  "M40",
  {
    sentence: "Pulls that were on in recovery are never off again once the group is made anew.",
    origin: "scylladb commit ec3a35303d, issue 26569; dossier 5, row 40",
    breaks: ["S24"],
    seenIn: "a group is made anew, and one of its members falls behind"
  },
  { machinery: { pullNowAndThen: goesOnPulling } }
)
