/** What a replica node does by itself. */
import type { Rule } from "../../../../model/kernel/system.ts"
import type { Bounds } from "../../../../model/sessions/cluster/bounds.ts"
import type { ClusterCells, NodeCells } from "../../../../model/sessions/cluster/cells.ts"
import { commandRules } from "../../../../model/sessions/cluster/command-rules.ts"
import { deedRules } from "../../../../model/sessions/cluster/deed-rules.ts"
import { group0Rules } from "../../../../model/sessions/cluster/group0-rules.ts"
import { operationRules } from "../../../../model/sessions/cluster/operation-rules.ts"
import { servingRules } from "../../../../model/sessions/cluster/serving-rules.ts"
import { reference } from "../../../../model/sessions/cluster/variant.ts"
import { workRules } from "../../../../model/sessions/cluster/work-rules.ts"
import type { NodeLabel } from "./node-messages.ts"

/** The node's own rules, in the order in which they are asked: what is over ends first. */
export const ownRules = (cells: ClusterCells, bounds: Bounds, node: NodeCells): ReadonlyArray<Rule<NodeLabel>> => {
  const rules = unordered(cells, bounds, node)
  const isEnding = ({ name }: Rule<NodeLabel>): boolean => / (stops|completes) an operation$/.test(name)
  return [...rules.filter(isEnding), ...rules.filter((rule) => !isEnding(rule))]
}

const unordered = (cells: ClusterCells, bounds: Bounds, node: NodeCells): ReadonlyArray<Rule<NodeLabel>> => [
  ...group0Rules(cells, reference, bounds).filter(({ actor }) => actor === node.name),
  ...commandRules(cells, reference, node),
  ...operationRules(cells, reference, node),
  ...deedRules(cells, reference, node),
  ...workRules(cells, reference, bounds, node),
  ...servingRules(cells, reference, node)
]
