/**
 * Our cluster of sessions as processes of the operating system, for whoever soaks it: started, commanded, killed, and asked for
 * its journals.
 *
 * Whoever imports this knows the control channel's words and nothing of what is behind them.
 */
import { readFileSync } from "node:fs"
import { Cluster } from "../../impl/sessions/process/cluster.ts"
import { type JournalLine, sessionsJournal } from "../../impl/sessions/process/journal.ts"
import type { Metadata, NodeId } from "../../spec/sessions/metadata.ts"

export { ChildGone } from "../../impl/runtime/child/child.ts"
export type { ControlAnswer, ControlCommand } from "../../impl/sessions/control.ts"
export type { Group0Answer } from "../../impl/sessions/group0/group0.ts"
export { type InjectionName, injectionNames } from "../../impl/sessions/injections-default.ts"
export type { Cluster, JournalLine }

/** Whether nodes run with the fence that is to be judged, or with one that stops nobody. */
export type Fence = "on" | "off"

const unfenced = new URL("./sessions-unfenced.ts", import.meta.url)

export interface ProcessesOptions {
  readonly directory: string
  readonly first: Metadata
  readonly shards: number
  readonly fence: Fence
}

/** Starts group 0 and every node that `first` names. Resolves when all of them serve. */
export const startProcesses = ({ directory, first, shards, fence }: ProcessesOptions): Promise<Cluster> => {
  const options = { directory, nodes: first.nodes, shards, first }
  return Cluster.start(fence === "on" ? options : { ...options, nodeMain: unfenced })
}

/** The processes that keep a journal: the nodes, group 0, and the cluster itself, which tells who was stopped and started. */
export const tellersOf = (nodes: ReadonlyArray<NodeId>): ReadonlyArray<string> => [...nodes, "group0", "cluster"]

/** A journal as it is in the file, the end of a last line that was never finished included. */
export interface RawJournal {
  readonly lines: ReadonlyArray<JournalLine>
  readonly torn: string
}

/** Reads a process's journal. Throws where a line is none. */
export const readJournal = (path: string): RawJournal => {
  const text = readFileSync(path, "utf8")
  return { lines: sessionsJournal.parse(text, path), torn: text.slice(text.lastIndexOf("\n") + 1) }
}
