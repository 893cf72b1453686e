import type { ReplyValue } from "../../spec/dcp/messages.ts"
import type { ExitReason } from "../runtime/exit.ts"

/** Why a replicator is told to stop: `nuke` ends all of a bucket's, `interrupted` is any reason but a shutdown. */
export type StopReason = "shutdown" | "nuke" | "interrupted"

/** Which of the two proxies. */
export type ProxyName = "consumerConnection" | "producerConnection"

/** What became of a call to the consumer connection: an answer, or the error that came in its place. */
export type Outcome =
  | { readonly _tag: "Answered"; readonly value: ReplyValue }
  | { readonly _tag: "Failed"; readonly error: unknown }

/** Why a replicator ends, beside `Shutdown` and what else may end any process. */
export type ReplicatorExit =
  /** A call was under way, or the producer being connected, when a proxy died or the replicator had to stop. */
  | { readonly _tag: "ChildInterrupted" }
  /** It was told to stop, and not to close its streams first. */
  | { readonly _tag: "Interrupted" }
  | { readonly _tag: "ProxyDied"; readonly proxy: ProxyName; readonly reason: ExitReason }
  /** The worker's call failed without the death of a proxy having been seen. */
  | { readonly _tag: "WorkerFailed"; readonly error: unknown }
  | { readonly _tag: "ConnectFailed"; readonly error: unknown }
  /** The streams were not closed as they should have been before the end. */
  | { readonly _tag: "ShutFailed"; readonly outcome: Outcome }
