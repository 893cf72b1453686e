/** A client's request: routed by the metadata of one version, which is held until the request is over. Source: dossier sessions 2.7. */
import type { PaxosRound, Reason, Row } from "../../../spec/sessions/messages.ts"
import {
  type NodeId,
  pendingReplica,
  type Replica,
  type ShardId,
  type Tablet,
  type Version
} from "../../../spec/sessions/metadata.ts"
import { type Selectors, selectors } from "../../../spec/sessions/selectors.ts"
import { type Conditional, pooled } from "./conditional-state.ts"
import { rowKey } from "./names.ts"
import type { Promised } from "./paxos-words.ts"
import type { Variant } from "./variant.ts"

/** A conditional write asks for the value that is there from the beginning. */
export type RequestKind = "write" | "delete" | "read" | "conditional"

export interface Request {
  readonly kind: RequestKind
  readonly phase: "new" | "going" | "over"
  /** The node that coordinates it, and the version that it holds; null before it begins. */
  readonly by: NodeId | null
  readonly version: Version | null
  readonly waiting: ReadonlyArray<NodeId>
  readonly served: number
  /** How many must serve it. */
  readonly needs: number
  /** The newest row that reads have found. */
  readonly found: Row | null
  /** What the client was told; null until it was. */
  readonly told: "ok" | "failed" | null
  /** Present for a conditional write that has begun: `waiting` and `served` are those of its round. */
  readonly conditional?: Conditional
}

export const newRequest = (kind: RequestKind): Request => ({
  kind,
  phase: "new",
  by: null,
  version: null,
  waiting: [],
  served: 0,
  needs: 0,
  found: null,
  told: null
})

/** The write of a request: later requests have later timestamps. */
export const rowOf = ({ kind }: Request, number: number): Row | null =>
  kind === "read" ? null : { key: rowKey, timestamp: number + 1, value: kind === "delete" ? null : `w${number + 1}` }

/** What a replica answers. */
export interface Answered {
  readonly from: NodeId
  readonly reason: Reason | null
  readonly rows: ReadonlyArray<Row>
  /** Present for a conditional write, the second where it has promised. */
  readonly round?: PaxosRound
  readonly promised?: Promised
}

/** A request becomes another, or a replica has answered it. */
export type RequestOp = Request | Answered

/** An answer that comes when nobody waits for it any more is dropped. */
export const answered = (request: Request, op: RequestOp): Request => ("from" in op ? hearing(request, op) : op)

/** The same for whatever is answered as requests are. */
export const hearing = <R extends Omit<Request, "phase"> & { readonly phase: string }>(request: R, op: Answered): R => {
  const { conditional } = request
  if (request.phase !== "going" || !request.waiting.includes(op.from) || op.round !== conditional?.round) return request
  const { promised } = op
  return {
    ...request,
    ...(conditional === undefined || promised === undefined
      ? {}
      : { conditional: { ...conditional, promised: pooled(conditional.promised, promised) } }),
    waiting: request.waiting.filter((node) => node !== op.from),
    served: request.served + (op.reason === null ? 1 : 0),
    found: op.reason === null ? newest([...op.rows, ...(request.found === null ? [] : [request.found])]) : request.found
  }
}

export const newest = (rows: ReadonlyArray<Row>): Row | null =>
  rows.reduce<Row | null>((best, row) => (best === null || row.timestamp > best.timestamp ? row : best), null)

/** Whom a request goes to under a tablet's stage, and how many of them must serve it. */
export interface Routing {
  readonly targets: ReadonlyArray<Replica>
  readonly needs: number
}

/** What a stage says of reads and writes, and what a variant makes of it. */
const selected = ({ switches }: Variant, { transition }: Tablet): Selectors => {
  if (transition === null) return { reads: "prev", writes: "prev" }
  const { stage } = transition
  if (switches === "readsWithStreaming" && stage === "streaming") return selectors.write_both_read_new
  if (switches === "writesWithReads" && stage === "write_both_read_new") return selectors.use_new
  return selectors[stage]
}

/** A quorum, and for a write one more for a replica that is on its way in. */
export const routing = (variant: Variant, tablet: Tablet, kind: RequestKind): Routing => {
  const { transition, replicas } = tablet
  const { reads, writes } = selected(variant, tablet)
  const next = transition?.next ?? replicas
  if (kind === "read") return quorum(reads === "prev" ? replicas : next)
  if (writes !== "both") return quorum(writes === "prev" ? replicas : next)
  const pending = pendingReplica(tablet)
  const { targets, needs } = quorum(replicas)
  // A tablet that moves between two shards of a node is the node's own business.
  const within = pending === undefined || replicas.some(({ node }) => node === pending.node)
  return within ? { targets, needs } : { targets: [...targets, pending], needs: needs + 1 }
}

/** The shards of a node that have to serve a request, as the node sees its own metadata. */
export const owners = (tablet: Tablet, node: NodeId, kind: "read" | "write"): ReadonlyArray<ShardId> => {
  const { transition, replicas } = tablet
  const next = transition?.next ?? replicas
  const shardsOf = (side: ReadonlyArray<Replica>) => side.flatMap((one) => (one.node === node ? [one.shard] : []))
  const [before, after] = [shardsOf(replicas), shardsOf(next)]
  // Between nodes a node keeps its shard whatever the stage, so that a late request finds it.
  if (transition?.kind !== "intranode_migration") return [...new Set([...before, ...after])]
  const { reads, writes } = selectors[transition.stage]
  if (kind === "read") return reads === "prev" ? before : after
  return writes === "both" ? [...new Set([...before, ...after])] : writes === "prev" ? before : after
}

const quorum = (targets: ReadonlyArray<Replica>): Routing => ({ targets, needs: (targets.length >> 1) + 1 })
