/** Two nodes that cannot reach each other for a time, and can reach all others. Source: dossier `raft-upgrade.md` 1, network. */
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { write } from "../../kernel/cell.ts"
import type { Rule } from "../../kernel/system.ts"
import { trusting, type UpgradeBounds } from "./bounds.ts"
import type { NodeCells } from "./cells.ts"
import { type Firings, on, type Setting } from "./setting.ts"

export const cutRules = ({ bounds, cells }: Setting): ReadonlyArray<Rule<RaftUpgradeLabel>> => {
  if (bounds.cut === null) return []
  const [one, other] = bounds.cut
  return [
    on(
      `${one} and ${other} are cut off from each other`,
      { actor: "network", fair: "none", reads: [cells.cut] },
      (cut): Firings => (cut === "whole" ? [{ labels: [], writes: [write(cells.cut, "cut")] }] : [])
    ),
    on(
      `${one} and ${other} reach each other again`,
      { actor: "network", fair: trusting(bounds, "A8"), reads: [cells.cut] },
      (cut): Firings => (cut === "cut" ? [{ labels: [], writes: [write(cells.cut, "healed")] }] : [])
    )
  ]
}

export const isCut = ({ cut }: UpgradeBounds, { name }: NodeCells, other: NodeCells): boolean =>
  cut?.includes(name) === true && cut.includes(other.name)

/** A rule by which one node asks another: it does not fire while they cannot reach each other. */
export const between = (
  { bounds, cells }: Setting,
  node: NodeCells,
  peer: NodeCells,
  rule: Rule<RaftUpgradeLabel>
): Rule<RaftUpgradeLabel> =>
  isCut(bounds, node, peer)
    ? {
        ...rule,
        reads: [...rule.reads, cells.cut],
        fire: (...values) => (values.at(-1) === "cut" ? [] : rule.fire(...values.slice(0, -1)))
      }
    : rule
