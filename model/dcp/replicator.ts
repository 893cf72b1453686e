/**
 * The replicator: owns a proxy pair, makes calls to it through a worker, and dies with it.
 *
 * Source: ns_server dcp_replicator.erl init, spawn_and_wait, terminate; dossier 2.7 and 2.10.
 */
import type { Request } from "../../spec/dcp/messages.ts"
import type { ReplicatorInput, ReplicatorOutput } from "../../spec/dcp/supervision.ts"
import type { CallId, VBucket } from "../../spec/ids.ts"
import { become, type Role, type Step } from "../kernel/role.ts"

/** What the worker is at. A takeover is two calls: close the stream if it is open, then take over. */
type Work =
  | { readonly _tag: "Setup" }
  | { readonly _tag: "ClosingFirst"; readonly vbucket: VBucket }
  | { readonly _tag: "TakingOver" }

export type Replicator =
  | { readonly _tag: "Ready" }
  /** It waits for its worker, or for any exit; calls wait in its mailbox. */
  | { readonly _tag: "Working"; readonly call: CallId; readonly work: Work }
  /** It waits for the shut of the consumer connection, or for the timer. */
  | { readonly _tag: "Stopping" }
  | { readonly _tag: "Gone" }

export const ready: Replicator = { _tag: "Ready" }
const gone: Replicator = { _tag: "Gone" }

type ReplicatorStep = Step<Replicator, ReplicatorOutput, never>

export const replicator: Role<Replicator, ReplicatorInput, ReplicatorOutput, never> = {
  name: "replicator",
  initial: ready,
  step: (state, input) => {
    switch (input._tag) {
      case "SetupReplication":
        return work(state, input.call, { _tag: "Setup" }, { _tag: "SetupStreams", vbuckets: input.vbuckets })
      case "TakeoverReplication":
        return work(
          state,
          input.call,
          { _tag: "ClosingFirst", vbucket: input.vbucket },
          { _tag: "MaybeCloseStream", vbucket: input.vbucket }
        )
      case "WorkerDone":
        return state._tag === "Working" ? workerDone(state, input.outcome) : become(state)
      case "ChildExited":
        return childExited(state)
      case "Stop":
        return stop(state, input.reason)
      case "ShutDone":
      case "ShutTimedOut":
        // Whatever became of the shut, both proxies are ended in an orderly way.
        return state._tag === "Stopping"
          ? become(gone, { _tag: "EndProxies", how: "exitSignal" }, { _tag: "Exit", reason: "shutdown" })
          : become(state)
    }
  }
}

/** Whether an input has to wait in the mailbox: a call while another is at work, or while the replicator stops. */
export const waits = (state: Replicator, input: ReplicatorInput): boolean =>
  (input._tag === "SetupReplication" || input._tag === "TakeoverReplication") &&
  (state._tag === "Working" || state._tag === "Stopping")

const work = (state: Replicator, call: CallId, doing: Work, request: Request): ReplicatorStep =>
  state._tag === "Ready"
    ? become<Replicator, ReplicatorOutput>({ _tag: "Working", call, work: doing }, { _tag: "SpawnWorker", request })
    : become(state)

const workerDone = (
  state: Extract<Replicator, { _tag: "Working" }>,
  outcome: Extract<ReplicatorInput, { _tag: "WorkerDone" }>["outcome"]
): ReplicatorStep => {
  if (outcome._tag === "Exited") return dies(state, "crashed")
  // The answer to the close is not looked at; the takeover itself asks whether the stream is open (M44).
  if (state.work._tag === "ClosingFirst")
    return become<Replicator, ReplicatorOutput>(
      { ...state, work: { _tag: "TakingOver" } },
      { _tag: "SpawnWorker", request: { _tag: "Takeover", vbucket: state.work.vbucket } }
    )
  return become<Replicator, ReplicatorOutput>(ready, { _tag: "Answer", call: state.call, value: outcome.value })
}

/** One half without the other is of no use. During a stop the shut answers or fails by itself. */
const childExited = (state: Replicator): ReplicatorStep => {
  if (state._tag === "Gone" || state._tag === "Stopping") return become(state)
  return dies(state, state._tag === "Working" ? "childInterrupted" : "crashed")
}

/** Streams are closed first only where nothing is at work and the reason is a shutdown (MB-17279). */
const stop = (state: Replicator, reason: Extract<ReplicatorInput, { _tag: "Stop" }>["reason"]): ReplicatorStep => {
  if (state._tag === "Gone" || state._tag === "Stopping") return become(state)
  if (state._tag === "Working" || reason === "interrupted") return dies(state, "childInterrupted")
  return become<Replicator, ReplicatorOutput>({ _tag: "Stopping" }, { _tag: "ShutConsumer" })
}

const dies = (state: Replicator, reason: "crashed" | "childInterrupted"): ReplicatorStep =>
  become<Replicator, ReplicatorOutput>(
    gone,
    ...(state._tag === "Working" ? [{ _tag: "ExitCaller" as const, call: state.call }] : []),
    { _tag: "EndProxies", how: "closeSocketsThenKill" },
    { _tag: "Exit", reason }
  )
