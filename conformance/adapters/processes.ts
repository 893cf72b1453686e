/** A cluster of processes, whatever protocol its nodes speak, for whoever soaks it: started, commanded, killed. */
import type { Group0Answer, Group0Command } from "../../impl/group0/control.ts"
import type { NodeId } from "../../spec/metadata.ts"

export { ChildGone } from "../../impl/runtime/child/child.ts"
export type { Group0Answer, Group0Command }

/** What there is to be done with nodes, whoever else there is. */
export interface NodeProcesses<Command, Answer> {
  control(node: NodeId, command: Command): Promise<Answer>
  process(node: NodeId): { readonly isGone: boolean; readonly errors: ReadonlyArray<string> }
  kill(node: NodeId): Promise<void>
  restart(node: NodeId): Promise<void>
}

/** What there is to be done with nodes and the process that holds group 0. */
export interface Processes<Command, Answer, Metadata> extends NodeProcesses<Command, Answer> {
  group0(command: Group0Command): Promise<Group0Answer<Metadata>>
  killGroup0(): Promise<void>
  restartGroup0(): Promise<void>
  stop(): Promise<void>
}

/** The processes that keep a journal: the nodes, group 0, and the cluster itself, which tells who was stopped and started. */
export const tellersOf = (nodes: ReadonlyArray<NodeId>): ReadonlyArray<string> => [...nodes, "group0", "cluster"]
