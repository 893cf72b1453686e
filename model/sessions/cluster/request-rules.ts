/** Requests of clients: routed by the metadata of a version, fenced at the replicas, and answered when enough have served them. */
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import type { Row } from "../../../spec/sessions/messages.ts"
import type { Metadata, NodeId } from "../../../spec/sessions/metadata.ts"
import { view, write } from "../../kernel/cell.ts"
import { push } from "../../kernel/channel.ts"
import { type Firing, type Rule, rulesOf } from "../../kernel/system.ts"
import { type Bounds, isNext, trusting } from "./bounds.ts"
import { type ClusterCells, type NodeCells, phaseOf } from "./cells.ts"
import { conditionalRules } from "./conditional-rules.ts"
import { condition, prepared } from "./conditional-state.ts"
import { rowKey, tabletName } from "./names.ts"
import { tabletOf } from "./operations.ts"
import { type Request, routing, rowOf } from "./request-state.ts"
import { pinning, unpinning } from "./shard.ts"
import type { Variant } from "./variant.ts"

const on = rulesOf<ClusterLabel>()

type Firings = ReadonlyArray<Firing<ClusterLabel>>
type RequestCells = ClusterCells["requests"][number]

export const requestRules = (
  cells: ClusterCells,
  variant: Variant,
  bounds: Bounds
): ReadonlyArray<Rule<ClusterLabel>> =>
  cells.requests.flatMap((own, k) => [
    ...cells.nodes
      .filter(({ name }) => bounds.asks === undefined || bounds.asks[k]?.at === name)
      .map((node) => begins(cells, variant, bounds, own, k, node)),
    ...(bounds.requests[k] === "conditional" ? conditionalRules(cells, own) : [succeeds(bounds, own)]),
    ...cells.nodes.map((node) => isOver(variant, bounds, own, node))
  ])

/**
 * A node takes a request, captures its routing and sends it to whom that names. Requests come one after the other, and where
 * they may overlap, writes still begin in the order of their timestamps.
 */
const begins = (
  cells: ClusterCells,
  variant: Variant,
  bounds: Bounds,
  own: RequestCells,
  k: number,
  node: NodeCells
): Rule<ClusterLabel> => {
  const before = cells.requests.slice(0, k).map(phaseOf)
  const up = view(node.node, "up", (state) => state.up)
  return on(
    `${node.name} begins request ${own.number}`,
    {
      actor: "client",
      fair: "none",
      reads: [own.request, up, node.shards[0]!.shard, cells.operator, cells.stage, ...before]
    },
    (request, alive, shard, started, stage, ...phases): Firings => {
      if (request.phase !== "new" || !alive || !shard.loaded) return []
      if (bounds.script !== undefined && (stage !== null || !isNext(bounds, "request", started, k))) return []
      if (bounds.asks !== undefined && stage !== bounds.asks[k]?.stage) return []
      const hasToWait = (phase: Request["phase"], earlier: number): boolean =>
        bounds.overlap === true
          ? phase === "new" && bounds.requests[earlier] !== "read" && request.kind !== "read"
          : phase !== "over"
      if (phases.some(hasToWait)) return []
      const { version } = shard.metadata
      const tablet = tabletOf(shard.metadata, tabletName)
      if (tablet === undefined) return []
      const { targets, needs } = routing(variant, tablet, request.kind)
      const nodes = [...new Set(targets.map((replica) => replica.node))]
      const row = rowOf(request, own.number)
      const isConditional = request.kind === "conditional"
      const begun: Request = {
        ...request,
        phase: "going",
        by: node.name,
        version,
        waiting: nodes,
        needs,
        ...(isConditional ? { conditional: prepared(nodes) } : {})
      }
      return [
        {
          labels: [
            {
              _tag: "RequestBegan",
              request: own.id,
              node: node.name,
              version,
              tablet: tabletName,
              key: rowKey,
              row,
              targets: nodes,
              ...(isConditional ? { condition } : {})
            }
          ],
          writes: [
            write(own.request, begun),
            write(node.shards[0]!.shard, pinning(shard, version)),
            ...nodes
              .filter((to) => isReached(variant, shard.metadata, to))
              .map((to) =>
                push(cells.nodes.find(({ name }) => name === to)!.mail, {
                  _tag: "Request",
                  request: own.number,
                  version,
                  tablet: tabletName,
                  ...(isConditional
                    ? { row: null, paxos: { round: "prepare", ballot: own.number, row: null } }
                    : { row })
                })
              )
          ]
        }
      ]
    }
  )
}

/** Nobody talks with a node that is ignored. */
const isReached = ({ ignoredNodes }: Variant, { ignored }: Metadata, node: NodeId): boolean =>
  ignoredNodes === "reachable" || !ignored.includes(node)

/** Enough replicas have served it: the client is told. The rest may still answer, and the version is held until they have. */
const succeeds = (bounds: Bounds, own: RequestCells): Rule<ClusterLabel> =>
  on(
    `request ${own.number} succeeds`,
    { actor: "client", fair: trusting(bounds, "F3"), reads: [own.request] },
    (request): Firings =>
      request.phase === "going" && request.told === null && request.served >= request.needs
        ? [
            {
              labels: [{ _tag: "RequestEnded", request: own.id, ok: true, rows: rowsFor(request) }],
              writes: [write(own.request, { ...request, told: "ok" })]
            }
          ]
        : []
  )

const rowsFor = ({ kind, found }: Request): ReadonlyArray<Row> => (kind === "read" && found !== null ? [found] : [])

/**
 * Everybody has answered, or the coordinating node has waited long enough (F3): it lets go of the version. One that is shut
 * down waits no longer.
 */
const isOver = (variant: Variant, bounds: Bounds, own: RequestCells, node: NodeCells): Rule<ClusterLabel> => {
  const stopping = view(node.node, "stopping", (state) => state.stopping)
  return on(
    `${node.name} ends request ${own.number}`,
    { actor: node.name, fair: trusting(bounds, "F3"), reads: [own.request, node.shards[0]!.shard, stopping] },
    (request, shard, stops): Firings => {
      if (request.phase !== "going" || request.by !== node.name) return []
      if (stops && variant.shutdown === "keepsRequests") return []
      const failed = request.told === null
      if (failed && request.served >= request.needs) return []
      if (failed && bounds.patient === true && request.waiting.length > 0) return []
      const told = request.told ?? "failed"
      return [
        {
          labels: failed ? [{ _tag: "RequestEnded", request: own.id, ok: false, rows: [] }] : [],
          writes: [
            write(own.request, { ...request, phase: "over", waiting: [], told }),
            // After a restart there is nothing left to let go of.
            ...(shard.pins.includes(request.version!)
              ? [write(node.shards[0]!.shard, unpinning(shard, request.version!))]
              : [])
          ]
        }
      ]
    }
  )
}
