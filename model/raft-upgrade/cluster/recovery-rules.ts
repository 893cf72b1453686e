/** What nodes in recovery do, besides what an operator has them do. Source: dossier `raft-upgrade.md` 3. */
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { post, recovery } from "../../../spec/raft-upgrade/states.ts"
import { write } from "../../kernel/cell.ts"
import type { Rule } from "../../kernel/system.ts"
import { trusting } from "./bounds.ts"
import { merged, type NodeCells, versionOf } from "./cells.ts"
import { type Firings, isOnRing, on, peersOf, type Setting } from "./setting.ts"

export const recoveryRules = (setting: Setting): ReadonlyArray<Rule<RaftUpgradeLabel>> =>
  isRecovered(setting)
    ? setting.cells.nodes.flatMap((node) =>
        peersOf(setting, node).flatMap((peer) => [
          isTurnedAway(node, peer),
          ...(setting.variant.pullsAgain === "goOn" ? [pullsAgain(setting, node, peer)] : [])
        ])
      )
    : []

/** Whether anybody ever is in recovery. */
const isRecovered = ({ bounds }: Setting): boolean =>
  bounds.orders.some((order) => order.does === "edits" && order.edit._tag === "WriteState")

/** A node in recovery knows of no group, and says so to whoever looks for one. */
const isTurnedAway = (node: NodeCells, peer: NodeCells): Rule<RaftUpgradeLabel> =>
  on(
    `${node.name} asks ${peer.name} for the group, which is in recovery`,
    { actor: node.name, fair: "none", reads: [node.fiber, peer.life] },
    (fiber, life): Firings =>
      fiber?.at === "looking" && fiber.contacts.includes(peer.name) && life.is === "up" && life.state === recovery
        ? [
            {
              labels: [
                { _tag: "ExchangeAsked", node: node.name, to: peer.name, peers: [] },
                { _tag: "ExchangeAnswered", node: peer.name, to: node.name, answer: { _tag: "None" } }
              ],
              writes: []
            }
          ]
        : []
  )

/** Row 40: whoever has come to a second group goes on to pull what others have, as gossip has it. */
const pullsAgain = ({ bounds }: Setting, node: NodeCells, peer: NodeCells): Rule<RaftUpgradeLabel> =>
  on(
    `${node.name} pulls what ${peer.name} has, though it uses group 0`,
    {
      actor: node.name,
      fair: trusting(bounds, "A9"),
      reads: [node.life, node.raft, node.ring, node.schema, peer.life, peer.schema]
    },
    (life, raft, ring, schema, theirs, source): Firings => {
      if (life.is !== "up" || life.state !== post || raft === null || raft.group === 1) return []
      if (theirs.is !== "up" || !isOnRing(ring, peer)) return []
      const both = merged(schema, source)
      return both.length === schema.length
        ? []
        : [
            {
              labels: [{ _tag: "SchemaIs", node: node.name, by: "pull", schema: both, version: versionOf(both) }],
              writes: [write(node.schema, both)]
            }
          ]
    }
  )
