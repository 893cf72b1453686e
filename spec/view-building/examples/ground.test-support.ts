/** Beginnings of stories that several examples share: one base t with one view v, a tablet on A.0 and another on B.0. */
import { change, operator, says, statuses, table, task } from "../histories.test-support.ts"

/** There is the base, and nothing to be done. */
export const bare = says(1, { tables: [table()] }, operator)
export const tasks = [task(1), task(2, "B.0", 9)]
/** Its view was created. */
export const created = [
  bare,
  says(2, { tasks }, { ...operator, ...change("CreateView", { base: "t", view: "v", empty: false }) })
]
export const started = statuses("v", "STARTED", "A", "B")
export const inHand = { tasks, processing: "t", statuses: started }
/** The base is in hand. */
export const picked = [...created, says(3, inHand, change("PickBase", { base: "t" }))]
export const built = statuses("v", "SUCCESS", "A", "B")
export const success = change("UpdateStatuses", { base: "t", built: ["v"], over: true })
