/** What an exploration was like: how it ended, what fired, and how much work it was. */
import type { Compiled } from "./compile.ts"
import type { DeadEnds, Exploration, Stats } from "./exploration.ts"
import type { Stories } from "./path.ts"

/** States in which nothing was enabled, of which `first` is the nearest. */
export const deadEnds = <L>(states: number, first: number | undefined, stories: Stories<L>): DeadEnds<L> => {
  if (first === undefined) return { states }
  const story = stories.to(first)
  return { states, length: story.length, story }
}

/** How often each rule fired, and on how many footprints it was asked. */
export const usage = <L>({ system, rules }: Compiled<L>, fired: Float64Array): Exploration<L>["rules"] =>
  system.rules.map(({ name }, position) => {
    const table = rules.find((table) => table.rules.some((asked) => asked.position === position))!
    return { name, fired: fired[position]!, keys: table.keys }
  })

/** How much the tables had to learn, after so many states were read. */
export const work = <L>(
  { system, rules, cells, memories, always, steps, lists, footprints }: Compiled<L>,
  read: number
): Stats => {
  const calls = (tables: ReadonlyArray<{ readonly calls: number }>): number =>
    tables.reduce((sum, table) => sum + table.calls, 0)
  return {
    ruleCalls: rules.reduce((sum, table) => sum + table.keys * table.rules.length, 0),
    ruleLookups: system.rules.length * read,
    applyCalls: calls(cells),
    viewCalls: footprints.viewCalls + steps.viewCalls,
    lawCalls: calls(memories) + calls(always) + steps.calls,
    labelLists: lists.size
  }
}
