/**
 * The coordinator on the global track: one request at a time, each part a barrier, RPCs and a command.
 *
 * Source: dossier sessions 2.6 and 3.5; service/topology_coordinator.cc handle_topology_transition,
 * handle_topology_ordered_op, global_token_metadata_barrier.
 */
import { Effect } from "effect"
import type { SessionId } from "../../../spec/sessions/ids.ts"
import type { Reason } from "../../../spec/sessions/messages.ts"
import type { NodeId, Position, TopologyRequestId, Version } from "../../../spec/sessions/metadata.ts"
import { become, type Role, type Step } from "../../kernel/role.ts"
import { type GlobalCoordinator, type Noted, newCoordinator, notedOf } from "./coordinator-state.ts"
import { begun, type Ring } from "./global-track.ts"
import { type Part, partOf } from "./parts.ts"
import type { TopologyVariant } from "./variant.ts"

export type GlobalInput =
  /** A read barrier is over: this is the last that group 0 says, and the right to commit against it. */
  | { readonly _tag: "Looked"; readonly at: Position; readonly ring: Ring }
  /** The changes were effective, or not. */
  | { readonly _tag: "CommitDone"; readonly effective: boolean }
  /** The RPCs of a truncation go out. `current` is the session that its own node has in force now. */
  | { readonly _tag: "Sent"; readonly current: SessionId | null }
  | { readonly _tag: "Answered"; readonly node: NodeId; readonly index: number; readonly reason: Reason | null }
  /** The connection to a node broke: what was asked of it has failed, as far as anybody here can know. */
  | { readonly _tag: "ConnectionBroke"; readonly node: NodeId }

interface Asked {
  readonly index: number
  readonly to: ReadonlyArray<NodeId>
}

export type GlobalOutput =
  /** `must`: it is not over before everybody has answered. */
  | ({ readonly _tag: "BarrierBegan"; readonly version: Version; readonly must: boolean } & Asked)
  | { readonly _tag: "BarrierEnded"; readonly index: number; readonly ok: boolean }
  | ({ readonly _tag: "Stream" } & Asked)
  | ({ readonly _tag: "Truncate"; readonly request: TopologyRequestId; readonly session: SessionId | null } & Asked)

/** Something came at a moment at which the coordinator does not ask for it. */
export type GlobalRefusal = "Busy" | "NothingToDo" | "NotAsked"

type GlobalStep = Step<GlobalCoordinator, GlobalOutput, GlobalRefusal>

const nothing = { _tag: "Nothing" } as const

/** The coordinator of a term. */
export const globalCoordinator = (
  variant: TopologyVariant,
  retries: number,
  term: GlobalCoordinator["term"]
): Role<GlobalCoordinator, GlobalInput, GlobalOutput, GlobalRefusal> => {
  /** Enabled while nothing else is going on and there is something to do. */
  const look = (now: GlobalCoordinator, seen: Position, ring: Ring): GlobalStep => {
    if (now.doing._tag !== "Nothing") return Effect.fail("Busy")
    const committing = (changed: Ring): GlobalStep =>
      become({ ...now, doing: { _tag: "Committing", seen, ring: changed } })
    if (!now.fenced) return committing(ring)
    const { current, queue, dirty } = ring.topology
    if (current !== null) return goesOn(now, ring, partOf(variant, ring, current), current.request, committing)
    const [next] = queue
    // Nobody gets a range back before it has dropped what it should not have.
    const waits = next === undefined || (next.kind !== "truncate" && dirty.length > 0)
    return waits ? Effect.fail("NothingToDo") : committing(begun(variant, ring, next, seen))
  }

  const goesOn = (
    now: GlobalCoordinator,
    ring: Ring,
    part: Part,
    request: TopologyRequestId,
    committing: (ring: Ring) => GlobalStep
  ): GlobalStep => {
    const noted = notedOf(now, request, part.name)
    const fence = noted.version ?? ring.fence
    if (part.barrier !== null && noted.barrier !== "passed") return barrier({ ...now, noted }, ring, part.barrier)
    if (part.task === null || noted.task === "done") return committing({ ...part.done, fence })
    if (noted.task === null) return task({ ...now, noted }, ring, part)
    if (part.failed !== null) return committing({ ...part.failed, fence })
    if (noted.retries === retries) return Effect.fail("NothingToDo")
    return triesAgain(
      { ...now, noted: { ...noted, barrier: null, task: null, retries: noted.retries + 1 } },
      ring,
      part
    )
  }

  /** Another try begins with the barrier again. */
  const triesAgain = (now: GlobalCoordinator, ring: Ring, part: Part): GlobalStep =>
    part.barrier === null ? task(now, ring, part) : barrier(now, ring, part.barrier)

  const barrier = (now: GlobalCoordinator, ring: Ring, kind: "everybody" | "reachable"): GlobalStep => {
    const index = now.index + 1
    const comes = variant.targets === "normalOnly" ? ring.topology.current?.node : null
    const to = ring.nodes.filter((node) => !ring.ignored.includes(node) && node !== comes)
    const must = kind === "everybody"
    const noted: Noted = { ...now.noted!, version: ring.version }
    return become(
      { ...now, index, noted, doing: { _tag: "Asking", what: "barrier", index, must, waiting: to, failed: false } },
      { _tag: "BarrierBegan", index, version: ring.version, must, to }
    )
  }

  const asking = (now: GlobalCoordinator, waiting: ReadonlyArray<NodeId>): GlobalCoordinator => ({
    ...now,
    index: now.index + 1,
    doing: { _tag: "Asking", what: "task", index: now.index + 1, must: true, waiting, failed: false }
  })

  /** The RPCs of a truncation go out when the right to commit has been given back, and by then much may have happened. */
  const task = (now: GlobalCoordinator, { session }: Ring, { task: what, to }: Part): GlobalStep => {
    if (what === "truncate") return become({ ...now, doing: { _tag: "Sending", session, to } })
    const next = asking(now, to)
    return become(next, { _tag: "Stream", index: next.index, to })
  }

  const send = (now: GlobalCoordinator, current: SessionId | null): GlobalStep => {
    if (now.doing._tag !== "Sending") return Effect.fail("NotAsked")
    const { session, to } = now.doing
    const next = asking(now, to)
    const under = variant.sessionRead === "underGuard" ? session : current
    return become(next, { _tag: "Truncate", index: next.index, to, request: now.noted!.request, session: under })
  }

  const answered = (now: GlobalCoordinator, node: NodeId, index: number, reason: Reason | null): GlobalStep => {
    const { doing } = now
    if (doing._tag !== "Asking" || doing.index !== index || !doing.waiting.includes(node)) return become(now)
    const waiting = doing.waiting.filter((other) => other !== node)
    const failed = doing.failed || reason !== null
    if (waiting.length > 0) return become({ ...now, doing: { ...doing, waiting, failed } })
    const noted = now.noted!
    if (doing.what === "task")
      return become({ ...now, doing: nothing, noted: { ...noted, task: failed ? "failed" : "done" } })
    const result = failed && doing.must ? "failed" : "passed"
    const ended = { _tag: "BarrierEnded", index, ok: !failed } as const
    return become({ ...now, doing: nothing, noted: { ...noted, barrier: result } }, ended)
  }

  const step = (now: GlobalCoordinator, input: GlobalInput): GlobalStep => {
    switch (input._tag) {
      case "Looked":
        return look(now, input.at, input.ring)
      case "CommitDone":
        if (now.doing._tag !== "Committing") return Effect.fail("NotAsked")
        return become({ ...now, doing: nothing, fenced: now.fenced || input.effective })
      case "Sent":
        return send(now, input.current)
      case "Answered":
        return answered(now, input.node, input.index, input.reason)
      case "ConnectionBroke":
        return now.doing._tag === "Asking"
          ? answered(now, input.node, now.doing.index, "Disconnected")
          : Effect.fail("NotAsked")
    }
  }
  return { name: `global coordinator of term ${term}`, initial: newCoordinator(term), step }
}
