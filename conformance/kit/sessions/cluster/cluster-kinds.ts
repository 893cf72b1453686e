/** The kinds of steps that a run of a cluster is made of, each with what it may choose where the run stands. */

import type { Step } from "../../part.ts"
import type { ClusterRun } from "./cluster-run.ts"
import { eventKinds } from "./event-kinds.ts"
import { faultKinds } from "./fault-kinds.ts"
import type { Kind } from "./kind.ts"
import { orderKinds } from "./order-kinds.ts"

export const kinds: ReadonlyArray<Kind> = [...eventKinds, ...orderKinds, ...faultKinds]

/** Takes a step, if it is possible where the run stands. A choice is known by its text, so a token needs nothing else. */
export const takeStep = (run: ClusterRun, { rule, choice }: Step): Promise<void> | undefined => {
  const kind = kinds.find((known) => known.rule === rule)
  return kind?.take(run, JSON.stringify(choice))
}
