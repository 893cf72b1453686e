/** Random walks: for systems too large to explore. What they find is real, and what they do not find is unknown. */
import type { System } from "../kernel/system.ts"
import { Batch } from "./batch.ts"
import { type Compiled, compile } from "./compile.ts"
import { Fault, ModelError, type StoryStep } from "./errors.ts"
import type { Exploration } from "./exploration.ts"
import { judgeLiveness } from "./liveness/judge.ts"
import { absent } from "./pairs.ts"
import { Stories } from "./path.ts"
import { chance } from "./random.ts"
import { Reached } from "./reached.ts"
import { Rows } from "./rows.ts"
import { deaf, Successors } from "./successors.ts"
import { deadEnds, usage, work } from "./summary.ts"
import { Verdicts } from "./verdict.ts"

export interface WalkOptions {
  readonly walks: number
  /** The longest that a walk may be. It ends before that where nothing is enabled. */
  readonly steps: number
  readonly seed: number
  /** Asked before each walk; no further one begins once it says yes. */
  readonly interrupted?: () => boolean
  /** A clock in milliseconds. */
  readonly now?: () => number
}

/**
 * Walks through `system` at random, each firing that is enabled as likely as any other.
 *
 * Afterwards the states that were trodden are explored breadth first and by themselves: so every story is the shortest that
 * they allow, and laws are judged on every step from them, taken or not. Where nothing is found the verdict is `unknown`.
 */
export const walk = <L>(system: System<L>, options: WalkOptions): Exploration<L> => {
  const started = options.now?.()
  let walked: Exploration<L>
  try {
    walked = new Walker(compile(system), options).run()
  } catch (thrown) {
    throw thrown instanceof Fault ? new ModelError(thrown, []) : thrown
  }
  if (started === undefined || options.now === undefined) return walked
  return { ...walked, stats: { ...walked.stats, millis: options.now() - started } }
}

class Walker<L> {
  private readonly compiled: Compiled<L>
  private readonly options: WalkOptions
  private readonly successors: Successors<L>
  private readonly batch: Batch
  private readonly row: Int32Array
  private readonly trodden: Rows

  constructor(compiled: Compiled<L>, options: WalkOptions) {
    this.compiled = compiled
    this.options = options
    this.successors = new Successors(compiled)
    this.batch = new Batch(compiled.width, 64)
    this.row = new Int32Array(compiled.width)
    this.trodden = new Rows(compiled.width)
  }

  run(): Exploration<L> {
    const { walks, interrupted } = this.options
    this.trodden.add(this.compiled.initial, 0, absent)
    let interruption = false
    for (let number = 0; number < walks && !interruption; number++) {
      this.once(number)
      interruption = interrupted?.() === true
    }
    return this.lookAround(interruption ? "interrupted" : "walked")
  }

  /** One walk from the initial state. */
  private once(number: number): void {
    const { row, batch, compiled, successors, trodden } = this
    const { width, footprints } = compiled
    const draw = chance(this.options.seed, number)
    const way: Array<readonly [rule: number, list: number]> = []
    row.set(compiled.initial)
    try {
      for (let step = 0; step < this.options.steps; step++) {
        batch.count = 0
        footprints.read(row, 0)
        successors.expand(row, 0, 0, batch, deaf)
        if (batch.count === 0) return
        const j = draw(batch.count)
        way.push([batch.rules[j]!, batch.lists[j]!])
        row.set(batch.rows.subarray(j * width, (j + 1) * width))
        trodden.add(row, 0, absent)
      }
    } catch (thrown) {
      const stories = new Stories(compiled, trodden)
      throw this.blamed(thrown, () => way.map(([rule, list]) => stories.step(rule, list)))
    }
  }

  /** Explores what was trodden, breadth first, and lets every law judge it. */
  private lookAround(stopped: "interrupted" | "walked"): Exploration<L> {
    const { row, batch, compiled, successors, trodden } = this
    const { width, system, footprints } = compiled
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
      throw this.blamed(thrown, () => stories.to(at))
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
      stoppedBecause: stopped,
      laws: verdicts.results(false, reached, stories),
      deadEnds: deadEnds(ends, firstEnd, stories),
      rules: usage(compiled, fired),
      neverFired: system.rules.flatMap(({ name }, position) => (fired[position] === 0 ? [name] : [])),
      cells: compiled.cells.map(({ cell, values }) => ({ name: cell.name, values: values.size })),
      memories: compiled.memories.map(({ memory, values }) => ({ name: memory.name, values: values.size })),
      stats: work(compiled, near.count)
    }
  }

  private blamed(thrown: unknown, story: () => ReadonlyArray<StoryStep<L>>): unknown {
    if (!(thrown instanceof Fault)) return thrown
    return new ModelError(thrown, story(), this.compiled.system.rules[this.successors.firing]?.name)
  }
}
