/** An operator gives his orders, each once the one before is given. Source: dossier `raft-upgrade.md` 2.10, 3. */
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import type { Edit } from "../../../spec/raft-upgrade/messages.ts"
import { type Write, write } from "../../kernel/cell.ts"
import type { Fairness, Rule } from "../../kernel/system.ts"
import { trusting, type UpgradeBounds } from "./bounds.ts"
import type { Disk, Life, NodeCells, Task } from "./cells.ts"
import { inWords, type Order } from "./orders.ts"
import { type Firings, on, type Setting } from "./setting.ts"
import { ending } from "./start-rules.ts"

/** One for all orders that say the same. */
export const orderRules = (setting: Setting): ReadonlyArray<Rule<RaftUpgradeLabel>> => {
  const words = setting.bounds.orders.map(inWords)
  return setting.bounds.orders.filter((order, at) => words.indexOf(inWords(order)) === at).map(given(setting, words))
}

const given =
  (setting: Setting, words: ReadonlyArray<string>) =>
  (order: Order): Rule<RaftUpgradeLabel> => {
    const { cells, bounds } = setting
    const name = order.does === "removes" || order.does === "makes sure" ? order.by : order.on
    const node = cells.nodes.find((one) => one.name === name)
    if (node === undefined) throw new TypeError(`an order is for ${name}, and there is no such node`)
    const own = inWords(order)
    return on(
      own,
      {
        actor: "operator",
        fair: fairnessOf(order, bounds),
        reads: [cells.orders, node.life, node.disk, node.raft, node.task, cells.pushes, node.ring]
      },
      (orders, life, disk, raft, task, pushes, ring): Firings => {
        if (words[orders] !== own || life.is === "notBegun") return []
        const step = (labels: ReadonlyArray<RaftUpgradeLabel>, ...writes: ReadonlyArray<Write>): Firings => [
          { labels, writes: [write(cells.orders, orders + 1), ...writes] }
        ]
        const ends = (is: Life["is"]) =>
          ending(setting, node, { is, state: life.state, sawFeature: life.sawFeature }, disk, raft, pushes)
        const stopped: RaftUpgradeLabel = { _tag: "Stopped", node: node.name }
        const lost: RaftUpgradeLabel = { _tag: "DeclaredLost", node: node.name }
        const isUp = life.is === "up"
        switch (order.does) {
          case "edits":
            return step(
              [{ _tag: "Edited", node: node.name, edit: order.edit }],
              write(node.disk, edited(disk, order.edit)),
              ...(isUp && order.edit._tag === "EraseGroup" && disk.group !== null
                ? [write(node.life, { ...life, erased: disk.group })]
                : [])
            )
          case "restarts":
            return isUp ? step([stopped], ...ends("down")) : step([])
          case "confirms":
            return isUp && (order.state === null || life.state === order.state) ? step([]) : []
          case "gives up":
            return isUp ? [] : step([lost])
          case "removes":
            return begins(node, isUp, task, { purpose: "remove", of: order.on })(step)
          case "makes sure":
            if (ring.left.some((one) => one === order.on)) return step([])
            return isUp && task === null ? [{ labels: [], writes: [write(node.task, taking("remove", order.on))] }] : []
          case "decommissions":
            return begins(node, isUp, task, { purpose: "leave", of: order.on })(step)
          case "waits for":
            return task === null ? step([]) : []
          case "stops":
            return isUp ? step([stopped], ...ends("dead")) : []
          case "loses":
            return isUp ? step([stopped, lost], ...ends("dead")) : []
        }
      }
    )
  }

type Step = (labels: ReadonlyArray<RaftUpgradeLabel>, ...writes: ReadonlyArray<Write>) => Firings

const begins =
  (node: NodeCells, isUp: boolean, task: Task | null, { purpose, of }: { purpose: Task["purpose"]; of: string }) =>
  (step: Step): Firings =>
    isUp && task === null ? step([], write(node.task, taking(purpose, of))) : []

const taking = (purpose: Task["purpose"], of: string): Task => ({
  purpose,
  of: of as NodeCells["name"],
  step: "begins"
})

/** What is owed by an operator who goes by a recipe; nobody owes that a node is lost, or leaves. */
const fairnessOf = ({ does }: Order, bounds: UpgradeBounds): Fairness =>
  does === "loses" || does === "decommissions" ? "none" : trusting(bounds, "A11")

const edited = (disk: Disk, edit: Edit): Disk => {
  switch (edit._tag) {
    case "WriteState":
      return { ...disk, state: edit.text }
    case "DeleteState":
      return { ...disk, state: null }
    case "EraseGroup":
      return { ...disk, group: null }
    case "EraseDiscovery":
      return { ...disk, discovery: [] }
    case "EraseHistory":
      return { ...disk, history: null }
    case "EraseServer":
      return disk
  }
}
