/** The cells of a cluster on its way to group 0: each node's disk, schema, state, changes, fiber and server; and the groups. */
import type { NodeId } from "../../../spec/metadata.ts"
import type { GroupId, Mutation, OperationId, ServerId, StateId, Version } from "../../../spec/raft-upgrade/ids.ts"
import type { Path, Purpose, SchemaSet } from "../../../spec/raft-upgrade/messages.ts"
import { pre, type UpgradeState } from "../../../spec/raft-upgrade/states.ts"
import { budget, type Cell, register } from "../../kernel/cell.ts"
import { bag } from "../../kernel/channel.ts"
import { isTrusted, type UpgradeBounds } from "./bounds.ts"
import { groupsCell } from "./group.ts"
import { type RingsCell, ringOf, ringsCell } from "./ring.ts"

/** What a fall leaves, besides the schema. */
export interface Disk {
  readonly state: string | null
  readonly group: GroupId | null
  readonly history: StateId | null
  /** Whom it knew when it looked for the group. */
  readonly discovery: ReadonlyArray<NodeId>
}

/** A node, as others find it. */
export interface Life {
  readonly is: "notBegun" | "up" | "down" | "dead"
  /** What it goes by. */
  readonly state: UpgradeState
  readonly sawFeature: boolean
  /** Its group, of which it tells until it ends, though an operator has taken the name off its disk. */
  readonly erased?: GroupId
}

/** One schema change that a node is about. */
export interface Change {
  readonly operation: OperationId
  readonly path: Path
  readonly state: UpgradeState
  readonly mutation: Mutation
  /** `pushed` before it is merged, and `kept` after its end where it keeps its lock. */
  readonly step: "begun" | "pushed" | "applied" | "kept"
}

/** What a node knows of another's schema. */
export interface Sampled {
  readonly node: NodeId
  readonly version: Version
}

/** Where a node is on its way (U1 to U9). */
export type Fiber =
  | {
      readonly at: "dryRunOnPeers" | "dryRunOnMembers"
      readonly heard: ReadonlyArray<NodeId>
      /** How often it began anew, where that is counted. */
      readonly round?: number
    }
  /** It asks those whom it knew as it began to look. */
  | { readonly at: "looking"; readonly contacts: ReadonlyArray<NodeId> }
  /** It knows of a group, or makes one where `via` is null: it has yet to make its rows, and then to start its server. */
  | { readonly at: "found" | "storage"; readonly group: GroupId; readonly via: NodeId | null }
  /** It has a server of the group, and is not in it as far as it knows. */
  | { readonly at: "joining"; readonly group: GroupId; readonly via: NodeId | null }
  /** It is in, and has yet to store the group's name. */
  | { readonly at: "joined"; readonly group: GroupId }
  /** The group's name is stored, and others are not told yet. */
  | { readonly at: "named" }
  | { readonly at: "allJoined" }
  | { readonly at: "firstSync" | "secondSync"; readonly versions: ReadonlyArray<Sampled> }
  | {
      readonly at: "firstPull" | "secondPull"
      readonly left: ReadonlyArray<NodeId>
      readonly versions: ReadonlyArray<Sampled>
    }
  | { readonly at: "locking" | "stored"; readonly to: UpgradeState }
  | { readonly at: "allSynchronize"; readonly entered: ReadonlyArray<NodeId> }
  /** A new node has yet to hear all that its group knows (B3), to come to the ring, and to have a vote (B7). */
  | { readonly at: "readBarrier" | "entering" | "voting" }
  /** It has failed: only a restart helps. */
  | { readonly at: "failed" }
  /** It has begun again, and its server has not. */
  | { readonly at: "starting" }

/** A node's server of a group, and how far it has come with it. */
export interface Server {
  readonly group: GroupId
  /** How many configurations and commands it knows. */
  readonly configurations: number
  readonly applied: number
  /** It has forgotten what it was told, and nobody tells it again. */
  readonly isDeaf?: true
}

/** A request to be let into a group that is still on its way. */
export interface LateRequest {
  readonly node: NodeId
  readonly group: GroupId
}

/** A schema on its way to a node that did not ask for it. */
export interface Push {
  readonly from: NodeId
  readonly to: NodeId
  readonly mutation: Mutation
}

/** What a node does for its operator. */
export interface Task {
  readonly purpose: "leave" | "remove"
  readonly of: NodeId
  readonly step: "begins" | "takesVote" | "takesOff" | "takesOut"
}

/** A reconfiguration that nobody answered in time. */
export interface Late {
  readonly group: GroupId
  readonly purpose: Purpose
  readonly of: NodeId
}

const mostPushes = 6
const mostLate = 4
const mostRequests = 2

/** What a schema is known by. */
export const versionOf = (schema: SchemaSet): Version => schema.join("+") as Version

/** Whether a change was made by group 0, by its name. */
export const isOfGroup0 = (mutation: Mutation): boolean => /g\d+$/.test(mutation)

/** Two schemas in one. */
export const merged = (one: SchemaSet, other: SchemaSet): SchemaSet => [...new Set([...one, ...other])].sort()

const cellsWith = (bounds: UpgradeBounds, rings: RingsCell) => ({
  nodes: bounds.nodes.map((name, at) => ({
    name: name as NodeId,
    server: (at + 1) as ServerId,
    /** It was not on the ring at first. */
    isNew: bounds.newcomers.includes(name),
    disk: register<Disk>(`disk of ${name}`, {
      state: bounds.unknown.includes(name) ? "no state" : null,
      group: null,
      history: null,
      discovery: []
    }),
    ring: ringOf(rings, name as NodeId),
    /** The version that others have heard of it last. */
    gossiped: register<Version>(`version of ${name} in gossip`, versionOf([])),
    schema: register<SchemaSet>(`schema of ${name}`, []),
    life: register<Life>(name, { is: "notBegun", state: pre, sawFeature: false }),
    change: register<Change | null>(`change at ${name}`, null),
    fiber: register<Fiber | null>(`fiber of ${name}`, null),
    raft: register<Server | null>(`server of ${name}`, null),
    task: register<Task | null>(`task of ${name}`, null),
    /** What is on its disk of a group whose server does not run. */
    rows: register<Server | null>(`rows of ${name}`, null),
    mayChange: budget(`changes on the old path of ${name}`, bounds.old.filter((who) => who === name).length),
    mayCommit: budget(`changes by group 0 of ${name}`, bounds.group0.filter((who) => who === name).length)
  })),
  rings,
  groups: groupsCell,
  pushes: bag<Push>("pushes", mostPushes),
  late: bag<Late>("reconfigurations that may yet be effective", mostLate),
  /** How many of the operator's orders are given. */
  orders: register("orders", 0),
  requests: bag<LateRequest>("late requests", mostRequests),
  /** New nodes that those who look for the group have heard of, for ever. */
  met: register<ReadonlyArray<NodeId>>("new nodes that discovery knows", []),
  /** How many names of groups were given away. */
  named: register("names of groups", 0),
  mayLose: budget("losses", bounds.losses),
  mayFall: budget("falls", bounds.falls),
  mayDie: budget("deaths", bounds.deaths),
  mayTimeOut: budget("timeouts", bounds.timeouts),
  /** Whether two nodes can reach each other, where that is bounded. */
  cut: register<"whole" | "cut" | "healed">("between two nodes", "whole"),
  mayStop: budget("stops", bounds.stops),
  mayFailToPull: budget("pulls that fail", bounds.fatalPulls),
  mayFail: budget("failures", bounds.failures),
  mayBeLate: budget("requests that may come late", bounds.late)
})

export const upgradeCells = (bounds: UpgradeBounds) =>
  cellsWith(bounds, ringsCell(bounds.nodes, bounds.newcomers, isTrusted(bounds, "A2")))

export type UpgradeCells = ReturnType<typeof upgradeCells>
export type NodeCells = UpgradeCells["nodes"][number]

/** The cells in the order in which a state lists them. */
export const listed = (cells: UpgradeCells): ReadonlyArray<Cell<unknown, unknown>> =>
  [
    ...cells.nodes.flatMap(
      ({ disk, schema, life, change, fiber, raft, task, rows, gossiped, mayChange, mayCommit }) => [
        disk,
        gossiped,
        schema,
        life,
        change,
        fiber,
        raft,
        task,
        rows,
        mayChange,
        mayCommit
      ]
    ),
    cells.rings,
    cells.groups,
    cells.pushes,
    cells.late,
    cells.orders,
    cells.requests,
    cells.met,
    cells.named,
    cells.mayLose,
    cells.mayFall,
    cells.mayDie,
    cells.mayTimeOut,
    cells.cut,
    cells.mayStop,
    cells.mayFailToPull,
    cells.mayFail,
    cells.mayBeLate
  ] as ReadonlyArray<Cell<unknown, unknown>>
