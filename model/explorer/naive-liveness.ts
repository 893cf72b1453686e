/**
 * Liveness without ideas: which states of a set lie on a fair loop, or let a fair run stop.
 *
 * Part of the oracle, so it shares no code and no algorithm with the real one: components are what is reached both
 * forwards and backwards, after everything that cannot lie on a loop was peeled off.
 */
import type { Fairness } from "../kernel/system.ts"

/** A state that knows its steps. */
export interface Node {
  readonly steps: Array<{ readonly rule: number; readonly to: Node }>
}

/** The states among `inside` at which a fair run may begin to stay inside for ever. */
export const fairStays = <N extends Node>(
  inside: ReadonlySet<N>,
  fairness: ReadonlyArray<Fairness>
): ReadonlySet<N> => {
  const found = new Set<N>()
  for (const node of inside) if (node.steps.every(({ rule }) => fairness[rule] === "none")) found.add(node)
  const open: Array<ReadonlySet<Node>> = [inside]
  for (let region = open.pop(); region !== undefined; region = open.pop()) {
    const [first, ...parts] = split(peeled(region))
    if (first === undefined) continue
    open.push(...parts.filter(({ size }) => size > 0))
    const inner = [...first].flatMap((node) => node.steps.filter(({ to }) => first.has(to)))
    if (inner.length === 0) continue
    const isEnabled = (rule: number, node: Node): boolean => node.steps.some((step) => step.rule === rule)
    const untaken = fairness.map((_, rule) => rule).filter((rule) => inner.every((step) => step.rule !== rule))
    if (untaken.some((rule) => fairness[rule] === "weak" && [...first].every((node) => isEnabled(rule, node)))) continue
    const owing = (node: Node): boolean => untaken.some((rule) => fairness[rule] === "strong" && isEnabled(rule, node))
    const rest = new Set([...first].filter((node) => !owing(node)))
    if (rest.size < first.size) open.push(rest)
    else for (const node of first) found.add(node as N)
  }
  return found
}

/** The region without what has no way in or no way on inside it, again and again. */
const peeled = (region: ReadonlySet<Node>): ReadonlySet<Node> => {
  const left = new Set(region)
  for (let before = -1; before !== left.size; ) {
    before = left.size
    const entered = new Set([...left].flatMap((node) => node.steps.map(({ to }) => to)))
    for (const node of [...left].reverse()) {
      if (!entered.has(node) || !node.steps.some(({ to }) => left.has(to))) left.delete(node)
    }
  }
  return left
}

/** The component of one state of the region, and what is left: what it reaches, what reaches it, and the others. */
const split = (region: ReadonlySet<Node>): ReadonlyArray<ReadonlySet<Node>> => {
  const [pivot] = region
  if (pivot === undefined) return []
  const before = new Map<Node, Array<Node>>([...region].map((node) => [node, []]))
  for (const node of region) for (const { to } of node.steps) before.get(to)?.push(node)
  const reach = (next: (node: Node) => ReadonlyArray<Node>): ReadonlySet<Node> => {
    const seen = new Set([pivot])
    for (const node of seen) for (const to of next(node)) if (region.has(to)) seen.add(to)
    return seen
  }
  const forwards = reach((node) => node.steps.map(({ to }) => to))
  const backwards = reach((node) => before.get(node) ?? [])
  const part = (wanted: (node: Node) => boolean): ReadonlySet<Node> => new Set([...region].filter(wanted))
  return [
    part((node) => forwards.has(node) && backwards.has(node)),
    part((node) => forwards.has(node) && !backwards.has(node)),
    part((node) => !forwards.has(node) && backwards.has(node)),
    part((node) => !forwards.has(node) && !backwards.has(node))
  ]
}
