import type { Changes } from "../../../../impl/view-building/changes/changes.ts"
import type { Draft } from "../../../../impl/view-building/changes/draft.ts"
import { beginMove, move } from "../../../../impl/view-building/changes/tablets.ts"
import { leavingReplica, pendingReplica, type Replica } from "../../../../spec/metadata.ts"
import type { TableId, ViewId } from "../../../../spec/view-building/ids.ts"
import { type Tablet, tabletNamed } from "../../../../spec/view-building/metadata.ts"
import { mutant } from "../mutant.ts"

/** The replica that comes where none goes. */
const added = (tablet: Tablet | undefined): Replica | undefined =>
  tablet === undefined || leavingReplica(tablet) !== undefined ? undefined : pendingReplica(tablet)

const addTasks = (draft: Draft, base: TableId, { lastToken }: Tablet, replica: Replica): void => {
  const tasks = draft.tasks.filter((task) => task.base === base && task.lastToken === lastToken)
  const views = new Set(tasks.flatMap(({ view }): ReadonlyArray<ViewId> => (view === null ? [] : [view])))
  for (const view of views) draft.add({ type: "build_range", base, view, replica, lastToken })
}

const beginsWithTasks: Changes["beginMove"] = (draft, base, lastToken, plan) => {
  beginMove(draft, base, lastToken, plan)
  const tablet = tabletNamed(draft.table(base), lastToken)
  const replica = added(tablet)
  if (tablet !== undefined && replica !== undefined) addTasks(draft, base, tablet, replica)
}

export const M52a = mutant(
  "M52a",
  {
    sentence: "The tasks of an added replica are made as the transition begins.",
    origin: "plausible",
    breaks: ["S8", "S7"],
    seenIn: "a view comes while a tablet gets one replica more, and staging sstables wait"
  },
  {
    changes: {
      beginMove: beginsWithTasks,
      move: (draft, base, tablet, to, options) => {
        const tasks = [...draft.tasks]
        move(draft, base, tablet, to, options)
        if (to === null && tablet.transition?.stage === "end_migration" && added(tablet) !== undefined)
          draft.tasks = tasks
      }
    }
  }
)

export const M52b = mutant(
  "M52b",
  {
    sentence: "An added replica gets the staging tasks of the others too.",
    origin: "plausible",
    breaks: ["S7"],
    seenIn: "a view comes while a tablet gets one replica more, and staging sstables wait",
    lawful: "A staging task for which there are no sstables is done with nothing."
  },
  {
    changes: {
      move: (draft, base, tablet, to, options) => {
        move(draft, base, tablet, to, options)
        const replica = to === null && tablet.transition?.stage === "end_migration" ? added(tablet) : undefined
        const { lastToken } = tablet
        const isStaged = draft.tasks.some(
          (task) => task.base === base && task.lastToken === lastToken && task.type === "process_staging"
        )
        if (replica !== undefined && isStaged)
          draft.add({ type: "process_staging", base, view: null, replica, lastToken })
      }
    }
  }
)
