/** The cells of the global track: those of a cluster, begun from a ring, and what topology operations have in hand besides. */
import type { SessionId } from "../../../spec/sessions/ids.ts"
import type { Row, WorkId } from "../../../spec/sessions/messages.ts"
import { type NodeId, ringRange, type Version } from "../../../spec/sessions/metadata.ts"
import { group0Cells } from "../../group0/log.ts"
import { budget, type Cell, register, view } from "../../kernel/cell.ts"
import { bag } from "../../kernel/channel.ts"
import { small as smallCluster } from "../cluster/bounds.ts"
import { clusterCells, type Rows } from "../cluster/cells.ts"
import { firstRow } from "../cluster/names.ts"
import type { TopologyBounds } from "./bounds.ts"
import { type GlobalCoordinator, newCoordinator } from "./coordinator-state.ts"
import { type Ring, ringOf } from "./global-track.ts"
import { afterStream, type Caller, type Streaming, type StreamOp } from "./streams.ts"

/** The ring's one range. */
export const range = ringRange

/** Work that has an effect where it arrives. */
export type Work =
  | {
      readonly _tag: "Rows"
      readonly work: WorkId
      readonly session: SessionId
      readonly rows: ReadonlyArray<Row>
      /** Who is told when they have landed. */
      readonly by: NodeId
    }
  | ({ readonly _tag: "Truncate"; readonly work: WorkId; readonly session: SessionId } & Caller)

/** What is on its way to a node, commands of barriers left out. */
export type Call = Work | ({ readonly _tag: "Stream" } & Caller)

/** A write of a client that a node has taken and not finished. */
export interface SlowWrite {
  readonly version: Version
  readonly row: Row
}

/** What a node's cleanup has come to. */
export type Cleaning = "waitsForSessions" | "waitsForWrites" | null

/** What group 0 says at the beginning. */
const firstRing = ({ members, dead, owners, requests, queued }: TopologyBounds): Ring => ({
  version: 1 as Version,
  fence: 1 as Version,
  session: null,
  nodes: members as ReadonlyArray<NodeId>,
  ignored: dead as ReadonlyArray<NodeId>,
  tablets: [],
  topology: {
    queue: requests.slice(0, queued),
    current: null,
    over: [],
    owners: owners as ReadonlyArray<NodeId>,
    dirty: []
  }
})

export const topologyCells = (bounds: TopologyBounds) => {
  const first = firstRing(bounds)
  const base = clusterCells({ ...smallCluster, ...bounds, replicas: [], shards: 1, requests: [], transitions: [] })
  const ofRing = group0Cells<Ring>(first)
  const { group0 } = ofRing
  return {
    ...base,
    ...ofRing,
    moving: { ...base.moving, cell: group0 },
    /** Who owns what, and what is in hand. */
    ring: view(group0, "ring", ({ log }) => ringOf(log[log.length - 1]!)),
    session: view(group0, "session", ({ log }) => log[log.length - 1]!.session),
    global: base.coordinators.map(({ term, answers }) => ({
      term,
      answers,
      /** Null until it is elected. */
      state: register<GlobalCoordinator | null>(`coordinator of term ${term}`, term === 1 ? newCoordinator(term) : null)
    })),
    nodes: base.nodes.map((node) => {
      const [{ shard, id }] = node.shards as [(typeof node.shards)[number]]
      const own = { id, shard: { ...shard, init: { ...shard.init, metadata: first } } }
      const rows = register<Rows>(`rows at ${node.name}`, bounds.owners.includes(node.name) ? [firstRow] : [])
      const repaired = register<null>(`repaired at ${node.name}`, null)
      const streams: Cell<ReadonlyArray<Streaming>, StreamOp> = {
        name: `streams of ${node.name}`,
        init: [],
        apply: afterStream
      }
      return {
        ...node,
        shards: [{ ...own, rows, tables: [{ table: range, rows }], repaired }],
        own: own.shard,
        rows,
        calls: bag<Call>(`calls to ${node.name}`, 8),
        streams,
        inside: register<ReadonlyArray<Work>>(`inside ${node.name}`, []),
        cleaning: register<Cleaning>(`cleaning at ${node.name}`, null),
        writing: register<ReadonlyArray<SlowWrite>>(`writing at ${node.name}`, [])
      }
    }),
    /** How many of the requests have been asked for. */
    asked: register("requests asked for", bounds.queued),
    served: register("clients served", 0),
    mayBreakBarrier: budget("broken barriers", bounds.barrierBreaks),
    mayWriteSlowly: budget("slow writes", bounds.slowWrites)
  }
}

export type TopologyCells = ReturnType<typeof topologyCells>
export type TopologyNode = TopologyCells["nodes"][number]
export type GlobalCells = TopologyCells["global"][number]

/** The cells in the order in which a state lists them. */
export const listed = (cells: TopologyCells): ReadonlyArray<Cell<unknown, unknown>> =>
  [
    cells.group0,
    ...cells.global.flatMap(({ state, answers }) => [state, answers]),
    ...cells.nodes.flatMap(({ node, mail, own, rows, calls, streams, inside, cleaning, writing }) => [
      node,
      mail,
      own,
      rows,
      calls,
      streams,
      inside,
      cleaning,
      writing
    ]),
    cells.asked,
    cells.served,
    cells.works,
    cells.mayBreak,
    cells.mayBreakBarrier,
    cells.mayRestart,
    cells.mayFailOver,
    cells.mayWriteSlowly
  ] as ReadonlyArray<Cell<unknown, unknown>>
