/** What happens besides: requests are asked for, and clients write, delete, and have slow writes under way when a node is fenced. */
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import { RequestId, type Row } from "../../../spec/sessions/messages.ts"
import type { Position, Version } from "../../../spec/sessions/metadata.ts"
import { write } from "../../kernel/cell.ts"
import { type Firing, type Rule, rulesOf } from "../../kernel/system.ts"
import { firstRow, rowKey } from "../cluster/names.ts"
import { pinning, unpinning } from "../cluster/shard.ts"
import { merged } from "../cluster/works.ts"
import { range, type TopologyNode } from "./cells.ts"
import type { Setting } from "./coordinator-rules.ts"
import { receiversOf, ringOf, submitted } from "./global-track.ts"

const on = rulesOf<ClusterLabel>()

type Firings = ReadonlyArray<Firing<ClusterLabel>>

export const clientRules = (setting: Setting): ReadonlyArray<Rule<ClusterLabel>> => {
  const { bounds, cells } = setting
  return [
    ...(bounds.queued < bounds.requests.length ? [asks(setting)] : []),
    ...(bounds.clients.length > 0 ? [requests(setting)] : []),
    ...(bounds.slowWrites > 0 ? cells.nodes.flatMap((node) => [takesWrite(setting, node), endsWrite(node)]) : [])
  ]
}

/** The next request is asked for, at any time. */
const asks = ({ bounds, cells, variant }: Setting): Rule<ClusterLabel> =>
  on(
    "operator asks",
    { actor: "operator", fair: "weak", reads: [cells.asked, cells.ring, cells.position] },
    (asked, ring, head): Firings => {
      const request = bounds.requests[asked]
      if (request === undefined) return []
      const after = submitted(variant, ring, request, head)
      return [
        {
          labels: [{ _tag: "Committed", by: { _tag: "Operator" }, at: (head + 1) as Position, metadata: after }],
          writes: [write(cells.group0, { commit: after }), write(cells.asked, asked + 1)]
        }
      ]
    }
  )

const began = (name: string, version: Version, row: Row, targets: ReadonlyArray<TopologyNode>): ClusterLabel => ({
  _tag: "RequestBegan",
  request: RequestId.make(name),
  node: targets[0]!.name,
  version,
  tablet: range,
  key: rowKey,
  row,
  targets: targets.map(({ name: target }) => target)
})

/**
 * A client writes or deletes at all owners, in one step: how requests are fenced is the cluster's subject.
 *
 * What is deleted is repaired and purged in the same step. Nothing of it happens while a request of the operator is in hand.
 */
const requests = ({ bounds, cells }: Setting): Rule<ClusterLabel> =>
  on(
    "client has a request served",
    { actor: "client", fair: "none", reads: [cells.served, cells.ring, ...cells.nodes.map(({ rows }) => rows)] },
    (served, { topology, version, fence }, ...stored): Firings => {
      const kind = bounds.clients[served]
      if (kind === undefined || topology.current !== null) return []
      const name = `request-${served + 1}`
      const timestamp = firstRow.timestamp + served + 1
      const row: Row = { key: rowKey, timestamp, value: kind === "write" ? `w${timestamp}` : null }
      const owners = cells.nodes.filter((node) => topology.owners.includes(node.name))
      const request = RequestId.make(name)
      const at = owners.map((node) => ({ node: node.name, shard: node.shards[0]!.id }))
      return [
        {
          labels: [
            began(name, version, row, owners),
            ...at.map((place) => ({ _tag: "Served" as const, request, ...place, fence, rows: [], reason: null })),
            { _tag: "RequestEnded", request, ok: true, rows: [] },
            ...(kind === "write"
              ? []
              : at.map((place) => ({ _tag: "Purged" as const, ...place, tablet: range, before: timestamp + 1 })))
          ],
          writes: [
            write(cells.served, served + 1),
            ...owners.map((node) =>
              write(node.rows, kind === "write" ? merged([...stored[cells.nodes.indexOf(node)]!, row]) : [])
            )
          ]
        }
      ]
    }
  )

const slowRow: Row = { key: rowKey, timestamp: 0, value: "slow" }

/** A write is routed to a node that is to get the range, and takes its time there. */
const takesWrite = ({ cells }: Setting, node: TopologyNode): Rule<ClusterLabel> =>
  on(
    `${node.name} takes a slow write`,
    { actor: "client", fair: "none", reads: [node.own, node.writing, cells.mayWriteSlowly] },
    (shard, writing, left): Firings => {
      const ring = ringOf(shard.metadata)
      const { current } = ring.topology
      if (left === 0 || current === null || current.failed || !receiversOf(ring, current).includes(node.name)) return []
      const { version } = ring
      return [
        {
          labels: [began("slow-write", version, slowRow, [node])],
          writes: [
            write(node.own, pinning(shard, version)),
            write(node.writing, [...writing, { version, row: slowRow }]),
            write(cells.mayWriteSlowly, "spend")
          ]
        }
      ]
    }
  )

/** The row is there, whether the write counts or was fenced meanwhile. */
const endsWrite = (node: TopologyNode): Rule<ClusterLabel> =>
  on(
    `${node.name} ends a slow write`,
    { actor: node.name, fair: "weak", reads: [node.own, node.writing, node.rows] },
    (shard, [first, ...others], stored): Firings => {
      if (first === undefined) return []
      const { fence } = shard.metadata
      const reason = first.version < fence ? "StaleTopology" : null
      const request = RequestId.make("slow-write")
      const place = { node: node.name, shard: node.shards[0]!.id }
      return [
        {
          labels: [
            { _tag: "Served", request, ...place, fence, rows: [first.row], reason },
            { _tag: "RequestEnded", request, ok: reason === null, rows: [] }
          ],
          writes: [
            write(node.own, unpinning(shard, first.version)),
            write(node.writing, others),
            write(node.rows, merged([...stored, first.row]))
          ]
        }
      ]
    }
  )
