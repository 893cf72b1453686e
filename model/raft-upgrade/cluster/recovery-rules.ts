/** What nodes in recovery do, besides what an operator has them do. Source: dossier `raft-upgrade.md` 3. */
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { recovery } from "../../../spec/raft-upgrade/states.ts"
import type { Rule } from "../../kernel/system.ts"
import type { NodeCells } from "./cells.ts"
import { type Firings, on, peersOf, type Setting } from "./setting.ts"

export const recoveryRules = (setting: Setting): ReadonlyArray<Rule<RaftUpgradeLabel>> =>
  isRecovered(setting)
    ? setting.cells.nodes.flatMap((node) => peersOf(setting, node).map((peer) => isTurnedAway(node, peer)))
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
