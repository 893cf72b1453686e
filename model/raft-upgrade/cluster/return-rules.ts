/** What the dead must not do, and do where that is not trusted (A3). Source: dossier `raft-upgrade.md` 4, A3, and 5, rows 9, 51. */
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { write } from "../../kernel/cell.ts"
import type { Rule } from "../../kernel/system.ts"
import { isTrusted } from "./bounds.ts"
import type { NodeCells } from "./cells.ts"
import { type Firings, on, othersOf, type Setting } from "./setting.ts"

export const returnRules = (setting: Setting): ReadonlyArray<Rule<RaftUpgradeLabel>> =>
  isTrusted(setting.bounds, "A3") ? [] : setting.cells.nodes.map((node) => returns(setting, node))

/** A node that is dead begins again, with what it had. Who was taken off the ring is no peer of the others, unless they know no better. */
const returns = (setting: Setting, node: NodeCells): Rule<RaftUpgradeLabel> => {
  const { cells, variant } = setting
  const others = othersOf(setting, node)
  return on(
    `${node.name} is not dead`,
    { actor: "fault", fair: "none", reads: [node.life, cells.rings, ...others.map(({ life }) => life)] },
    (life, rings, ...lives): Firings => {
      if (life.is !== "dead") return []
      const rises = write(node.life, { ...life, is: "down" })
      if (variant.returning === "isRefused") return [{ labels: [], writes: [rises] }]
      const op = { node: node.name, is: "on" } as const
      const after = cells.rings.apply(rings, op)
      const told = others
        .filter((_, at) => lives[at]?.is === "up")
        .map(({ name }): RaftUpgradeLabel => ({ _tag: "PeersKnown", node: name, peers: after[name]?.peers ?? [] }))
      return [{ labels: told, writes: [rises, write(cells.rings, op)] }]
    }
  )
}
