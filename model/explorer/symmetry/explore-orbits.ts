/**
 * Exploring one state of each orbit: of all states that differ only by the names of interchangeable indices.
 *
 * Breadth first like `explore`, so stories are as short, and they are told with concrete names. Counts are of orbits.
 * `leadsTo` laws are `unknown`: fairness is owed to rules by name, and renaming exchanges the names.
 */
import type { Symmetry } from "../../kernel/symmetry.ts"
import type { System } from "../../kernel/system.ts"
import { Batch } from "../batch.ts"
import { type Compiled, compile } from "../compile.ts"
import { Fault, ModelError, type StoryStep } from "../errors.ts"
import type { Exploration, LawResult } from "../exploration.ts"
import { absent } from "../pairs.ts"
import { Reached } from "../reached.ts"
import { Rows } from "../rows.ts"
import { type Listener, Successors } from "../successors.ts"
import { usage, work } from "../summary.ts"
import type { Mark } from "../tables.ts"
import { Canonical } from "./canonical.ts"
import { OrbitStories } from "./orbit-stories.ts"
import { Renamer } from "./renamer.ts"
import { Watch } from "./symmetric.ts"

/** Where an exploration of orbits stops, and how far the symmetry is believed. */
export interface OrbitOptions {
  /** No further state is expanded once this many are stored. */
  readonly maxStates?: number
  /** How many states, from the first on, are compared with their twins. Later on every 64th is. */
  readonly watched?: number
}

/** Explores `system` up to its symmetry. Throws `NotSymmetric` where something names a particular index. */
export const exploreOrbits = <L>(system: System<L>, options: OrbitOptions = {}): Exploration<L> => {
  const { symmetry } = system
  if (symmetry === undefined) throw new TypeError(`system ${system.name} does not say what is interchangeable in it`)
  try {
    return new OrbitExplorer(compile(system), symmetry, options).run()
  } catch (thrown) {
    throw thrown instanceof Fault ? new ModelError(thrown, []) : thrown
  }
}

/** Where a law first spoke: in a state, or on a step from it. */
interface Finding {
  readonly state: number
  readonly onStep: boolean
}

const watchedAlways = 1_000
const watchedLater = 64

class OrbitExplorer<L> implements Listener {
  private readonly compiled: Compiled<L>
  private readonly options: OrbitOptions
  private readonly renamer: Renamer<L>
  private readonly canonical: Canonical<L>
  private readonly watch: Watch<L>
  private readonly states: Rows
  private readonly turns: Array<number> = []
  private readonly stories: OrbitStories<L>
  private readonly findings = new Map<number, Finding>()
  private readonly fired: Float64Array
  private readonly ends: Array<number> = []

  constructor(compiled: Compiled<L>, symmetry: Symmetry, options: OrbitOptions) {
    this.compiled = compiled
    this.options = options
    this.renamer = new Renamer(compiled, symmetry)
    this.canonical = new Canonical(this.renamer, compiled.width)
    this.watch = new Watch(compiled, symmetry, this.renamer)
    this.states = new Rows(compiled.width)
    this.stories = new OrbitStories(compiled, this.states, this.turns, this.renamer)
    this.fired = new Float64Array(compiled.system.rules.length)
  }

  heard({ law }: Mark, from: number): void {
    if (!this.findings.has(law)) this.findings.set(law, { state: from, onStep: true })
  }

  run(): Exploration<L> {
    const { compiled, states, fired, ends } = this
    const { system } = compiled
    const complete = this.walk()
    const reached = new Reached(compiled, states)
    const nearestEnd = ends.length === 0 ? {} : this.nearest(ends[0]!)
    return {
      system: system.name,
      counts: {
        distinct: states.count,
        generated: fired.reduce((sum, times) => sum + times, 1),
        depth: reached.depth(states.count - 1)
      },
      complete,
      ...(complete ? {} : { stoppedBecause: "maxStates" as const }),
      laws: system.laws.map((_, law) => this.result(law, complete)),
      deadEnds: { states: ends.length, ...nearestEnd },
      rules: usage(compiled, fired),
      neverFired: system.rules.flatMap(({ name }, position) => (fired[position] === 0 ? [name] : [])),
      cells: compiled.cells.map(({ cell, values }) => ({ name: cell.name, values: values.size })),
      memories: compiled.memories.map(({ memory, values }) => ({ name: memory.name, values: values.size })),
      stats: work(compiled, states.count)
    }
  }

  /** Expands canonical states until there are none. Says whether that was all. */
  private walk(): boolean {
    const { compiled, states, fired } = this
    const { width, footprints, always } = compiled
    const { maxStates = Number.POSITIVE_INFINITY, watched = watchedAlways } = this.options
    const successors = new Successors(compiled)
    const batch = new Batch(width, 64)
    const row = new Int32Array(width)
    this.keep(compiled.initial, 0, absent)
    for (let at = 0; at < states.count; at++) {
      if (states.count >= maxStates) return false
      states.read(at, row)
      try {
        if (at < watched || at % watchedLater === 0) this.watch.look(row)
        footprints.read(row, 0)
        for (const table of always) {
          if (table.judge() !== null && !this.findings.has(table.index))
            this.findings.set(table.index, { state: at, onStep: false })
        }
        batch.count = 0
        successors.expand(row, 0, at, batch, this)
        for (let j = 0; j < batch.count; j++) {
          fired[batch.rules[j]!]!++
          this.keep(batch.rows, j * width, at)
        }
      } catch (thrown) {
        if (!(thrown instanceof Fault)) throw thrown
        throw new ModelError(thrown, this.stories.to(at).story, compiled.system.rules[successors.firing]?.name)
      }
      if (batch.count === 0) this.ends.push(at)
    }
    return true
  }

  /** Stores the canonical form of a row, and how to get to it. */
  private keep(rows: Int32Array, from: number, parent: number): void {
    const canonical = new Int32Array(this.compiled.width)
    const turn = this.canonical.form(rows, from, canonical)
    const before = this.states.count
    this.states.add(canonical, 0, parent)
    if (this.states.count > before) this.turns.push(turn)
  }

  private nearest(state: number): { readonly length: number; readonly story: ReadonlyArray<StoryStep<L>> } {
    const { story } = this.stories.to(state)
    return { length: story.length, story }
  }

  private result(law: number, complete: boolean): LawResult<L> {
    const { id, modality } = this.compiled.system.laws[law]!
    const finding = this.findings.get(law)
    if (finding === undefined) {
      const known = complete && modality !== "leadsTo"
      return { id, modality, verdict: !known ? "unknown" : modality === "sometimes" ? "never" : "holds" }
    }
    const { story, row } = this.stories.to(finding.state)
    if (!finding.onStep) {
      this.compiled.footprints.read(row, 0)
      const why = this.compiled.always.find(({ index }) => index === law)!.judge()!
      return { id, modality, verdict: "violated", length: story.length, why, story }
    }
    const { mark, step } = this.stories.heardFrom(row).find(({ mark }) => mark.law === law)!
    const told = { length: story.length + 1, story: [...story, step] }
    if (modality === "sometimes") return { id, modality, verdict: "witnessed", ...told }
    return { id, modality, verdict: "violated", ...told, why: mark.why! }
  }
}
