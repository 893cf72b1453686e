/**
 * Telling findings again, better: of all shortest stories that show the same, the one that changes actors least often.
 *
 * Breadth-first search keeps one parent a state, which is any. So the levels are walked once more, backwards from the
 * farthest finding, for all findings together.
 */
import type { Reached } from "./reached.ts"
import { type Chosen, StoryGraph } from "./story-graph.ts"
import type { Listener } from "./successors.ts"
import type { Mark } from "./tables.ts"

/** What a story shall show: that a law is broken or witnessed, where it first was or anywhere else that is as near. */
export interface Aim {
  /** The law's position. */
  readonly law: number
  /** A state where the law speaks, or from which a step leads on which it does. */
  readonly state: number
  /** `steps`: any step from a state of the same level; `states`: any state of the same level; `exactly`: this state. */
  readonly within: "steps" | "states" | "exactly"
}

/** A story in the making and the level of its last state. */
interface Tale extends Aim {
  readonly level: number
  readonly graph: StoryGraph
}

/** The best shortest story for each aim, in their order. */
export const retell = <L>(reached: Reached<L>, aims: ReadonlyArray<Aim>): ReadonlyArray<Chosen> => {
  const { rules } = reached.compiled.system
  const tales = aims.map((aim): Tale => {
    const graph = new StoryGraph((rule) => rules[rule]!.actor)
    return { ...aim, graph, level: reached.depth(aim.state) }
  })
  const farthest = Math.max(-1, ...tales.map(({ level }) => level))
  for (let level = farthest; level >= 0; level--) walkBack(reached, tales, level)
  return tales.map(({ graph }) => graph.choose(0))
}

/** Adds to the tales what happens in one level and on the steps to the next. */
const walkBack = <L>(reached: Reached<L>, tales: ReadonlyArray<Tale>, level: number): void => {
  const starts = reached.levels()
  const [first, end, nextEnd] = [starts[level]!, starts[level + 1]!, starts[level + 2] ?? starts[level + 1]!]
  const ending = tales.filter((tale) => tale.level === level)
  for (const { graph, state } of ending.filter(({ within }) => within === "exactly")) graph.endAt(state, "")
  const always = ending.filter(({ within }) => within === "states")
  if (always.length > 0) judgeAgain(reached, always, first, end)
  const endingOnStep = ending.filter(({ within }) => within === "steps")
  const listener: Listener = {
    heard: ({ law, why }: Mark, from, rule, list) => {
      for (const tale of endingOnStep) {
        if (tale.law !== law) continue
        tale.graph.add({ from, to: undefined, rule, list, ...(why === undefined ? {} : { why }) })
      }
    }
  }
  const goingOn = tales.filter((tale) => tale.level > level)
  if (endingOnStep.length + goingOn.length === 0) return
  const onStep = (from: number, to: number, rule: number, list: number): void => {
    if (to < end || to >= nextEnd) return
    for (const { graph } of goingOn) if (graph.has(to)) graph.add({ from, to, rule, list })
  }
  reached.steps(first, Math.min(end, reached.expanded), onStep, undefined, listener)
}

/** Every state of a range in which one of these `always` laws is broken is an ending. */
const judgeAgain = <L>(reached: Reached<L>, tales: ReadonlyArray<Tale>, first: number, end: number): void => {
  for (let state = first; state < end; state++) {
    reached.read(state)
    for (const table of reached.compiled.always) {
      const why = table.judge()
      if (why === null) continue
      for (const { law, graph } of tales) if (law === table.index) graph.endAt(state, why)
    }
  }
}
