/** The cells of a cluster: group 0, coordinators by term, nodes with their shards, what is on its way, and what may still go wrong. */
import { type Reason, RequestId, type Row } from "../../../spec/sessions/messages.ts"
import { type Metadata, NodeId, openSessions, type ShardId, type Term } from "../../../spec/sessions/metadata.ts"
import type { RegistryInput } from "../../../spec/sessions/registry/messages.ts"
import { group0Cells } from "../../group0/log.ts"
import { firstPosition } from "../../group0/reading.ts"
import { budget, type Cell, register, view } from "../../kernel/cell.ts"
import { bag } from "../../kernel/channel.ts"
import { fresh } from "../registry/state.ts"
import type { Bounds } from "./bounds.ts"
import { type Coordinator, newCoordinator } from "./coordinator-state.ts"
import { firstMetadata } from "./first-metadata.ts"
import { afterHint, type Hint, type HintOp, noHint } from "./hints.ts"
import { firstRow, sharingNames, tabletName } from "./names.ts"
import { type Mail, type Node, newNode, type Repaired, type Work } from "./node-state.ts"
import { answered, newRequest, type Request, type RequestOp } from "./request-state.ts"
import { afterOp, asking, type Shard, type ShardOp } from "./shard.ts"
import { reference } from "./variant.ts"

/** What comes back to a coordinator. */
export type Answer =
  | { readonly _tag: "Command"; readonly node: NodeId; readonly index: number; readonly reason: Reason | null }
  | { readonly _tag: "Trigger"; readonly call: number; readonly reason: Reason | null }

/** A tablet's data on one shard: rows, the newest of each write. */
export type Rows = ReadonlyArray<Row>

const mostMail = 24

/** A shard that has gone over to the first metadata, and opened what that names. */
const firstShard = (metadata: Metadata): Shard => {
  const shard: Shard = { at: firstPosition, loaded: true, metadata, registry: fresh, pins: [], drained: [] }
  const inputs = openSessions(metadata).map((session): RegistryInput => ({ _tag: "Create", session }))
  return asking(reference, shard, ...inputs).shard
}

const requestCell = (name: string, init: Request): Cell<Request, RequestOp> => ({ name, init, apply: answered })
const hintCell = (name: string): Cell<Hint, HintOp> => ({ name, init: noHint, apply: afterHint })
const shardCell = (name: string, init: Shard): Cell<Shard, ShardOp> => ({ name, init, apply: afterOp })

export const clusterCells = (bounds: Bounds) => {
  const first = firstMetadata(bounds)
  const group0 = group0Cells<Metadata>(first)
  const terms = Array.from({ length: bounds.failovers + 1 }, (_, k) => (k + 1) as Term)
  const coordinators = terms.map((term) => ({
    term,
    /** Null until it is elected, and once it has noticed that it was deposed. */
    state: register<Coordinator | null>(`coordinator of term ${term}`, term === 1 ? newCoordinator(term) : null),
    answers: bag<Answer>(`answers to term ${term}`, mostMail)
  }))
  const tables = [tabletName, ...sharingNames(bounds.colocated ?? 0)]
  const nodes = bounds.nodes.map((name) => {
    const shard = firstShard(first)
    const holds = first.tablets[0]!.replicas
    return {
      name: name as NodeId,
      node: register<Node>(`node ${name}`, newNode),
      mail: bag<Mail>(`to ${name}`, mostMail),
      works: register<ReadonlyArray<Work>>(`works at ${name}`, []),
      shards: Array.from({ length: bounds.shards }, (_, s) => {
        const isHome = holds.some((replica) => replica.node === name && replica.shard === s)
        const [own, ...sharing] = tables.map((table, k) => ({
          table,
          rows: register<Rows>(`rows${k === 0 ? "" : ` of ${table}`} at ${name}.${s}`, isHome ? [firstRow] : [])
        }))
        return {
          id: s as ShardId,
          shard: shardCell(`shard ${name}.${s}`, shard),
          rows: own!.rows,
          /** The rows of each table that shares the tablet, the tablet's own first. */
          tables: [own!, ...sharing],
          /** What the last repair brought, and under which session. */
          repaired: register<Repaired | null>(`repaired at ${name}.${s}`, null)
        }
      })
    }
  })
  return {
    ...group0,
    /** Whether anything is done with the tablet. */
    moving: view(group0.group0, "moving", ({ log }) =>
      log[log.length - 1]!.tablets.some(({ transition }) => transition !== null)
    ),
    /** The stage that the tablet is in, null where it is in none. */
    stage: view(
      group0.group0,
      "stage",
      ({ log }) => log[log.length - 1]!.tablets.find(({ tablet }) => tablet === tabletName)?.transition?.stage ?? null
    ),
    coordinators,
    nodes,
    requests: bounds.requests.map((kind, k) => ({
      number: k + 1,
      id: RequestId.make(`request-${k + 1}`),
      request: requestCell(`request ${k + 1}`, newRequest(kind))
    })),
    /** Its tries have the numbers after those of the requests. Null where none is kept. */
    hint: bounds.hint === true ? { hint: hintCell("hint") } : null,
    /** What the operator has still to start. */
    operator: register("operator", 0),
    works: register("works named", 0),
    /** Nodes without room on disk. */
    full: register<ReadonlyArray<NodeId>>(
      "full disks",
      (bounds.full ?? []).map((name) => NodeId.make(name))
    ),
    mayBreak: budget("breaks", bounds.breaks),
    mayBreakStream: budget("broken streams", bounds.streamBreaks),
    mayRepeat: budget("repeats", bounds.repeats),
    mayRestart: budget("restarts", bounds.restarts),
    mayShutDown: budget("shutdowns", bounds.shutdowns ?? 0),
    mayExclude: budget("exclusions", bounds.exclusions),
    mayFailOver: budget("failovers", bounds.failovers),
    mayResize: budget("resizes", bounds.resize === undefined ? 0 : 1),
    mayMiss: budget("commits unheard of", bounds.unheard ?? 0),
    mayBump: budget("bumps", bounds.bumps),
    mayFill: budget("disks that fill", bounds.fullDisks),
    mayDrop: budget("drops", bounds.drops),
    mayPurge: budget("purges", bounds.purges)
  }
}

export type ClusterCells = ReturnType<typeof clusterCells>
export type NodeCells = ClusterCells["nodes"][number]
export type ShardCells = NodeCells["shards"][number]

export const phaseOf = ({ request }: ClusterCells["requests"][number]) => view(request, "phase", ({ phase }) => phase)

/** The cells in the order in which a state lists them. */
export const listed = (cells: ClusterCells): ReadonlyArray<Cell<unknown, unknown>> =>
  [
    cells.group0,
    ...cells.coordinators.flatMap(({ state, answers }) => [state, answers]),
    ...cells.nodes.flatMap(({ node, mail, works, shards }) => [
      node,
      mail,
      works,
      ...shards.flatMap(({ shard, tables, repaired }) => [shard, ...tables.map(({ rows }) => rows), repaired])
    ]),
    ...cells.requests.map(({ request }) => request),
    ...(cells.hint === null ? [] : [cells.hint.hint]),
    cells.operator,
    cells.works,
    cells.full,
    cells.mayBreak,
    cells.mayBreakStream,
    cells.mayRepeat,
    cells.mayRestart,
    cells.mayShutDown,
    cells.mayExclude,
    cells.mayFailOver,
    cells.mayResize,
    cells.mayMiss,
    cells.mayBump,
    cells.mayFill,
    cells.mayDrop,
    cells.mayPurge
  ] as ReadonlyArray<Cell<unknown, unknown>>
