/**
 * Our cluster of sessions as processes of the operating system, for whoever soaks it: started, commanded, killed, and asked for
 * its journals.
 *
 * Whoever imports this knows the control channel's words and nothing of what is behind them.
 */
import { Cluster } from "../../impl/sessions/process/cluster.ts"
import { type JournalLine, sessionsJournal } from "../../impl/sessions/process/journal.ts"
import type { Metadata } from "../../spec/sessions/metadata.ts"
import { journalsIn } from "./journals.ts"

export type { ControlAnswer, ControlCommand } from "../../impl/sessions/control.ts"
export { type InjectionName, injectionNames } from "../../impl/sessions/injections-default.ts"
export type { Cluster, JournalLine }

const unfenced = new URL("./sessions-unfenced.ts", import.meta.url)

export interface ProcessesOptions {
  readonly directory: string
  readonly first: Metadata
  readonly shards: number
  /** Whether nodes run with the fence that is to be judged, or with one that stops nobody. */
  readonly fence: "on" | "off"
}

/** Starts group 0 and every node that `first` names. Resolves when all of them serve. */
export const startProcesses = ({ directory, first, shards, fence }: ProcessesOptions): Promise<Cluster> => {
  const options = { directory, nodes: first.nodes, shards, first }
  return Cluster.start(fence === "on" ? options : { ...options, nodeMain: unfenced })
}

/** Reads a process's journal. Throws where a line is none. */
export const readJournal = journalsIn(sessionsJournal)
