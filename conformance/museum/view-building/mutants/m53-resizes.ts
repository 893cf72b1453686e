import type { Changes } from "../../../../impl/view-building/changes/changes.ts"
import type { Draft } from "../../../../impl/view-building/changes/draft.ts"
import { resize } from "../../../../impl/view-building/changes/tablets.ts"
import { placeOf } from "../../../../spec/metadata.ts"
import type { Table, Task } from "../../../../spec/view-building/metadata.ts"
import { mutant } from "../mutant.ts"

const seenIn = "tablets are split, one half is done with, and they are merged"

/** A merge keeps one task of all that look alike in this way. */
const keepingOneOf =
  (name: (task: Task) => string): Changes["resize"] =>
  (draft, table, how) => {
    resize(draft, table, how)
    if (how !== "merge") return
    const known = new Set<string>()
    draft.remove((task) => {
      if (task.base !== table.base) return false
      const isKnown = known.has(name(task))
      known.add(name(task))
      return isKnown
    })
  }

/** The number of the tablet that a task is for. */
const numberOf = (draft: Draft, { base }: Table, { lastToken }: Task): number =>
  draft.table(base)?.tablets.findIndex((tablet) => tablet.lastToken === lastToken) ?? -1

export const M53a = mutant(
  "M53a",
  {
    sentence: "Only the first half of a split tablet has the tasks.",
    origin: "plausible",
    breaks: ["S8", "D1"],
    seenIn
  },
  {
    changes: {
      resize: (draft, table, how) => {
        resize(draft, table, how)
        if (how === "split") draft.remove((task) => task.base === table.base && numberOf(draft, table, task) % 2 === 1)
      }
    }
  }
)

export const M53b = mutant(
  "M53b",
  {
    sentence: "A merge makes one task of the same tasks for two views.",
    origin: "plausible",
    breaks: ["S8", "D1"],
    seenIn
  },
  {
    changes: {
      resize: keepingOneOf(({ type, replica, lastToken }) => `${type} ${placeOf(replica)} ${lastToken}`)
    }
  }
)

export const M53c = mutant(
  "M53c",
  {
    sentence: "A merge makes one task of the same tasks on two replicas.",
    origin: "plausible",
    breaks: ["S8", "D1"],
    seenIn
  },
  { changes: { resize: keepingOneOf(({ type, view, lastToken }) => `${type} ${view} ${lastToken}`) } }
)
