/** How far the global track may go: which requests, which faults, and what clients do meanwhile. */
import {
  type NodeId,
  type TopologyKind,
  type TopologyRequest,
  TopologyRequestId
} from "../../../spec/sessions/metadata.ts"

export interface TopologyBounds {
  /** Nodes by name. */
  readonly nodes: ReadonlyArray<string>
  /** Members at the beginning, the dead ones included. */
  readonly members: ReadonlyArray<string>
  /** Members that have died and been declared dead. */
  readonly dead: ReadonlyArray<string>
  /** Who owns the ring's one range at the beginning. */
  readonly owners: ReadonlyArray<string>
  /** What is asked for, in order. */
  readonly requests: ReadonlyArray<TopologyRequest>
  /** How many of them are in the queue from the beginning; the others come at any time. */
  readonly queued: number
  /** Connections of a coordinator that may break under a stream or a truncation that it asked for. */
  readonly breaks: number
  /** Connections that may break under a barrier. */
  readonly barrierBreaks: number
  readonly restarts: number
  readonly failovers: number
  /** Where the coordinator runs. If anywhere, then a restart is one of that node while it streams, and a failover with it. */
  readonly leader?: string
  /** Whether a node may apply several commands in one step. */
  readonly skips: boolean
  /** How often a truncation is tried again. */
  readonly retries: number
  /** What clients do while nothing is in hand, in order. A deletion is purged at once. */
  readonly clients: ReadonlyArray<"write" | "delete">
  /** Writes that may be on their way into a node when it is fenced. */
  readonly slowWrites: number
}

/** One node that owns everything, and nothing that goes wrong. */
export const small: TopologyBounds = {
  nodes: ["A"],
  members: ["A"],
  dead: [],
  owners: ["A"],
  requests: [],
  queued: 9,
  breaks: 0,
  barrierBreaks: 0,
  restarts: 0,
  failovers: 0,
  skips: false,
  retries: 3,
  clients: [],
  slowWrites: 0
}

const asked = (
  kind: TopologyKind,
  name: string,
  node: string | null,
  owners: ReadonlyArray<string>,
  byRepair = false
): TopologyRequest => ({
  request: TopologyRequestId.make(name),
  kind,
  node: node as NodeId | null,
  owners: owners as ReadonlyArray<NodeId>,
  byRepair
})

export const truncate = (number: number): TopologyRequest => asked("truncate", `truncate-${number}`, null, [])

/** A node joins, leaves, is removed or rebuilt, and the owners of the range are others then, or the same. */
export const join = (node: string, ...owners: ReadonlyArray<string>): TopologyRequest =>
  asked("join", `join-${node}`, node, owners)
export const leave = (node: string, ...owners: ReadonlyArray<string>): TopologyRequest =>
  asked("leave", `leave-${node}`, node, owners)
export const remove = (node: string, ...owners: ReadonlyArray<string>): TopologyRequest =>
  asked("remove", `remove-${node}`, node, owners)
export const rebuild = (node: string, ...owners: ReadonlyArray<string>): TopologyRequest =>
  asked("rebuild", `rebuild-${node}`, node, owners)

/** The same request, with data moved by repair. */
export const byRepair = (request: TopologyRequest): TopologyRequest => ({ ...request, byRepair: true })

/** The same request, asked for once more. */
export const again = (request: TopologyRequest): TopologyRequest => ({
  ...request,
  request: TopologyRequestId.make(`${request.request}-again`)
})
