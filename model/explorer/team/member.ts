/** One worker of a team: expands its slice of a chunk, stores what belongs to its part of the table, and waits for the others. */
import type { Compiled } from "../compile.ts"
import { Engine } from "../engine.ts"
import type { Layout } from "../layout.ts"
import { layoutFor } from "../layout.ts"
import { Visited } from "../visited.ts"
import { claimCode, mostCandidates, type Offer } from "./claim-code.ts"
import { Notes } from "./notes.ts"
import { own, type SharedMemory, sharedArrays, word } from "./shared.ts"
import { Vocabulary } from "./vocabulary.ts"

/** Words of a row that there is room for. */
const mostWords = 16

/** A slice had more successors than there is room for. */
export const tooMany = -1

/** What all workers do between two meetings. */
export const commands = { expand: 0, adopt: 1, claim: 2, number: 3, resize: 4, report: 5, stop: 6 } as const

/** A worker. The leader is one too. */
export class Member<L> {
  readonly visited: Visited
  readonly engine: Engine<L>
  readonly control: Int32Array
  private readonly me: number
  private readonly memory: SharedMemory
  private readonly compiled: Compiled<L>
  private readonly vocabulary: Vocabulary
  private readonly offers: ReadonlyArray<Offer>
  private readonly claimed = new Int32Array(3 * mostCandidates)
  private readonly scratch = new Int32Array(mostCandidates)
  private readonly findings = new Notes()
  private end = 0
  private layout: Layout

  constructor(me: number, compiled: Compiled<L>, memory: SharedMemory) {
    const arrays = sharedArrays(memory)
    this.me = me
    this.memory = memory
    this.compiled = compiled
    this.control = new Int32Array(memory.control)
    this.vocabulary = new Vocabulary(compiled as Compiled<never>, memory)
    this.visited = new Visited(compiled.sizes(), arrays, memory.workers)
    this.layout = this.visited.layout
    this.offers = Array.from({ length: memory.workers }, (_, worker) => ({
      rows: arrays.ints(`came ${worker}`, mostCandidates * mostWords),
      hashes: arrays.ints(`hashes ${worker}`, mostCandidates),
      parents: arrays.ints(`from ${worker}`, mostCandidates),
      fresh: arrays.ints(`fresh ${worker}`, mostCandidates)
    }))
    this.engine = new Engine(compiled, this.visited, this.findings, this.offers[me]!)
  }

  /** Does its share of a command. */
  obey(command: number): void {
    const { control, visited } = this
    visited.count = control[word.states]!
    if (command === commands.expand) this.expand()
    else if (command === commands.adopt) this.adopt()
    else if (command === commands.claim) this.claim()
    else if (command === commands.number) this.number()
    else if (command === commands.resize) {
      this.settle()
      const slots = visited.table.length
      visited.resize(control[word.room]!, control[word.slots]!)
      if (visited.table.length > slots) visited.indexPart(this.me)
    } else if (command === commands.report) this.report()
  }

  /** A number of this worker's block. */
  set(what: number, value: number): void {
    this.control[word.blocks + word.block * this.me + what] = value
  }

  of(worker: number, what: number): number {
    return this.control[word.blocks + word.block * worker + what]!
  }

  /** Reads what others have written down, and says whether rows have room for it. */
  catchUp(): boolean {
    this.vocabulary.catchUp()
    return this.visited.fits(this.compiled.sizes())
  }

  /** How many of a worker's candidates are new. */
  claimsOf(worker: number): number {
    let sum = 0
    for (let owner = 0; owner < this.memory.workers; owner++) sum += this.of(owner, own.claims + worker)
    return sum
  }

  private expand(): void {
    const { control, engine, me, memory } = this
    this.settle()
    this.vocabulary.catchUp()
    const from = control[word.from]!
    const states = control[word.to]! - from
    const until = from + Math.floor((states * (me + 1)) / memory.workers)
    const first = from + Math.floor((states * me) / memory.workers)
    const next = this.of(me, own.next)
    try {
      const reached = engine.batch(Math.max(first, next), until)
      this.set(own.next, reached)
      this.set(own.stuck, reached < until ? 1 : 0)
      if (reached < until && engine.stuck < 0) this.set(own.failed, tooMany)
    } catch {
      // The leader asks again what failed here, and tells what it finds.
      this.set(own.failed, engine.at + 1)
    }
    this.set(own.count, engine.expansion.count)
    this.findings.publish(
      (what, value) => this.set(what, value),
      (count) => sharedArrays(memory).ints(`heard ${me}`, count)
    )
  }

  /** The leader packs the rows; everyone packs its own candidates. */
  private adopt(): void {
    const { visited, engine } = this
    this.settle()
    this.vocabulary.catchUp()
    visited.adopt(layoutFor(this.compiled.sizes()))
    visited.indexPart(this.me)
    engine.adopt(this.layout)
    this.layout = visited.layout
  }

  private claim(): void {
    const { visited, memory, me, offers } = this
    const slots = visited.table.length / memory.workers
    const table = visited.table.subarray(me * slots, (me + 1) * slots)
    const counts = offers.map((_, worker) => this.of(worker, own.count))
    const claim = claimCode(visited.layout.words)
    const { numbers, rows, count } = visited
    const { claimed } = this
    this.end = claim(offers, counts, table, numbers, rows, count, me, memory.workers, claimed, this.scratch)
    const claims = new Array<number>(memory.workers).fill(0)
    for (let k = 0; k < this.end; k += 3) claims[claimed[k]!]!++
    for (const [worker, count] of claims.entries()) this.set(own.claims + worker, count)
  }

  /** Numbers the new ones among its own candidates, behind those of the workers before it, and stores them. */
  private number(): void {
    const { visited, me, offers } = this
    let state = visited.count
    for (let worker = 0; worker < me; worker++) state += this.claimsOf(worker)
    const { rows, parents, fresh } = offers[me]!
    const { words } = visited.layout
    const count = this.of(me, own.count)
    for (let j = 0; j < count; j++) {
      if (fresh[j] === 0) continue
      for (let w = 0; w < words; w++) visited.rows[state * words + w] = rows[j * words + w]!
      visited.parents[state] = parents[j]!
      fresh[j] = state++
    }
    this.engine.expansion.count = 0
  }

  /** Writes the numbers that were given to the rows it claimed into their slots. */
  settle(): void {
    const { visited, me, memory, claimed, offers } = this
    const base = (visited.table.length / memory.workers) * me
    const { numbers } = visited
    for (let k = 0; k < this.end; k += 3) {
      const at = base + claimed[k + 2]!
      visited.table[at] = (visited.table[at]! & ~numbers) | (offers[claimed[k]!]!.fresh[claimed[k + 1]!]! + 1)
    }
    this.end = 0
  }

  private report(): void {
    const { engine, memory, me } = this
    this.settle()
    const fired = engine.fired()
    new Float64Array(memory.buffers.fired!, 8 * fired.length * me, fired.length).set(fired)
    const learnt = sharedArrays(memory).ints(`learnt ${me}`, engine.learntAt.length)
    learnt.set(engine.learntAt)
    this.set(own.learnt, learnt.length)
  }
}
