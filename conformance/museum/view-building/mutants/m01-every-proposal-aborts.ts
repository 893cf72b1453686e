import { isAt } from "../../../../impl/view-building/changes/draft.ts"
import { beginMove } from "../../../../impl/view-building/changes/tablets.ts"
import { sameReplica } from "../../../../spec/metadata.ts"
import { mutant } from "../mutant.ts"

export const M01 = mutant(
  "M01",
  {
    sentence:
      "A plan aborts what the leaving replica of every move has that it proposes, also of those that are not begun.",
    origin: "scylladb commit 50c5354d0b, issue 25912",
    breaks: ["S6", "L1"],
    seenIn: "a plan proposes three moves of one tablet"
  },
  {
    changes: {
      beginMove: (draft, base, lastToken, plan) => {
        beginMove(draft, base, lastToken, plan)
        const replicas = draft.table(base)?.tablets.find((tablet) => tablet.lastToken === lastToken)?.replicas ?? []
        for (const { next } of plan)
          for (const leaving of replicas.filter((one) => !next.some((other) => sameReplica(one, other)))) {
            const isMeant = isAt(base, lastToken, leaving)
            draft.tasks = draft.tasks.map((task) => (isMeant(task) ? { ...task, state: "aborted" } : task))
          }
      }
    }
  }
)
