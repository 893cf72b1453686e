/** Rules taken apart, so that each way in which one may fire has a name of its own. */
import type { Rule, System } from "../../../model/kernel/system.ts"

/**
 * The system in which the rule of this name is `count` rules, numbered from 1.
 *
 * What nobody outside can see has no label, so a story could not say which of several ways was taken.
 */
export const apart = <L>(system: System<L>, name: string, count: number): System<L> => ({
  ...system,
  rules: system.rules.flatMap((rule) => (rule.name === name ? numbered(rule, count) : [rule]))
})

const numbered = <L>(rule: Rule<L>, count: number): ReadonlyArray<Rule<L>> =>
  Array.from({ length: count }, (_, at) => ({
    ...rule,
    name: `${rule.name} ${at + 1}`,
    fire: (...values) => rule.fire(...values).slice(at, at + 1)
  }))
