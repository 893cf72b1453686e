/** A replica serves a request: it compares it with the fence, holds its own metadata meanwhile, and looks at the fence again. */
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import type { Reason, Row } from "../../../spec/sessions/messages.ts"
import type { ShardId } from "../../../spec/sessions/metadata.ts"
import { write } from "../../kernel/cell.ts"
import { remove } from "../../kernel/channel.ts"
import { type Firing, type Rule, rulesOf } from "../../kernel/system.ts"
import type { ClusterCells, NodeCells, ShardCells } from "./cells.ts"
import { arrived } from "./mail.ts"
import { tabletName } from "./names.ts"
import type { Serving } from "./node-state.ts"
import { tabletOf } from "./operations.ts"
import { newest, owners } from "./request-state.ts"
import { pinning, type Shard, unpinning } from "./shard.ts"
import type { Variant } from "./variant.ts"
import { merged } from "./works.ts"

const on = rulesOf<ClusterLabel>()

type Firings = ReadonlyArray<Firing<ClusterLabel>>

export const servingRules = (
  cells: ClusterCells,
  variant: Variant,
  node: NodeCells
): ReadonlyArray<Rule<ClusterLabel>> => {
  // The tablet lives on the last shard of a node.
  const own = node.shards.at(-1)!
  return [takes(cells, variant, node, own), serves(cells, variant, node, own)]
}

/** A request without a token is not fenced. */
const isStale = (version: number, { metadata }: Shard): boolean => version !== 0 && version < metadata.fence

/** What the replica says to the coordinating node, and what is seen of it. */
const said = (
  cells: ClusterCells,
  node: NodeCells,
  shards: ReadonlyArray<ShardId>,
  shard: Shard,
  number: number,
  reason: Reason | null,
  rows: ReadonlyArray<Row>
): Firing<ClusterLabel> => {
  const { id, request } = cells.requests[number - 1]!
  const { fence } = shard.metadata
  return {
    labels: shards.map((own) => ({ _tag: "Served", request: id, node: node.name, shard: own, fence, rows, reason })),
    writes: [write(request, { from: node.name, reason, rows })]
  }
}

const takes = (cells: ClusterCells, variant: Variant, node: NodeCells, own: ShardCells): Rule<ClusterLabel> =>
  on(
    `${node.name} takes a request`,
    { actor: node.name, fair: "weak", reads: [node.node, arrived(node, "Request"), own.shard] },
    (state, mail, shard): Firings =>
      (state.up && shard.loaded ? mail : []).map(({ message, position }) => {
        const { request, version, row } = message
        const taken = remove(node.mail, position)
        if (variant.fenceChecks !== "never" && isStale(version, shard)) {
          const { labels, writes } = said(cells, node, [own.id], shard, request, "StaleTopology", [])
          return { labels, writes: [taken, ...writes] }
        }
        const pins = variant.replicaPins === "yes" && variant.fenceChecks !== "before"
        const pin = pins ? shard.metadata.version : null
        const serving: Serving = { request, version, row, pin }
        return {
          labels: [],
          writes: [
            taken,
            write(node.node, { ...state, serving: [...state.serving, serving] }),
            ...(pin === null ? [] : [write(own.shard, pinning(shard, pin))])
          ]
        }
      })
  )

/**
 * The row is written or read. A request that was overtaken by the fence fails.
 *
 * Where the replica holds no metadata, the fence may rise between its look at the fence and the write: the row is there then.
 */
const serves = (cells: ClusterCells, variant: Variant, node: NodeCells, own: ShardCells): Rule<ClusterLabel> =>
  on(
    `${node.name} serves a request`,
    {
      actor: node.name,
      fair: "weak",
      reads: [node.node, own.shard, ...node.shards.map(({ rows }) => rows)]
    },
    (state, shard, ...stored): Firings =>
      state.serving.map((serving) => {
        const stale = variant.fenceChecks === "beforeAndAfter" && isStale(serving.version, shard)
        const tablet = tabletOf(shard.metadata, tabletName)
        const kind = serving.row === null ? "read" : "write"
        const stops = stale && variant.replicaPins === "yes"
        const at = tablet === undefined || stops ? [] : owners(tablet, node.name, kind)
        const found = newest(at.flatMap((id) => stored[id] ?? []))
        const left = stale && at.length > 0 ? serving.row : null
        const rows = [kind === "read" ? found : left].flatMap((row) => row ?? [])
        const reason = stale ? "StaleTopology" : null
        // Each shard that has the tablet serves it, and the node answers once.
        const shards = at.length === 0 ? [own.id] : at
        const { labels, writes } = said(cells, node, shards, shard, serving.request, reason, rows)
        const { row } = serving
        return {
          labels,
          writes: [
            ...writes,
            write(node.node, { ...state, serving: state.serving.filter((other) => other !== serving) }),
            ...(row === null ? [] : at.map((id) => write(node.shards[id]!.rows, merged([...stored[id]!, row])))),
            ...(serving.pin === null ? [] : [write(own.shard, unpinning(shard, serving.pin))])
          ]
        }
      })
  )
