/** The kinds of steps that a run of a cluster is made of, each with what it may choose where the run stands. */
import { doubling, losing, orderOfEvents, outliving } from "../../cluster/event-kinds.ts"
import type { ClusterRun } from "./cluster-run.ts"
import { faultKinds } from "./fault-kinds.ts"
import type { Kind } from "./kind.ts"
import { orderKinds } from "./order-kinds.ts"

export const kinds: ReadonlyArray<Kind> = [
  ...orderOfEvents<ClusterRun>(),
  losing<ClusterRun>(() => true),
  doubling<ClusterRun>(),
  outliving<ClusterRun>(() => true),
  ...orderKinds,
  ...faultKinds
]
