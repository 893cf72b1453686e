/** The engine: expands states with code written out for the system, and learns from the readable functions what it does not know. */
import { Batch } from "./batch.ts"
import { enlarge, packAnew } from "./candidates.ts"
import { unknown } from "./columns.ts"
import type { Compiled } from "./compile.ts"
import { expander, isSmall, manyStates } from "./expander.ts"
import { type Expand, type Expansion, type Hearer, noneRecent } from "./expanding.ts"
import type { Findings } from "./findings.ts"
import { type Layout, pack } from "./layout.ts"
import { absent } from "./pairs.ts"
import { Programs } from "./programs.ts"
import { type Candidates, storeCode } from "./store-code.ts"
import { deaf, Successors } from "./successors.ts"
import type { Visited } from "./visited.ts"

/** Large enough for cache misses to overlap, small enough to stay in the cache. */
const batchSize = 2048

/** Expands states of a store into candidates, a batch at a time. */
export class Engine<L> implements Hearer {
  /** The state that functions of the model are looking at. */
  at = 0
  readonly programs: Programs<L>
  readonly expansion: Expansion
  private readonly compiled: Compiled<L>
  private readonly visited: Visited
  private readonly findings: Findings
  private readonly successors: Successors<L>
  private readonly scratch: Batch
  private readonly row: Int32Array
  private expand: Expand
  private readonly writtenOutFrom: number
  /** Whether states are expanded by code written out for the system, and how many were expanded here. */
  private writtenOut = false
  private expanded = 0
  /** In a team, the state that needs a wider layout before it can be expanded. */
  stuck = absent
  /** The states at which something was learnt. */
  readonly learntAt: Array<number> = []
  private readonly inTeam: boolean
  /** The rule that a `step` law is asked about. */
  private stepping = absent
  /** The state whose footprints were read last. */
  private read = absent
  /** How often each rule fired where no code could be generated, or before this engine went on. */
  private readonly firedPlainly: Float64Array

  /** `shared` has the arrays for candidates where others must see them. */
  constructor(
    compiled: Compiled<L>,
    visited: Visited,
    findings: Findings,
    shared?: Candidates,
    writtenOutFrom = manyStates
  ) {
    this.inTeam = shared !== undefined
    this.writtenOutFrom = writtenOutFrom
    this.compiled = compiled
    this.visited = visited
    this.findings = findings
    this.programs = new Programs(compiled, visited.layout)
    this.successors = new Successors(compiled)
    this.scratch = new Batch(compiled.width, 16)
    this.row = new Int32Array(compiled.width)
    this.firedPlainly = new Float64Array(compiled.system.rules.length)
    this.expansion = {
      candidates: shared ?? { rows: new Int32Array(0), hashes: new Int32Array(0), parents: new Int32Array(0) },
      count: 0,
      full: shared === undefined ? batchSize : shared.parents.length >> 1,
      recent: noneRecent(visited.layout.words),
      hits: new Float64Array(1 << 10),
      values: new Int32Array(compiled.width),
      todo: new Int32Array(compiled.rules.length)
    }
    this.expand = this.code()
    this.writeOut()
    this.reserve()
  }

  /** The rule that was firing when a function of the model failed. */
  get firing(): number {
    return Math.max(this.programs.firing, this.successors.firing, this.stepping)
  }

  /** How often each rule fired so far. */
  fired(): Float64Array {
    return this.programs.fired(this.expansion.hits).map((times, rule) => times + this.firedPlainly[rule]!)
  }

  /** Expands states in a range until there are candidates enough. Returns the first state that is not expanded. */
  batch(from: number, to: number): number {
    let state = from
    // Rows stored since may hold values that were learnt on the way.
    if (this.compiled.footprints.outgrown || this.programs.lookups.outgrown) this.reserve()
    while (state < to && this.expansion.count < this.expansion.full) {
      state = this.expand(this.expansion, this.visited.rows, state, to, this)
      if (state < to && this.expansion.count < this.expansion.full) this.learn(state)
      if (this.stuck >= 0) break
    }
    this.expanded += state - from
    this.writeOut()
    return state
  }

  /** Goes over to code written out for the system once that pays. */
  private writeOut(): void {
    if (this.writtenOut || this.expanded < this.writtenOutFrom || !isSmall(this.compiled)) return
    this.writtenOut = true
    this.expand = this.code()
  }

  /** Lets the `always` laws judge a state that is not going to be expanded. */
  judge(state: number, findings: Findings): void {
    const { always } = this.compiled
    if (always.length === 0) return
    this.look(state)
    for (const table of always) if (table.judge() !== null) findings.violatedAt(table.index, state)
  }

  view(view: number, value: number, state: number): number {
    this.learns(state)
    const { footprints } = this.compiled
    const table = footprints.views[view]!
    const number = table.number(value)
    return number < footprints.reserved[table.place]! ? number : absent
  }

  tuple(tuple: number, left: number, right: number): number {
    const { footprints } = this.compiled
    const table = footprints.tuples[tuple]!
    const number = table.numbers.number(left, right)
    return number < footprints.reserved[table.place]! ? number : absent
  }

  group(group: number, state: number): number {
    this.learns(state)
    if (this.read !== state) this.look(state)
    const program = this.programs.program(group, this.row)
    return this.programs.count <= this.expansion.hits.length && this.roomy() ? program : absent
  }

  always(law: number, state: number): number {
    this.learns(state)
    if (this.read !== state) this.look(state)
    return this.compiled.always[law]!.judge() === null ? 0 : 1
  }

  lookup(column: number, value: number, state: number, rule: number, list: number): number {
    const { programs } = this
    const { lookups } = programs
    let next = lookups.known(column, value)
    if (next === absent) {
      this.learns(state)
      programs.firing = rule
      next = lookups.find(column, value)
      programs.firing = absent
      if (!this.roomy()) return unknown
    }
    if (next >= 0) return lookups.columns.learn(column, value, next)
    const memory = lookups.columns.lookups[column]!.cell - this.compiled.cells.length
    return lookups.columns.difference(column, value, this.marked(memory, next, state, rule, list))
  }

  /** Whether rows and candidates have room for what is known by now. */
  private roomy(): boolean {
    const { visited, expansion, programs } = this
    return (
      visited.fits(this.compiled.sizes()) &&
      expansion.full + programs.mostFirings <= expansion.candidates.parents.length
    )
  }

  /** Tells what laws say about a step. Returns the memory's next value. */
  private marked(memory: number, fed: number, from: number, rule: number, list: number): number {
    const { next, marks } = this.compiled.memories[memory]!.markedBy(fed)
    for (const mark of marks) this.findings.heard(mark, from, rule, list)
    return next
  }

  broken(law: number, state: number): void {
    this.findings.violatedAt(this.compiled.always[law]!.index, state)
  }

  ends(state: number): void {
    this.findings.endsAt(state)
  }

  stepped(at: number, from: number, rule: number, list: number): void {
    if (this.read !== from) this.look(from)
    this.visited.unpack(this.expansion.candidates.rows, at, this.row)
    const { calls, viewCalls } = this.compiled.steps
    this.stepping = rule
    this.compiled.steps.judge(this.row, 0, list, (mark) => this.findings.heard(mark, from, rule, list))
    this.stepping = absent
    if (this.compiled.steps.calls + this.compiled.steps.viewCalls > calls + viewCalls) this.learns(from)
  }

  private learns(state: number): void {
    this.at = state
    if (this.learntAt.at(-1) !== state) this.learntAt.push(state)
  }

  private look(state: number): void {
    this.at = state
    this.read = state
    this.visited.read(state, this.row)
    this.compiled.footprints.read(this.row, 0)
  }

  /** Asks the readable functions all that expanding a state needs. */
  private learn(state: number): void {
    const { compiled } = this
    this.learns(state)
    this.look(state)
    for (const table of compiled.always) table.judge()
    this.programs.learn(this.row)
    const sizes = compiled.sizes()
    if (!this.visited.fits(sizes)) {
      if (this.inTeam) this.stuck = state
      else this.widen(sizes)
    }
    this.reserve()
  }

  /** Goes over to the layout of a store that was widened, from the one that candidates are packed in. */
  adopt(before: Layout): void {
    const { visited, programs, expansion } = this
    const { layout } = visited
    packAnew(expansion.candidates, expansion.count, before, layout, this.inTeam)
    expansion.recent = noneRecent(layout.words)
    programs.rewrite(layout)
    this.expand = this.code()
    this.stuck = absent
  }

  /** Learns all that a state needs that another worker expanded. */
  relearn(state: number): void {
    this.learn(state)
    if (this.compiled.steps.none) return
    this.successors.expand(this.row, 0, state, this.scratch, deaf)
    this.scratch.count = 0
  }

  /** Goes on where another engine stopped, which fired rules so often and learnt at these states. */
  resume(fired: ReadonlyArray<number>, learnt: ReadonlyArray<number>): void {
    this.firedPlainly.set(fired)
    for (const state of learnt) this.relearn(state)
  }

  /** Tells all that laws say about a state and the steps from it. */
  retell(state: number, findings: Findings): void {
    this.look(state)
    for (const table of this.compiled.always) if (table.judge() !== null) findings.violatedAt(table.index, state)
    this.successors.expand(this.row, 0, state, this.scratch, findings)
    this.scratch.count = 0
  }

  /** Goes over to a layout with room for more. */
  private widen(sizes: ReadonlyArray<number>): void {
    const before = this.visited.layout
    this.visited.widen(sizes)
    this.adopt(before)
  }

  /** Makes every array long enough for what is known by now. */
  private reserve(): void {
    const { compiled, programs, expansion } = this
    const { footprints, rules, always } = compiled
    footprints.reserve()
    programs.lookups.reserve()
    for (const [k, known] of programs.known.entries()) known.reserve(footprints.reserved[rules[k]!.place] ?? 1)
    for (const { known, footprint } of always) known.reserve(footprints.reserved[footprint.place] ?? 1)
    if (programs.count > expansion.hits.length) {
      const hits = new Float64Array(programs.count * 2)
      hits.set(expansion.hits)
      expansion.hits = hits
    }
    const room = expansion.full + programs.mostFirings
    if (room <= expansion.candidates.parents.length) return
    if (this.inTeam) throw new RangeError("states have too many successors for a team of workers: use one")
    this.makeRoom(room)
  }

  private makeRoom(room: number): void {
    enlarge(this.expansion.candidates, room * 2, this.visited.layout.words)
  }

  private code(): Expand {
    try {
      return expander(this.compiled, this.programs, this.visited.layout, this.writtenOut)
    } catch (thrown) {
      if (!(thrown instanceof EvalError)) throw thrown
      return this.plainly
    }
  }

  /** What runs where generating code is not allowed: one state at a time, from the tables. */
  private readonly plainly: Expand = (_expansion, _rows, from) => {
    const { compiled, visited, scratch, expansion, findings, row } = this
    this.look(from)
    for (const table of compiled.always) if (table.judge() !== null) findings.violatedAt(table.index, from)
    this.successors.expand(row, 0, from, scratch, findings)
    if (scratch.count === 0) findings.endsAt(from)
    const sizes = compiled.sizes()
    if (!visited.fits(sizes)) this.widen(sizes)
    const { layout } = visited
    const { hash } = storeCode(layout.words)
    for (let j = 0; j < scratch.count; j++) {
      const { candidates } = expansion
      if (expansion.count === candidates.parents.length) this.makeRoom(expansion.count + 1)
      pack(layout, scratch.rows, candidates.rows, expansion.count * layout.words, j * compiled.width)
      candidates.hashes[expansion.count] = hash(candidates.rows, expansion.count * layout.words)
      candidates.parents[expansion.count++] = from
      this.firedPlainly[scratch.rules[j]!]!++
    }
    scratch.count = 0
    return from + 1
  }
}
