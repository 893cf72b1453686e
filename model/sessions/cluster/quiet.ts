/** Times at which nothing happens but what the protocol itself does. */
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import type { Rule } from "../../kernel/system.ts"
import type { Bounds } from "./bounds.ts"
import type { ClusterCells } from "./cells.ts"

/** The same rules, of which those that owe nothing fire only while the tablet is in one of the stages that the bounds name. */
export const quietOutside = (
  cells: ClusterCells,
  { during }: Bounds,
  rules: ReadonlyArray<Rule<ClusterLabel>>
): ReadonlyArray<Rule<ClusterLabel>> =>
  during === undefined ? rules : rules.map((rule) => (rule.fair === "none" ? only(cells, during, rule) : rule))

const only = (
  cells: ClusterCells,
  during: NonNullable<Bounds["during"]>,
  rule: Rule<ClusterLabel>
): Rule<ClusterLabel> => ({
  ...rule,
  reads: [cells.stage, ...rule.reads],
  fire: (stage, ...values) => (during.some((named) => named === stage) ? rule.fire(...values) : [])
})
