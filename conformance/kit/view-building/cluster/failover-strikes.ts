/** What strikes a build in hand: its coordinator is replaced, or somebody falls. */
import { NodeId } from "../../../../spec/metadata.ts"
import type { ClusterRun } from "./cluster-run.ts"

/** Something that strikes a build. */
export interface Strike {
  readonly name: string
  happens(run: ClusterRun): Promise<void>
  /** How the cluster gets well again, so much later; absent where it need not. */
  readonly after?: { readonly ms: number; mends(run: ClusterRun): Promise<void> }
}

/** The node that leads first, and the one that leads then. Both work as well, and the second has both tablets. */
const [old, other] = [NodeId.make("A"), NodeId.make("B")]
const later = 3_000

const falls =
  (node: NodeId): Strike["happens"] =>
  (run) =>
    run.perform({ _tag: "Crash", node })
const comesBack = (node: NodeId): NonNullable<Strike["after"]> => ({
  ms: later,
  mends: (run) => run.perform({ _tag: "Boot", node })
})
const leads: Strike["happens"] = (run) => run.perform({ _tag: "Elect", node: other })

/** Another node leads, and the old coordinator stops at once. */
export const replaced: Strike = { name: "another coordinator takes over", happens: leads }

/** The old coordinator goes on until it asks group 0 for something: what it waits for, it hears. */
export const deposed: Strike = {
  name: "another coordinator takes over, and the old one does not know",
  happens: (run) => run.perform({ _tag: "Depose", node: other, old }),
  after: { ms: later, mends: (run) => run.perform({ _tag: "Tell", node: old }) }
}

/** The old coordinator goes on, and group 0 cannot be reached from its node. */
export const cutOff: Strike = {
  name: "another coordinator takes over, and the old one is cut off from group 0",
  happens: async (run) => {
    await run.perform({ _tag: "CutOff", node: old })
    await leads(run)
  },
  after: { ms: later, mends: (run) => run.perform({ _tag: "Heal", node: old }) }
}

export const coordinatorFalls: Strike = {
  name: "the coordinator's node falls",
  happens: async (run) => {
    await falls(old)(run)
    await leads(run)
  },
  after: comesBack(old)
}

export const workerFalls: Strike = { name: "a worker's node falls", happens: falls(other), after: comesBack(other) }

/** Every call under way between the two is lost, and every answer. */
export const connectionBreaks: Strike = {
  name: "the connection between coordinator and worker breaks",
  happens: (run) => run.perform({ _tag: "BreakConnection", from: old, to: other })
}
