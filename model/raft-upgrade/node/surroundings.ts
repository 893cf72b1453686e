/** Who a node alone is, and who else is on its ring. */
import { NodeId } from "../../../spec/metadata.ts"
import { looker } from "../../../spec/raft-upgrade/discovery/messages.ts"
import { GroupId, Mutation, OperationId, ServerId } from "../../../spec/raft-upgrade/ids.ts"
import type { SchemaSet } from "../../../spec/raft-upgrade/messages.ts"

/** The node that everything happens to: its server is greater than A's, and smaller than C's. */
export const self = looker
const [a, c] = [NodeId.make("A"), NodeId.make("C")]

const servers = new Map([
  [a, ServerId.make(1)],
  [self, ServerId.make(2)],
  [c, ServerId.make(3)]
])

export const serverOf = (node: NodeId): ServerId => servers.get(node) ?? ServerId.make(9)

/** The group that others are in. Those that the node creates have greater names. */
export const theirGroup = GroupId.make(1)
/** A group that is long forgotten, for the others. */
export const oldGroup = GroupId.make(9)

export interface NodeBounds {
  /** Others on the ring. */
  readonly peers: ReadonlyArray<NodeId>
  /** What others may have changed in their schemas. */
  readonly theirs: SchemaSet
  /** How often the node may begin, and how many rounds a step may have. */
  readonly begins: number
  readonly rounds: number
  /** What clients ask for, once each at most. */
  readonly changes: ReadonlyArray<{ readonly operation: OperationId; readonly mutation: Mutation }>
  /** Commands of others that come to the node, and how often its disk may be changed by hand. */
  readonly commands: number
  readonly edits: number
}

const change = (name: string, operation: number): NodeBounds["changes"][number] => ({
  operation: OperationId.make(operation),
  mutation: Mutation.make(name)
})

/** One other, with the greater server, and nothing asked; no fall: small enough for a test that takes every transition. */
export const small: NodeBounds = {
  peers: [c],
  theirs: [Mutation.make("t")],
  begins: 1,
  rounds: 1,
  changes: [],
  commands: 0,
  edits: 0
}

/** The same with a fall. */
export const pair: NodeBounds = {
  peers: [c],
  theirs: [Mutation.make("t")],
  begins: 2,
  rounds: 2,
  changes: [],
  commands: 0,
  edits: 0
}

/** The same with one change. */
export const pairChanging: NodeBounds = { ...pair, begins: 1, rounds: 1, changes: [change("m", 1)] }

/** Recovery: its disk is changed by hand, and it begins again and again. */
export const pairRecovering: NodeBounds = { ...small, begins: 2, edits: 2 }

/** A change by group 0 beside one of another. */
export const pairCommanding: NodeBounds = { ...small, changes: [change("m", 1)], commands: 1 }

/** Two others, several changes, and as many falls as there are. */
export const roomy: NodeBounds = {
  peers: [a, c],
  theirs: [Mutation.make("t"), Mutation.make("u")],
  begins: 6,
  rounds: 8,
  changes: [change("m", 1), change("n", 2), change("o", 3)],
  commands: 3,
  edits: 5
}

export const boundsNames = ["small", "pair", "pairChanging", "pairRecovering", "pairCommanding", "roomy"] as const
export type BoundsName = (typeof boundsNames)[number]

export const nodeBounds: Readonly<Record<BoundsName, NodeBounds>> = {
  small,
  pair,
  pairChanging,
  pairRecovering,
  pairCommanding,
  roomy
}
