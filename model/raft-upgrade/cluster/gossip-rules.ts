/** What gossip tells of schemas, and who pulls because of it. Source: dossier `raft-upgrade.md` 2.3, and 5, rows 24, 39. */
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { post } from "../../../spec/raft-upgrade/states.ts"
import { write } from "../../kernel/cell.ts"
import type { Rule } from "../../kernel/system.ts"
import { trusting } from "./bounds.ts"
import { merged, type NodeCells, versionOf } from "./cells.ts"
import { between } from "./cut-rules.ts"
import { type Firings, on, peersOf, type Setting } from "./setting.ts"

export const gossipRules = (setting: Setting): ReadonlyArray<Rule<RaftUpgradeLabel>> => {
  const { bounds, cells, variant } = setting
  return cells.nodes.flatMap((node) => [
    ...(variant.secondSync === "byGossip" ? [gossips(setting, node)] : []),
    ...(bounds.gossip
      ? peersOf(setting, node).map((peer) => between(setting, node, peer, pulls(setting, node, peer)))
      : [])
  ])
}

/** Others hear of a node's version some time after it is another. */
const gossips = ({ bounds }: Setting, node: NodeCells): Rule<RaftUpgradeLabel> =>
  on(
    `gossip tells the version of ${node.name}`,
    { actor: "network", fair: trusting(bounds, "A9"), reads: [node.life, node.schema, node.gossiped] },
    (life, schema, gossiped): Firings =>
      life.is === "up" && versionOf(schema) !== gossiped
        ? [{ labels: [], writes: [write(node.gossiped, versionOf(schema))] }]
        : []
  )

/** A node takes in what another has, unless it uses group 0. Whoever is before synchronize waits for others to do so (U4). */
const pulls = ({ bounds, variant }: Setting, node: NodeCells, peer: NodeCells): Rule<RaftUpgradeLabel> =>
  on(
    `${node.name} pulls from ${peer.name}, for their versions differ`,
    { actor: node.name, fair: trusting(bounds, "A9"), reads: [node.life, node.schema, peer.life, peer.schema] },
    (life, schema, theirLife, theirs): Firings => {
      if (life.is !== "up" || theirLife.is !== "up") return []
      if (life.state === post && variant.pulls === "stop") return []
      const both = merged(schema, theirs)
      if (versionOf(both) === versionOf(schema)) return []
      return [
        {
          labels: [{ _tag: "SchemaIs", node: node.name, by: "pull", schema: both, version: versionOf(both) }],
          writes: [write(node.schema, both)]
        }
      ]
    }
  )
