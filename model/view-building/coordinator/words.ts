/** What a view building coordinator is told, what it says, and when it will not listen. */
import type { NodeId, Position, Replica } from "../../../spec/metadata.ts"
import type { CallId, TaskId } from "../../../spec/view-building/ids.ts"
import type { CallAnswer, Change } from "../../../spec/view-building/messages.ts"
import type { Said } from "../said.ts"

export type CoordinatorInput =
  /** The main loop has a guard: a read barrier is over, this is what group 0 says, and these hosts are believed to be up. */
  | { readonly _tag: "Looked"; readonly at: Position; readonly said: Said; readonly alive: ReadonlyArray<NodeId> }
  /** It is time to collect, and the collection has a guard. */
  | { readonly _tag: "CollectionDue"; readonly at: Position; readonly said: Said }
  | { readonly _tag: "CommitDone"; readonly effective: boolean }
  /** A call has come to its end, with an answer or without. */
  | { readonly _tag: "CallEnded"; readonly replica: Replica; readonly call: CallId; readonly answer: CallAnswer }
  /** A replica was left alone for long enough after a call to it has failed. */
  | { readonly _tag: "Rested"; readonly replica: Replica }
  /** The main loop goes to sleep on its condition variable. */
  | { readonly _tag: "Slept"; readonly at: Position; readonly alive: ReadonlyArray<NodeId> }
  /** The condition variable is signalled where group 0 has moved on since, or a host is up that was not. */
  | { readonly _tag: "Signalled"; readonly at: Position; readonly alive: ReadonlyArray<NodeId> }

export type CoordinatorOutput =
  | { readonly _tag: "Guarded" }
  | { readonly _tag: "Called"; readonly call: CallId; readonly replica: Replica; readonly tasks: ReadonlyArray<TaskId> }
  | { readonly _tag: "Planned"; readonly change: Change }

/** `NoTablets`: it looks for the tablets of a table that there is not, and tries again for ever. */
export type CoordinatorRefusal = "Busy" | "NothingToDo" | "NotAsked" | "NoTablets"
