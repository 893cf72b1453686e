/** Streams that a node was told to run: which request they are for, under which session, and what they wait for. */
import type { SessionId } from "../../../spec/sessions/ids.ts"
import type { WorkId } from "../../../spec/sessions/messages.ts"
import type { Term, TopologyRequestId } from "../../../spec/sessions/metadata.ts"

/** Who waits for an answer, and to what. */
export interface Caller {
  readonly term: Term
  readonly index: number
}

export interface Streaming {
  readonly request: TopologyRequestId
  /** The session in force when the command was accepted. */
  readonly session: SessionId | null
  /** Work that has not landed; null until it was sent. */
  readonly awaits: ReadonlyArray<WorkId> | null
  readonly failed: boolean
  readonly callers: ReadonlyArray<Caller>
}

/** Streams become others, or somebody tells that a piece of work has landed or never will. */
export type StreamOp = ReadonlyArray<Streaming> | { readonly landed: WorkId } | { readonly lost: WorkId }

export const afterStream = (streams: ReadonlyArray<Streaming>, op: StreamOp): ReadonlyArray<Streaming> => {
  if (!("landed" in op || "lost" in op)) return op
  const work = "landed" in op ? op.landed : op.lost
  return streams.map((stream) =>
    stream.awaits?.includes(work)
      ? { ...stream, awaits: stream.awaits.filter((other) => other !== work), failed: stream.failed || "lost" in op }
      : stream
  )
}

/** Whether a stream has nothing to wait for any more. */
export const isDone = ({ awaits, failed }: Streaming): boolean => awaits !== null && (failed || awaits.length === 0)
