/** What a node knows besides its shards: commands and triggers in hand, and the operations that run. Lost on restart. */
import type { SessionId } from "../../../spec/sessions/ids.ts"
import type { Command, Operation, Row, StreamPath, WorkId } from "../../../spec/sessions/messages.ts"
import type {
  NodeId,
  Position,
  Replica,
  ShardId,
  Stage,
  TabletId,
  Term,
  Version
} from "../../../spec/sessions/metadata.ts"
import type { PaxosAsk } from "./paxos-words.ts"

/** A command that came in. `version` is null until its read barrier is over and it is accepted. */
export interface Handling {
  readonly term: Term
  readonly index: number
  readonly command: Command
  /** What group 0 had committed when the read barrier began. */
  readonly needs: Position
  readonly version: Version | null
  /** Shards that have begun to drain. */
  readonly drains: ReadonlyArray<ShardId>
}

/** Who waits for the answer to a trigger. */
export interface Call {
  readonly term: Term
  readonly call: number
}

/** A trigger whose read barrier is not over yet. */
export interface Triggered extends Call {
  readonly operation: Operation
  readonly tablet: TabletId
  readonly session: SessionId | null
  readonly needs: Position
}

/** An operation that runs for a tablet. */
export interface Running {
  readonly operation: Operation
  readonly tablet: TabletId
  readonly stage: Stage
  readonly session: SessionId | null
  /** How many tablets there were when it began. */
  readonly count: number
  /** The replica that it is for. */
  readonly replica: Replica
  /** The version that it holds; null where it holds none. */
  readonly pin: Version | null
  /** The tablet's stage has moved: the operation has to end, and barriers wait until it does. */
  readonly aborted: boolean
  /** Works that must have landed before it is done, null until it has begun. */
  readonly awaits: ReadonlyArray<WorkId> | null
  /** Nodes that those works come from, or go to: without them they never will. */
  readonly needs: ReadonlyArray<NodeId>
  readonly calls: ReadonlyArray<Call>
}

/** Rows up to a timestamp were brought by the repair of a session. */
export interface Repaired {
  readonly session: SessionId
  readonly upTo: number
}

/** Work that was admitted: rows in the hands of a receiver. */
export interface Work {
  readonly work: WorkId
  readonly tablet: TabletId
  readonly session: SessionId
  readonly via: ShardId
  readonly to: ShardId
  readonly rows: ReadonlyArray<Row>
  /** Whether a repair brought them. */
  readonly repair: boolean
  /** What of them a repair has covered where they were streamed from. */
  readonly repaired?: Repaired
  /** Rows of the same stream that are sent when these have landed. */
  readonly rest?: ReadonlyArray<Row>
  /** Where the operation runs that waits for them. */
  readonly owner: NodeId
  /** `reading` holds a guard on the shard it came in on; `writing` one on the shard it is for as well. */
  readonly phase: "reading" | "writing"
}

/** A request that a replica has in hand. */
export interface Serving {
  readonly request: number
  /** The fencing token. */
  readonly version: Version
  /** Null for a read. */
  readonly row: Row | null
  /** The version that the replica holds meanwhile; null where it holds none. */
  readonly pin: Version | null
  /** Present for a round of a conditional write, and what that asks for. */
  readonly paxos?: PaxosAsk
}

export interface Node {
  readonly up: boolean
  /** It is being shut down, and takes no more commands. */
  readonly stopping: boolean
  /** The last command that passed. */
  readonly accepted: { readonly term: Term; readonly index: number }
  readonly commands: ReadonlyArray<Handling>
  readonly triggers: ReadonlyArray<Triggered>
  readonly running: ReadonlyArray<Running>
  readonly serving: ReadonlyArray<Serving>
}

export const newNode: Node = {
  up: true,
  stopping: false,
  accepted: { term: 0 as Term, index: 0 },
  commands: [],
  triggers: [],
  running: [],
  serving: []
}

/** What is on its way to a node. */
export type Mail =
  | { readonly _tag: "Command"; readonly term: Term; readonly index: number; readonly command: Command }
  | ({
      readonly _tag: "Trigger"
      readonly operation: Operation
      readonly tablet: TabletId
      readonly session: SessionId | null
    } & Call)
  | {
      readonly _tag: "Fetch"
      readonly tablet: TabletId
      readonly session: SessionId
      readonly to: Replica
      readonly path: StreamPath
      readonly work: WorkId
    }
  | {
      readonly _tag: "Rows"
      readonly tablet: TabletId
      readonly session: SessionId
      readonly via: ShardId
      readonly to: ShardId
      readonly rows: ReadonlyArray<Row>
      readonly work: WorkId
      readonly repair: boolean
      readonly repaired?: Repaired
      readonly rest?: ReadonlyArray<Row>
      readonly owner: NodeId
    }
  | {
      readonly _tag: "Request"
      readonly request: number
      readonly version: Version
      readonly tablet: TabletId
      readonly row: Row | null
      readonly paxos?: PaxosAsk
    }
  | { readonly _tag: "Done"; readonly work: WorkId; readonly ok: boolean }
