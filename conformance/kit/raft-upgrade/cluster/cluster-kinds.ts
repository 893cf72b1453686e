/** The kinds of steps that a run of a cluster is made of, each with what it may choose where the run stands. */
import type { Event } from "../../cluster/cluster-life.ts"
import { losing, orderOfEvents } from "../../cluster/event-kinds.ts"
import type { ClusterRun } from "./cluster-run.ts"
import { faultKinds } from "./fault-kinds.ts"
import type { Kind } from "./kind.ts"
import { operatorKinds } from "./operator-kinds.ts"
import { timeKinds } from "./time-kinds.ts"

/** That somebody has left comes to all in the end, as gossip does, and no sooner than that is forgotten. */
const isGossip = ({ name }: Event): boolean => name.endsWith(": Left")

export const kinds: ReadonlyArray<Kind> = [
  ...orderOfEvents<ClusterRun>(),
  losing<ClusterRun>((_, event) => !isGossip(event)),
  ...timeKinds,
  ...operatorKinds,
  ...faultKinds
]
