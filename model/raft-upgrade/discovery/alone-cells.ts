/** The cells of discovery alone: each node's disk and its search, and the answers on their way. */
import type { NodeId } from "../../../spec/metadata.ts"
import type { GroupId, ServerId } from "../../../spec/raft-upgrade/ids.ts"
import type { ExchangeAnswer, PeerList } from "../../../spec/raft-upgrade/messages.ts"
import { budget, type Cell, register } from "../../kernel/cell.ts"
import type { DiscoveryBounds } from "./bounds.ts"
import type { Discovery } from "./state.ts"

/** What a fall leaves. */
export interface Disk {
  readonly server: ServerId | null
  readonly discovery: PeerList
  readonly group: GroupId | null
}

/** What a node does just now. */
export type Doing =
  /** It never began, or fell. */
  | { readonly _tag: "Down" }
  | { readonly _tag: "Looking"; readonly search: Discovery }
  /** It knows which group it is to be in, and has yet to store that. */
  | { readonly _tag: "Joining"; readonly group: GroupId }
  | { readonly _tag: "Joined" }
  /** It gave up, or ended itself. */
  | { readonly _tag: "Failed" }

export const down: Doing = { _tag: "Down" }

export const aloneCells = ({ seeds, order = Object.keys(seeds), falls, losses }: DiscoveryBounds) => {
  const names = Object.keys(seeds).map((name) => name as NodeId)
  const nodes = names.map((name) => ({
    name,
    server: (order.indexOf(name) + 1) as ServerId,
    seeds: (seeds[name] ?? []) as ReadonlyArray<NodeId>,
    disk: register<Disk>(`disk of ${name}`, { server: null, discovery: [], group: null }),
    doing: register<Doing>(name, down)
  }))
  return {
    nodes,
    wires: nodes.flatMap((from) =>
      nodes
        .filter((to) => to !== from)
        .map((to) => ({
          from,
          to,
          answer: register<ExchangeAnswer | null>(`answer of ${to.name} to ${from.name}`, null)
        }))
    ),
    /** Names of groups that were given away. */
    groups: register("groups", 0),
    mayFall: budget("falls", falls),
    mayLose: budget("losses", losses)
  }
}

export type AloneCells = ReturnType<typeof aloneCells>
export type NodeCells = AloneCells["nodes"][number]
export type WireCells = AloneCells["wires"][number]

/** The cells in the order in which a state lists them. */
export const listed = ({ nodes, wires, groups, mayFall, mayLose }: AloneCells): ReadonlyArray<Cell<unknown, unknown>> =>
  [
    ...nodes.flatMap(({ disk, doing }) => [disk, doing]),
    ...wires.map(({ answer }) => answer),
    groups,
    mayFall,
    mayLose
  ] as ReadonlyArray<Cell<unknown, unknown>>
