/** What group 0 says last, and what of its past still matters. It is a function of the log, so it makes no state of its own. */
import type { Memory } from "../../law.ts"
import type { ClusterLabel } from "../labels.ts"
import { type Metadata, type Position, rowPerTable, type Tablet, type TabletId, type Term } from "../metadata.ts"
import { afterLives, type Lives, unborn } from "./lives.ts"

/** Since when a tablet is in its transition. */
export interface Began {
  readonly tablet: TabletId
  readonly at: Position
}

export interface GroupZero extends Lives {
  /** The greatest term whose coordinator has committed anything. */
  readonly term: Term | null
  /** Null until somebody commits: nobody tells what it says in the beginning. */
  readonly metadata: Metadata | null
  readonly began: ReadonlyArray<Began>
}

export const groupZero: Memory<GroupZero, ClusterLabel> = {
  name: "group 0",
  init: { ...unborn, term: null, metadata: null, began: [] },
  on: (before, label) => {
    if (label._tag !== "Committed") return before
    const { by, metadata } = label
    const term = by._tag === "Coordinator" && (before.term === null || by.term > before.term) ? by.term : before.term
    return { ...afterLives(before, label), term, metadata, began: afterBegan(before.began, label) }
  }
}

export const afterBegan = (began: ReadonlyArray<Began>, label: ClusterLabel): ReadonlyArray<Began> =>
  label._tag === "Committed"
    ? rowPerTable(label.metadata)
        .filter(({ transition }) => transition !== null)
        .map(({ tablet }) => began.find((known) => known.tablet === tablet) ?? { tablet, at: label.at })
    : began

/** A tablet before and after a command. `was` is undefined where nobody knows it. */
export interface TabletChange {
  readonly was: Tablet | undefined
  readonly is: Tablet
}

export const tabletChanges = (last: Metadata | null, { tablets }: Metadata): ReadonlyArray<TabletChange> =>
  tablets.map((is) => ({ was: last?.tablets.find(({ tablet }) => tablet === is.tablet), is }))
