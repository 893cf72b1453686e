/** Group 0 reaches the nodes: each shard goes over to what was committed, by itself and in its own time. */
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import { type Position, Version } from "../../../spec/sessions/metadata.ts"
import { firstPosition, following } from "../../group0/reading.ts"
import { view, write } from "../../kernel/cell.ts"
import { type Firing, type Rule, rulesOf } from "../../kernel/system.ts"
import type { Bounds } from "./bounds.ts"
import type { ClusterCells, NodeCells, ShardCells } from "./cells.ts"
import { moved } from "./operations.ts"
import { caughtUp, committed, openOn } from "./shard.ts"
import type { Variant } from "./variant.ts"

const on = rulesOf<ClusterLabel>()

/** The version of a node that knows no more than how to start. The tables of the node itself are routed by it for ever. */
const firstVersion = Version.make(1)

/** One rule for each shard. A node begins with the next entry when all of its shards have gone over to the last. */
export const group0Rules = (cells: ClusterCells, variant: Variant, bounds: Bounds): ReadonlyArray<Rule<ClusterLabel>> =>
  cells.nodes.flatMap((node) =>
    node.shards.flatMap((shard) => [
      applies(cells, variant, bounds, node, shard),
      ...(variant.sessionsFollow === "later" ? [catchesUp(variant, node, shard)] : [])
    ])
  )

const applies = (cells: ClusterCells, variant: Variant, bounds: Bounds, node: NodeCells, own: ShardCells) => {
  const others = node.shards.filter((other) => other !== own).map(({ shard }) => view(shard, "at", ({ at }) => at))
  return on(
    `${node.name}.${own.id} applies`,
    { actor: node.name, fair: "weak", reads: [own.shard, node.node, cells.group0, ...others] },
    (shard, state, { log }, ...elsewhere): ReadonlyArray<Firing<ClusterLabel>> => {
      if (!state.up || (variant.localRequests === "fenced" && shard.metadata.fence > firstVersion)) return []
      const head = (log.length - 1) as Position
      // Whoever is declared dead is a member of group 0 no more.
      if (log[head]!.ignored.includes(node.name)) return []
      const start = variant.startsWith === "snapshot" ? firstPosition : shard.at
      const positions = shard.loaded ? following(shard.at, elsewhere, head, bounds.skips) : [start]
      return positions.map((at) => {
        const metadata = log[at]!
        const next = committed(variant, shard, at, metadata)
        const { version, fence } = metadata
        const label: ClusterLabel = {
          _tag: "ShardCommitted",
          node: node.name,
          shard: own.id,
          at,
          version,
          fence,
          open: openOn(next)
        }
        const fenceFirst = !shard.loaded && variant.startsWith === "fence"
        return {
          labels: [...(fenceFirst ? [{ ...label, version: firstVersion }] : []), label],
          writes: [
            write(own.shard, next),
            // Operations hold their metadata on the first shard, which is where they run.
            ...(own.id === 0 && state.running.length > 0
              ? [
                  write(node.node, {
                    ...state,
                    running: state.running.map((op) => moved(variant, op, shard.metadata.version, metadata))
                  })
                ]
              : [])
          ]
        }
      })
    }
  )
}

/** A shard that has gone over to metadata goes over to the sessions that it names, in a step of its own. */
const catchesUp = (variant: Variant, node: NodeCells, own: ShardCells): Rule<ClusterLabel> =>
  on(
    `${node.name}.${own.id} goes over to sessions`,
    { actor: node.name, fair: "weak", reads: [own.shard, view(node.node, "up", ({ up }) => up)] },
    (shard, up): ReadonlyArray<Firing<ClusterLabel>> => {
      const next = caughtUp(variant, shard)
      const same = openOn(next).join() === openOn(shard).join()
      return !up || !shard.loaded || same ? [] : [{ labels: [], writes: [write(own.shard, next)] }]
    }
  )
