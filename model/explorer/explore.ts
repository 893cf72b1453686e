/** The explorer: every reachable state of a system, breadth first and exactly, and what its laws say about them. */
import type { System } from "../kernel/system.ts"
import { certificate } from "./certificate.ts"
import type { Checkpoint } from "./checkpoint.ts"
import { type Compiled, compile } from "./compile.ts"
import type { Engine } from "./engine.ts"
import { Fault, ModelError } from "./errors.ts"
import type { Exploration, ExploreOptions, Progress } from "./exploration.ts"
import type { Findings } from "./findings.ts"
import { judgeLiveness } from "./liveness/judge.ts"
import { Stories } from "./path.ts"
import { Reached } from "./reached.ts"
import { alone, type Stepper } from "./stepper.ts"
import { deadEnds, usage, work } from "./summary.ts"
import type { Mark } from "./tables.ts"
import { Leader } from "./team/leader.ts"
import { Verdicts } from "./verdict.ts"
import { Visited } from "./visited.ts"

/** Within this many states of a limit, states are expanded one by one, so that the limit is exact. */
const nearLimit = 1 << 15
/** A state may turn out to have this many times more successors than any before it. */
const surprise = 8
const defaultProgressEvery = 1 << 16

/** Explores `system`. Throws `ModelError` where a function of the model fails. */
export const explore = <L>(system: System<L>, options: ExploreOptions = {}): Exploration<L> => {
  const started = options.now?.()
  const wanted = positions(system, options.stopWhenAllOf ?? [])
  const exploration = new Explorer(compiled(system), options, wanted).run()
  if (started === undefined || options.now === undefined) return exploration
  return { ...exploration, stats: { ...exploration.stats, millis: options.now() - started } }
}

const compiled = <L>(system: System<L>): Compiled<L> => {
  try {
    return compile(system)
  } catch (thrown) {
    throw thrown instanceof Fault ? new ModelError(thrown, []) : thrown
  }
}

const positions = <L>(system: System<L>, ids: ReadonlyArray<string>): ReadonlyArray<number> =>
  ids.map((id) => {
    const position = system.laws.findIndex((law) => law.id === id)
    if (position < 0) throw new TypeError(`system ${system.name} has no law ${id} to stop at`)
    return position
  })

class Explorer<L> implements Findings {
  private readonly compiled: Compiled<L>
  private readonly options: ExploreOptions
  private readonly wanted: ReadonlyArray<number>
  private readonly visited: Visited
  private readonly engine: Engine<L>
  private readonly stepper: Stepper<L>
  private readonly verdicts: Verdicts<L>
  private readonly stories: Stories<L>
  /** States in which nothing is enabled, and the first of them. */
  private deadEnds = 0
  private firstDeadEnd: number | undefined
  /** States at which a law had something to say first. */
  private readonly heardAt = new Set<number>()
  private depth = 0
  /** The next state to expand. */
  private next = 0
  /** The first state of the level after the one that is being expanded. */
  private levelEnd = 1

  constructor(compiled: Compiled<L>, options: ExploreOptions, wanted: ReadonlyArray<number>) {
    const { system } = compiled
    this.compiled = compiled
    this.options = options
    this.wanted = wanted
    const { team, writtenOutFrom } = options
    this.stepper =
      team === undefined
        ? alone(compiled, new Visited(compiled.sizes()), this, writtenOutFrom)
        : new Leader(compiled, team, this)
    this.visited = this.stepper.visited
    this.engine = this.stepper.engine
    this.verdicts = new Verdicts(system.laws)
    this.stories = new Stories(compiled, this.visited)
  }

  run(): Exploration<L> {
    const { compiled, verdicts, visited } = this
    let stopped: Exploration<L>["stoppedBecause"]
    try {
      if (this.options.resume === undefined) visited.addFirst(compiled.initial)
      else this.resume(this.options.resume)
      stopped = this.loop()
      this.stepper.finish()
      for (let state = this.next; state < visited.count; state++) this.engine.judge(state, this)
      if (stopped === undefined) judgeLiveness(this.reached(), verdicts, this.look)
    } catch (thrown) {
      if (!(thrown instanceof Fault)) throw thrown
      throw new ModelError(thrown, this.stories.to(this.engine.at), compiled.system.rules[this.engine.firing]?.name)
    } finally {
      this.stepper.stop()
    }
    const { states, generated, depth } = this.progress()
    const fired = this.stepper.fired()
    const exploration: Exploration<L> = {
      system: compiled.system.name,
      counts: { distinct: states, generated, depth },
      complete: stopped === undefined,
      ...(stopped === undefined ? {} : { stoppedBecause: stopped }),
      laws: verdicts.results(stopped === undefined, this.reached(), this.stories),
      deadEnds: deadEnds(this.deadEnds, this.firstDeadEnd, this.stories),
      rules: usage(compiled, fired),
      neverFired: compiled.system.rules.flatMap(({ name }, position) => (fired[position] === 0 ? [name] : [])),
      cells: compiled.cells.map(({ cell, values }) => ({ name: cell.name, values: values.size })),
      memories: compiled.memories.map(({ memory, values }) => ({ name: memory.name, values: values.size })),
      stats: work(compiled, this.next)
    }
    if (this.options.certified !== true || stopped !== undefined) return exploration
    return { ...exploration, certificate: certificate(this.reached(), exploration) }
  }

  /** Expands states until there are none, or until there is a reason to stop, which it returns. */
  private loop(): Exploration<L>["stoppedBecause"] {
    const { stepper, visited } = this
    const { stride } = stepper
    const { maxStates = Number.POSITIVE_INFINITY, progressEvery = defaultProgressEvery } = this.options
    const { maxMemoryBytes = Number.POSITIVE_INFINITY, checkpointEvery = Number.POSITIVE_INFINITY } = this.options
    const { interrupted, onProgress, onCheckpoint } = this.options
    let saved = this.next
    while (this.next < visited.count) {
      if (visited.count >= maxStates) return "maxStates"
      if (visited.bytes >= maxMemoryBytes) return "maxMemory"
      if (this.next % stride === 0 && interrupted?.() === true) return "interrupted"
      if (onProgress !== undefined && this.next > 0 && this.next % progressEvery === 0) onProgress(this.progress())
      if (this.next - saved >= checkpointEvery) {
        saved = this.next
        onCheckpoint?.(this.checkpoint())
      }
      const left = maxStates - visited.count
      const most = left < nearLimit ? 1 : Math.min(stride, this.surelyBelow(left))
      const stop = Math.min(this.levelEnd, this.next + most, after(this.next, stride), after(this.next, progressEvery))
      this.next = stepper.advance(this.next, stop)
      if (this.next === this.levelEnd && this.startLevel() && this.sawEnough()) return "allViolated"
    }
    return undefined
  }

  /** States that can be expanded at once and do not find more than `left`, as far as is known of their successors. */
  private surelyBelow(left: number): number {
    return Math.ceil(left / (surprise * Math.max(1, this.engine.programs.mostFirings)))
  }

  private checkpoint(): Checkpoint {
    const { visited, compiled, engine } = this
    const { count, layout } = visited
    const tables = [...compiled.cells, ...compiled.memories]
    // A team puts its rows in their places before it counts.
    const fired = [...this.stepper.fired()]
    return {
      layout,
      rows: visited.rows.subarray(0, count * layout.words),
      parents: visited.parents.subarray(0, count),
      next: this.next,
      levelEnd: this.levelEnd,
      depth: this.depth,
      deadEnds: this.deadEnds,
      firstDeadEnd: this.firstDeadEnd ?? null,
      fired,
      values: tables.map(({ values }) => Array.from({ length: values.size }, (_, number) => values.value(number))),
      learnt: engine.learntAt,
      heard: [...this.heardAt]
    }
  }

  private resume(checkpoint: Checkpoint): void {
    const { visited, compiled, engine } = this
    if (this.options.team !== undefined) throw new TypeError("a team of workers cannot resume: use one")
    const tables = [...compiled.cells, ...compiled.memories]
    for (const [k, values] of checkpoint.values.entries()) for (const value of values) tables[k]!.values.number(value)
    visited.restore(checkpoint.layout, checkpoint.rows, checkpoint.parents)
    engine.adopt(visited.layout)
    this.next = checkpoint.next
    this.levelEnd = checkpoint.levelEnd
    this.depth = checkpoint.depth
    engine.resume(checkpoint.fired, checkpoint.learnt)
    for (const state of checkpoint.heard) engine.retell(state, this)
    this.deadEnds = checkpoint.deadEnds
    this.firstDeadEnd = checkpoint.firstDeadEnd ?? undefined
  }

  private reached(): Reached<L> {
    return new Reached(this.compiled, this.visited, this.next)
  }

  private readonly look = (state: number): void => {
    this.engine.at = state
  }

  /** Nothing is enabled in `state`. */
  endsAt(state: number): void {
    this.deadEnds++
    this.firstDeadEnd ??= state
  }

  heard(mark: Mark, from: number, rule: number, list: number): void {
    if (!this.verdicts.has(mark.law)) this.heardAt.add(from)
    this.verdicts.heard(mark, from, rule, list)
  }

  violatedAt(law: number, state: number): void {
    if (!this.verdicts.has(law)) this.heardAt.add(state)
    this.verdicts.violatedAt(law, state)
  }

  /** Goes on to the states just found, one step farther away. Says whether there are any. */
  private startLevel(): boolean {
    if (this.visited.count === this.levelEnd) return false
    this.depth++
    this.levelEnd = this.visited.count
    return true
  }

  private sawEnough(): boolean {
    return this.wanted.length > 0 && this.wanted.every((law) => this.verdicts.has(law))
  }

  private progress(): Progress {
    const states = this.visited.count
    const generated = this.stepper.fired().reduce((sum, times) => sum + times, 1)
    const depth = states > this.levelEnd ? this.depth + 1 : this.depth
    return { states, generated, depth, queue: states - this.next, bytes: this.visited.bytes }
  }
}

/** The first multiple of `step` after `state`. */
const after = (state: number, step: number): number => state - (state % step) + step
