/** What a coordinator is told, what it says, and when it will not listen. */
import type { SessionId } from "../../../spec/sessions/ids.ts"
import type { Command, Operation, Reason } from "../../../spec/sessions/messages.ts"
import type { Metadata, NodeId, Position, TabletId, Version } from "../../../spec/sessions/metadata.ts"

export type CoordinatorInput =
  /** A read barrier is over: this is the last that group 0 says, the right to commit against it, and who has no room on disk. */
  | {
      readonly _tag: "Looked"
      readonly at: Position
      readonly metadata: Metadata
      readonly full: ReadonlyArray<NodeId>
    }
  /** The plan's changes were effective, as far as is known; they may have been all the same where nobody has heard. */
  | { readonly _tag: "CommitDone"; readonly effective: boolean }
  /** The fence was committed. */
  | { readonly _tag: "FenceDone" }
  | { readonly _tag: "CommandAnswered"; readonly node: NodeId; readonly index: number; readonly reason: Reason | null }
  | { readonly _tag: "TriggerAnswered"; readonly call: number; readonly reason: Reason | null }
  /** The connection to a node broke: everything asked of it has failed, as far as anybody here can know. */
  | { readonly _tag: "ConnectionBroke"; readonly node: NodeId }

export type CoordinatorOutput =
  | {
      readonly _tag: "Trigger"
      readonly call: number
      readonly node: NodeId
      readonly operation: Operation
      readonly tablet: TabletId
      readonly session?: SessionId
    }
  | {
      readonly _tag: "BarrierBegan"
      readonly index: number
      readonly command: Command
      readonly version: Version
      readonly targets: ReadonlyArray<NodeId>
      readonly tablets: ReadonlyArray<TabletId>
    }
  | { readonly _tag: "BarrierEnded"; readonly index: number; readonly ok: boolean }

/** Something came at a moment at which the coordinator does not ask for it. */
export type CoordinatorRefusal = "Busy" | "NothingToDo" | "NotAsked"
