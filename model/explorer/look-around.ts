/** Looking around where walks went: every step from the states that were trodden, breadth first and by themselves. */
import { Batch } from "./batch.ts"
import type { Compiled } from "./compile.ts"
import { Fault, ModelError } from "./errors.ts"
import type { Exploration } from "./exploration.ts"
import { judgeLiveness } from "./liveness/judge.ts"
import { absent } from "./pairs.ts"
import { Stories } from "./path.ts"
import { Reached } from "./reached.ts"
import { Rows } from "./rows.ts"
import { Successors } from "./successors.ts"
import { deadEnds, usage, work } from "./summary.ts"
import { Verdicts } from "./verdict.ts"

/** Explores what was trodden, breadth first, and lets every law judge it. What is left out of the trodden is not followed. */
export const lookAround = <L>(compiled: Compiled<L>, trodden: Rows): Exploration<L> => {
  const { width, system, footprints } = compiled
  const successors = new Successors(compiled)
  const batch = new Batch(width, 64)
  const row = new Int32Array(width)
  const verdicts = new Verdicts(system.laws)
  const near = new Rows(width)
  const stories = new Stories(compiled, near)
  const fired = new Float64Array(system.rules.length)
  let at = 0
  let ends = 0
  let firstEnd: number | undefined
  near.add(compiled.initial, 0, absent)
  try {
    for (; at < near.count; at++) {
      batch.count = 0
      near.read(at, row)
      footprints.read(row, 0)
      for (const table of compiled.always) if (table.judge() !== null) verdicts.violatedAt(table.index, at)
      successors.expand(row, 0, at, batch, verdicts)
      if (batch.count === 0 && ends++ === 0) firstEnd = at
      for (let j = 0; j < batch.count; j++) {
        fired[batch.rules[j]!]!++
        if (trodden.find(batch.rows, j * width) >= 0) near.add(batch.rows, j * width, at)
      }
    }
    judgeLiveness(new Reached(compiled, near), verdicts, (state) => {
      at = state
    })
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown
    throw new ModelError(thrown, stories.to(at), system.rules[successors.firing]?.name)
  }
  const reached = new Reached(compiled, near)
  return {
    system: system.name,
    counts: {
      distinct: near.count,
      generated: fired.reduce((sum, times) => sum + times, 1),
      depth: reached.depth(near.count - 1)
    },
    complete: false,
    laws: verdicts.results(false, reached, stories),
    deadEnds: deadEnds(ends, firstEnd, stories),
    rules: usage(compiled, fired),
    neverFired: system.rules.flatMap(({ name }, position) => (fired[position] === 0 ? [name] : [])),
    cells: compiled.cells.map(({ cell, values }) => ({ name: cell.name, values: values.size })),
    memories: compiled.memories.map(({ memory, values }) => ({ name: memory.name, values: values.size })),
    stats: work(compiled, near.count)
  }
}
