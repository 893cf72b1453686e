/**
 * Our cluster that builds views as processes of the operating system, for whoever soaks it: started, commanded, killed, and asked
 * for its journals.
 *
 * Whoever imports this knows the control channel's words and nothing of what is behind them.
 */
import type { Said } from "../../impl/view-building/group0/group0.ts"
import { Cluster } from "../../impl/view-building/process/cluster.ts"
import { buildingJournal, labelOf } from "../../impl/view-building/process/journal.ts"
import type { NodeId } from "../../spec/metadata.ts"
import { TaskId } from "../../spec/view-building/ids.ts"
import { journalsIn } from "./journals.ts"

export type { ControlAnswer, ControlCommand } from "../../impl/view-building/control.ts"
export { type InjectionName, injectionNames } from "../../impl/view-building/injections.ts"
export { type Cluster, labelOf, type Said }

const unfenced = new URL("./view-building-unfenced.ts", import.meta.url)

export interface ProcessesOptions {
  readonly directory: string
  readonly nodes: ReadonlyArray<NodeId>
  readonly shards: number
  /** Whether workers look at the term of whoever calls. */
  readonly fence: "on" | "off"
}

/** Starts group 0 and every node, all of them normal and with no table. Resolves when all of them serve. */
export const startProcesses = ({ fence, ...options }: ProcessesOptions): Promise<Cluster> => {
  const { nodes } = options
  const state = { tasks: [], minTask: null, processing: null, statuses: [], tables: [], nodes, normal: nodes }
  const whole = { ...options, first: { state, lastTask: TaskId.make(0) } }
  return Cluster.start(fence === "on" ? whole : { ...whole, nodeMain: unfenced })
}

/** Reads a process's journal. Throws where a line is none. */
export const readJournal = journalsIn(buildingJournal)
