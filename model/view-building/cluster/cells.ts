/** The cells of a cluster that builds views: group 0, coordinators by term, shards with those who work there, and what may still go wrong. */
import { NodeId, type Replica, type ShardId, sameReplica, type Term } from "../../../spec/metadata.ts"
import type { TableId, TaskId, Token } from "../../../spec/view-building/ids.ts"
import type { Table } from "../../../spec/view-building/metadata.ts"
import { type Group0Cells, group0Cells } from "../../group0/log.ts"
import { budget, type Cell, register, view } from "../../kernel/cell.ts"
import { type Coordinator, newCoordinator } from "../coordinator/state.ts"
import type { Said } from "../said.ts"
import type { Bounds } from "./bounds.ts"
import { mailbox } from "./mailbox.ts"
import type { Staff, StaffShard } from "./staff.ts"

/** More than any scope commits in which everything comes to an end. */
const mostPositions = 64

/** A place such as `A.0`. */
export const replicaAt = (place: string): Replica => ({
  node: place.slice(0, place.indexOf(".")) as NodeId,
  shard: Number(place.slice(place.indexOf(".") + 1)) as ShardId
})

/** What group 0 says first: tables without views. */
export const firstSaid = ({ nodes, joining, tables, upgrades }: Bounds): Said => ({
  state: {
    tasks: [],
    minTask: null,
    processing: null,
    statuses: [],
    tables: tables.map(
      ({ base, tablets }): Table => ({
        base: base as TableId,
        views: [],
        tablets: tablets.map(({ lastToken, at }) => ({
          lastToken: lastToken as Token,
          replicas: at.map(replicaAt),
          transition: null
        }))
      })
    ),
    nodes: nodes.map((node) => NodeId.make(node)),
    normal: nodes.filter((node) => !joining.includes(node)).map((node) => NodeId.make(node)),
    ...(upgrades ? { features: ["VIEW_BUILDING_COORDINATOR" as const] } : {})
  },
  lastTask: 0 as TaskId
})

export const groupZeroOf = (bounds: Bounds): Group0Cells<Said> =>
  group0Cells<Said>(firstSaid(bounds), { keeps: 1, positions: mostPositions })

export const buildingCells = (bounds: Bounds, group0: Group0Cells<Said>, staff: Staff) => {
  const terms = Array.from({ length: bounds.failovers + 1 }, (_, k) => (k + 1) as Term)
  return {
    ...group0,
    coordinators: terms.map((term) => ({
      term,
      /** Null until it is elected, and once it has noticed that it was deposed. */
      state: register<Coordinator | null>(`coordinator of term ${term}`, term === 1 ? newCoordinator(term) : null),
      answers: mailbox(`answers to term ${term}`)
    })),
    /** Group 0 without the changes that it makes to nothing but the building of views. */
    tables: view(group0.group0, "tables", ({ log }) => log[log.length - 1]!.state.tables),
    nodes: staff.nodes.map((node) => ({
      ...node,
      /** Whether coordinators believe it to be up. */
      alive: register(`${node.name} is believed to be up`, true)
    })),
    shards: staff.nodes.flatMap(({ shards }) => shards),
    staff: staff.cells,
    /** How many of the first rows are written, of the writes, and of what is asked of everybody. */
    filled: register("rows filled in", false),
    written: register("writes", 0),
    asked: register("schema changes", 0),
    moved: register("transitions begun", 0),
    resized: register("resizes", 0),
    members: register("changes of members", 0),
    arrived: register("staging sstables", 0),
    mayFailOver: budget("failovers", bounds.failovers),
    mayRestart: budget("restarts", bounds.restarts),
    mayGoDown: budget("downs", bounds.downs),
    mayBreak: budget("breaks", bounds.breaks),
    mayFail: budget("failures", bounds.failures),
    mayFailStream: budget("failed streams", bounds.streamFailures),
    mayRewrite: budget("rewrites", bounds.rewrites),
    mayStop: budget("stops of the view update generator", bounds.stops),
    mayTimeOut: budget("timeouts", bounds.timeouts)
  }
}

export type BuildingCells = ReturnType<typeof buildingCells>
export type CoordinatorCells = BuildingCells["coordinators"][number]
export type NodeCells = BuildingCells["nodes"][number]

export const shardAt = (cells: BuildingCells, replica: Replica): StaffShard =>
  cells.shards.find((shard) => sameReplica(shard.replica, replica))!

/** The cells in the order in which a state lists them. */
export const listed = (cells: BuildingCells): ReadonlyArray<Cell<unknown, unknown>> =>
  [
    cells.group0,
    ...cells.coordinators.flatMap(({ state, answers }) => [state, answers.cell]),
    ...cells.nodes.map(({ alive }) => alive),
    ...cells.staff,
    cells.filled,
    cells.written,
    cells.asked,
    cells.moved,
    cells.resized,
    cells.members,
    cells.arrived,
    cells.mayFailOver,
    cells.mayRestart,
    cells.mayGoDown,
    cells.mayBreak,
    cells.mayFail,
    cells.mayFailStream,
    cells.mayRewrite,
    cells.mayStop,
    cells.mayTimeOut
  ] as ReadonlyArray<Cell<unknown, unknown>>
