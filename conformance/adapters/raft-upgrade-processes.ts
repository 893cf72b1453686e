/**
 * Our cluster on its way to group 0 as processes of the operating system, for whoever soaks it: started, commanded, killed, and
 * asked for its journals.
 *
 * Whoever imports this knows the control channel's words and nothing of what is behind them.
 */
import { Cluster } from "../../impl/raft-upgrade/process/cluster.ts"
import { upgradeJournal } from "../../impl/raft-upgrade/process/journal.ts"
import type { NodeId } from "../../spec/metadata.ts"
import { journalsIn } from "./journals.ts"

export type { ControlAnswer, ControlCommand } from "../../impl/raft-upgrade/control.ts"
export type { InjectionName } from "../../impl/raft-upgrade/injections.ts"
export type { Cluster }

const shipped = new URL("./raft-upgrade-shipped.ts", import.meta.url)

export interface ProcessesOptions {
  readonly directory: string
  readonly nodes: ReadonlyArray<NodeId>
  /** How many times as short every rest between two tries is as in a database. */
  readonly haste: number
  /** Whether nodes do as the reference does, or as what scylladb shipped last. */
  readonly design: "reference" | "shipped"
}

/** Starts a cluster that knows nothing of group 0. Resolves when all of it serves. */
export const startProcesses = ({ design, ...options }: ProcessesOptions): Promise<Cluster> =>
  Cluster.start(design === "reference" ? options : { ...options, nodeMain: shipped })

/** Reads a process's journal. Throws where a line is none. */
export const readJournal = journalsIn(upgradeJournal)
