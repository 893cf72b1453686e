import { updateState } from "../../../../impl/view-building/changes/building.ts"
import type { Changes } from "../../../../impl/view-building/changes/changes.ts"
import { joinNode, leaveNode } from "../../../../impl/view-building/changes/nodes.ts"
import { mutant } from "../mutant.ts"

/** Nobody says STARTED; that a view is built is written down. */
const fillsNothing: Changes["updateState"] = (draft) => {
  const change = updateState(draft)
  draft.statuses = draft.statuses.filter(({ status }) => status === "SUCCESS")
  return change?._tag === "UpdateStatuses" && change.built.length === 0 && !change.over ? undefined : change
}

export const M51a = mutant(
  "M51a",
  {
    sentence: "Nothing is said of a view before it is built.",
    origin: "plausible",
    breaks: ["S10"],
    seenIn: "a node joins while a view is built, and leaves",
    lawful: "The reference puts what comes into staging while a view is not built, whatever is said of it."
  },
  { changes: { updateState: fillsNothing } }
)

export const M51b = mutant(
  "M51b",
  {
    sentence: "A node that joins copies no statuses.",
    origin: "plausible",
    breaks: ["S10"],
    seenIn: "a node joins while a view is built, and leaves"
  },
  {
    changes: {
      joinNode: (draft, node) => {
        const { statuses } = draft
        joinNode(draft, node)
        draft.statuses = statuses
      }
    }
  }
)

export const M51c = mutant(
  "M51c",
  {
    sentence: "A node that leaves leaves its statuses behind.",
    origin: "plausible",
    breaks: ["S21"],
    seenIn: "a node joins while a view is built, and leaves"
  },
  {
    changes: {
      leaveNode: (draft, node) => {
        const { statuses } = draft
        leaveNode(draft, node)
        draft.statuses = statuses
      }
    }
  }
)

export const M51d = mutant(
  "M51d",
  {
    sentence: "Nothing is said of a view before it is built, and what comes meanwhile is not put into staging.",
    origin: "plausible, and HEAD",
    breaks: ["D1"],
    seenIn: "rows come from elsewhere to a tablet that was built from",
    beside: { worker: { stages: "ifStarted" } }
  },
  { changes: { updateState: fillsNothing } }
)
