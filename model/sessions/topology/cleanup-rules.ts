/**
 * A node that has what it does not own drops it: it drains closing sessions, waits for writes that were fenced, then cleans.
 *
 * Source: dossier sessions 2.5; service/storage_service.cc sstable_vnodes_cleanup_fiber; scylladb commit f34126aacf.
 */
import { DrainId } from "../../../spec/sessions/ids.ts"
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import type { Position } from "../../../spec/sessions/metadata.ts"
import { write } from "../../kernel/cell.ts"
import { type Firing, type Rule, rulesOf } from "../../kernel/system.ts"
import { asking, forgetting, type Shard } from "../cluster/shard.ts"
import { range, type TopologyNode } from "./cells.ts"
import type { Setting } from "./coordinator-rules.ts"
import { cleaned, ringOf } from "./global-track.ts"

const on = rulesOf<ClusterLabel>()

type Firings = ReadonlyArray<Firing<ClusterLabel>>

export const cleanupRules = (setting: Setting, node: TopologyNode): ReadonlyArray<Rule<ClusterLabel>> => [
  begins(setting, node),
  isDrained(node),
  cleans(setting, node)
]

/** One cleanup at a time, so its drain needs no number. */
const drain = DrainId.make("cleanup")

const isDirty = ({ loaded, metadata }: Shard, { name }: TopologyNode): boolean =>
  loaded && ringOf(metadata).topology.dirty.includes(name)

/** Enabled when group 0 says that this node is dirty, as a read barrier tells. */
const begins = ({ cells, variant }: Setting, node: TopologyNode): Rule<ClusterLabel> =>
  on(
    `${node.name} begins a cleanup`,
    { actor: node.name, fair: "weak", reads: [node.own, node.cleaning, cells.position] },
    (shard, cleaning, head): Firings => {
      if (cleaning !== null || shard.at < head || !isDirty(shard, node)) return []
      if (variant.cleanupAwaits === "writes") return [{ labels: [], writes: [write(node.cleaning, "waitsForWrites")] }]
      const drained = asking(variant.node, shard, { _tag: "Drain", drain })
      return [
        {
          labels: forgetting(node.name, node.shards[0]!.id, drained),
          writes: [write(node.own, drained.shard), write(node.cleaning, "waitsForSessions")]
        }
      ]
    }
  )

/** Nobody is left inside a session that was closing. */
const isDrained = (node: TopologyNode): Rule<ClusterLabel> =>
  on(
    `${node.name} has drained for its cleanup`,
    { actor: node.name, fair: "weak", reads: [node.own, node.cleaning] },
    ({ drained }, cleaning): Firings =>
      cleaning === "waitsForSessions" && drained.includes(drain)
        ? [{ labels: [], writes: [write(node.own, { heard: drain }), write(node.cleaning, "waitsForWrites")] }]
        : []
  )

/** No write below the fence is left: what is not owned is dropped, and group 0 is told. */
const cleans = ({ cells, variant }: Setting, node: TopologyNode): Rule<ClusterLabel> =>
  on(
    `${node.name} cleans up`,
    { actor: node.name, fair: "weak", reads: [node.own, node.cleaning, node.writing, cells.ring, cells.position] },
    ({ metadata }, cleaning, writing, ring, head): Firings => {
      if (cleaning !== "waitsForWrites") return []
      if (variant.cleanupAwaits !== "sessions" && writing.some(({ version }) => version < metadata.fence)) return []
      const after = cleaned(ring, node.name)
      return [
        {
          labels: [
            { _tag: "Cleaned", node: node.name, shard: node.shards[0]!.id, tablet: range },
            { _tag: "Committed", by: { _tag: "Operator" }, at: (head + 1) as Position, metadata: after }
          ],
          writes: [write(node.rows, []), write(node.cleaning, null), write(cells.group0, { commit: after })]
        }
      ]
    }
  )
