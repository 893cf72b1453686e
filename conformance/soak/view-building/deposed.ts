/**
 * The story that the term of a call is for, M06 of the dossier, on running processes.
 *
 * A coordinator has asked a worker for a task, and the worker's node is behind with what group 0 says. Another coordinator takes
 * over, and only then the node goes on: the call that comes out of its barrier is of a coordinator that is no more.
 *
 * Every step waits for the one before, so it is the same run each time.
 */
import { type NodeId, ShardId } from "../../../spec/metadata.ts"
import { Token, ViewId } from "../../../spec/view-building/ids.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { type InjectionName, labelOf, readJournal } from "../../adapters/view-building-processes.ts"
import { toldSoFar } from "../journals.ts"
import type { Breach } from "../judged.ts"
import type { Fence } from "../soak.ts"
import { limitMs, Stuck, within } from "../waiting.ts"
import { judged } from "./judged.ts"
import { historyOf } from "./life.ts"
import { baseOf, nodes } from "./plan.ts"

export interface Deposed {
  readonly labels: ReadonlyArray<ViewBuildingLabel>
  readonly breaches: ReadonlyArray<Breach>
}

const [nodeA, nodeB, nodeC] = [nodes[0]!, nodes[1]!, nodes[2]!]
const base = baseOf(0)
const behind: InjectionName = "group0_state_machine::delay_apply"

const coordinatedIn = (label: ViewBuildingLabel): number | undefined =>
  label._tag === "GuardTaken" && label.by._tag === "Coordinator" ? label.by.term : undefined

/** With workers that do not look at terms, unless told otherwise. */
export const deposed = async (directory: string, fence: Fence = "off"): Promise<Deposed> => {
  const labels = await historyOf({ directory, fence }, async (ground) => {
    const told = (): ReadonlyArray<ViewBuildingLabel> => toldSoFar(readJournal, directory, nodes).map(labelOf)
    const until = async (what: string, isSo: (label: ViewBuildingLabel) => boolean): Promise<void> => {
      if (!(await within(limitMs, async () => told().some(isSo), 50)))
        throw new Stuck(`it does not come to pass that ${what}`)
    }
    /** The greatest term that a coordinator has looked in. */
    const lastTerm = (): number => Math.max(0, ...told().map((label) => coordinatedIn(label) ?? 0))
    /** Whoever led before, as processes start when they can: this node coordinates from now on. */
    const lead = async (node: NodeId): Promise<void> => {
      const before = lastTerm()
      await ground.elect(node)
      await until(`${node} coordinates`, (label) => (coordinatedIn(label) ?? 0) > before)
    }
    const replicas = [{ node: nodeB, shard: ShardId.make(0) }]
    const tablets = [{ lastToken: Token.make(16), replicas, transition: null }]
    await ground.insist(nodeA, { _tag: "CreateTable", base, tablets })
    await ground.untilCaughtUp(base)
    // Not the node that is behind, for it would wait for itself.
    await lead(nodeA)
    await ground.inject("enable", behind, [nodeB])
    await ground.insist(nodeA, { _tag: "CreateView", base, view: ViewId.make("v0-0") })
    await until("B is asked for a task", ({ _tag }) => _tag === "CallArrived")
    await lead(nodeC)
    await ground.inject("disable", behind)
    await ground.untilBuilt(base)
  })
  return { labels, breaches: judged(labels) }
}
