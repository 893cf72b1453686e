/** The kinds of steps that a run of a cluster is made of, each with what it may choose where the run stands. */
import type { Event } from "../../cluster/cluster-life.ts"
import { losing, orderOfEvents, outliving } from "../../cluster/event-kinds.ts"
import type { ClusterRun } from "./cluster-run.ts"
import { faultKinds } from "./fault-kinds.ts"
import type { Kind } from "./kind.ts"
import { orderKinds } from "./order-kinds.ts"
import { rowKinds } from "./row-kinds.ts"

/** What a truncation says is not lost: a base whose truncation does not come to its end stays closed, which nobody here sees to. */
const isOfTruncation = ({ name }: Event): boolean =>
  ["CloseBase", "TruncateBase", "OpenBase"].some((tag) => name.includes(tag))

export const kinds: ReadonlyArray<Kind> = [
  ...orderOfEvents<ClusterRun>(),
  // A connection that breaks takes along whatever is under way on it.
  losing<ClusterRun>((run, event) => run.isDataQuiet && !isOfTruncation(event)),
  outliving<ClusterRun>(({ name }) => name.includes("WorkOnTasks")),
  ...orderKinds,
  ...rowKinds,
  ...faultKinds
]
