/** One node on its way to group 0: its disk, and what a fall takes. */
import type { NodeId } from "../../../spec/metadata.ts"
import type { GroupId, Mutation, OperationId, ServerId, StateId } from "../../../spec/raft-upgrade/ids.ts"
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import type { Configuration, PeerList, SchemaSet } from "../../../spec/raft-upgrade/messages.ts"
import type { UpgradeState } from "../../../spec/raft-upgrade/states.ts"
import { merged, versionOf } from "../cluster/cells.ts"
import type { One } from "../discovery/one/state.ts"
import type { NodeSaid, Question } from "./words.ts"

/** What is on its disk of one group. */
export interface Rows {
  readonly group: GroupId
  readonly members: ReadonlyArray<NodeId>
}

export interface Disk {
  readonly state: string | null
  readonly group: GroupId | null
  readonly server: ServerId | null
  readonly discovery: PeerList
  readonly rows: ReadonlyArray<Rows>
  readonly schema: SchemaSet
  readonly history: StateId | null
}

/** What another said of how far it is. */
export interface Told {
  readonly node: NodeId
  readonly state: UpgradeState
  readonly group: GroupId | null
}

export interface Sampled {
  readonly node: NodeId
  readonly schema: SchemaSet
}

/** Steps of the way, each as it is come to. */
export type Entry =
  | "dryRunOnPeers"
  | "join"
  | "allJoined"
  | "firstSync"
  | "dryRunOnMembers"
  | "toSynchronize"
  | "allSynchronize"
  | "secondSync"
  | "toPost"

/** Which attempt of a step is next, and what is kept of those before. */
export interface Attempt {
  readonly step: Entry
  readonly round: number
  readonly entered: ReadonlyArray<NodeId>
  /** Somebody did not answer last time: whoever was seen in synchronize may be through by now. */
  readonly isSilent: boolean
  readonly versions: ReadonlyArray<Sampled>
}

export type Fiber =
  | { readonly at: "over" }
  | { readonly at: "enters"; readonly attempt: Attempt }
  | { readonly at: "rests"; readonly attempt: Attempt }
  | { readonly at: "looks"; readonly one: One }
  /** It has a part of the group, and waits until the group has begun or has let it in; or it rests until it asks again. */
  | { readonly at: "begins"; readonly group: GroupId; readonly isResting: boolean }
  | { readonly at: "asksIn"; readonly group: GroupId; readonly via: NodeId; readonly isResting: boolean }
  | {
      readonly at: "asksStates"
      readonly attempt: Attempt
      readonly asked: ReadonlyArray<NodeId>
      readonly left: ReadonlyArray<NodeId>
      readonly told: ReadonlyArray<Told>
    }
  | {
      readonly at: "asksVersions"
      readonly attempt: Attempt
      readonly asked: ReadonlyArray<NodeId>
      readonly left: ReadonlyArray<NodeId>
    }
  | { readonly at: "pulls"; readonly attempt: Attempt; readonly left: ReadonlyArray<NodeId> }
  /** Another is through, whose schema it takes over. */
  | { readonly at: "takesOver"; readonly from: NodeId }
  /** It waits for the changes that are on their old path. */
  | { readonly at: "locks"; readonly to: UpgradeState }

export interface Change {
  readonly operation: OperationId
  readonly mutation: Mutation
  /**
   * It is on its old path and keeps the state; or waits for a change of state to be over; or for the end of synchronize; or for the
   * group's commands, or for its own.
   */
  readonly is: "onOldPath" | "queued" | "waiting" | "catchesUp" | "commits"
  /** What its command was made from, once it asks for that. */
  readonly previous: StateId | null
}

export interface Life {
  readonly state: UpgradeState
  /** The text that it found on its disk as its state, or wrote there. */
  readonly text: string | null
  /** The group whose server runs. */
  readonly serving: GroupId | null
  readonly fiber: Fiber
  /** How often one that is through did not give its schema. */
  readonly leftAlone: number
  readonly change: Change | null
  /** Who has asked how far it is, and waits for a change of state to be over. */
  readonly askers: ReadonlyArray<NodeId>
  /** The names that it would give. */
  readonly fresh: { readonly server: ServerId; readonly group: GroupId }
}

/** A node, and what surrounds it as far as that goes by what was before. */
export interface Node {
  readonly disk: Disk
  readonly life: Life | null
  /** Who has said that he is in the group: he does not look any more. */
  readonly holders: ReadonlyArray<NodeId>
  readonly begun: number
  /** How many changes clients have asked for. */
  readonly changes: number
  /** How many commands of others have come to it, and how often its disk was changed by hand. */
  readonly commands: number
  readonly edits: number
}

export const newNode: Node = {
  disk: { state: null, group: null, server: null, discovery: [], rows: [], schema: [], history: null },
  life: null,
  holders: [],
  begun: 0,
  changes: 0,
  commands: 0,
  edits: 0
}

/** The node in the middle of a step, with the life that it has as long as the step lasts, and what it has said so far. */
export interface Doing {
  readonly node: Node
  readonly life: Life
  readonly said: ReadonlyArray<NodeSaid>
}

export const saying = (doing: Doing, ...more: ReadonlyArray<NodeSaid>): Doing => ({
  ...doing,
  said: [...doing.said, ...more]
})

export const living = (doing: Doing, change: Partial<Life>): Doing => ({ ...doing, life: { ...doing.life, ...change } })

export const going = (doing: Doing, fiber: Fiber): Doing => living(doing, { fiber })

export const writing = (doing: Doing, change: Partial<Disk>): Doing => ({
  ...doing,
  node: { ...doing.node, disk: { ...doing.node.disk, ...change } }
})

export const firstOf = (step: Entry): Attempt => ({ step, round: 0, entered: [], isSilent: false, versions: [] })

export const entering = (doing: Doing, step: Entry): Doing => going(doing, { at: "enters", attempt: firstOf(step) })

export const calling = (doing: Doing, what: Question, ...to: ReadonlyArray<NodeId>): Doing =>
  saying(doing, ...to.map((one): NodeSaid => ({ _tag: "Calls", to: one, what })))

/** Takes in a schema; nothing is told where there is nothing new in it. */
export const merging = (
  doing: Doing,
  self: NodeId,
  by: Extract<RaftUpgradeLabel, { _tag: "SchemaIs" }>["by"],
  more: SchemaSet
): Doing => {
  const was = doing.node.disk.schema
  const schema = merged(was, more)
  return schema.length === was.length
    ? doing
    : saying(writing(doing, { schema }), { _tag: "SchemaIs", node: self, by, schema, version: versionOf(schema) })
}

export const rowsOf = ({ rows }: Disk, group: GroupId): Rows | undefined => rows.find((one) => one.group === group)

/** Who is in the group whose server runs, as far as the node knows. */
export const membersOf = ({ node, life }: Pick<Doing, "node"> & { readonly life: Life }): ReadonlyArray<NodeId> =>
  life.serving === null ? [] : (rowsOf(node.disk, life.serving)?.members ?? [])

export const configurationOf = (
  members: ReadonlyArray<NodeId>,
  serverOf: (node: NodeId) => ServerId
): Configuration => ({
  members: members.map((node) => ({ node, server: serverOf(node), voter: true })),
  joint: false
})
