/** One worker of a team: expands pieces of a chunk, stores what belongs to its part of the table, and waits for the others. */
import type { Compiled } from "../compile.ts"
import { Engine } from "../engine.ts"
import type { Layout } from "../layout.ts"
import { layoutFor } from "../layout.ts"
import { Visited } from "../visited.ts"
import { mostCandidates, type Offer } from "./claim-code.ts"
import { Notes } from "./notes.ts"
import { Part } from "./part.ts"
import { bothPieces, type Pieces, piecesNow } from "./pieces.ts"
import { own, type SharedMemory, sharedArrays, word } from "./shared.ts"
import { Vocabulary } from "./vocabulary.ts"

/** A piece had more successors than there is room for. */
export const tooMany = -1

/** States are expected to have that many successors before more is known. */
export const fewFirings = 8
/** A piece may turn out to have this many times more successors than was expected of it. */
export const surprise = 4

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
  private readonly bothPieces: readonly [Pieces, Pieces]
  /** The piece that is being expanded, and its next state. */
  private piece: number | undefined
  private next = 0
  private readonly findings = new Notes()
  private readonly part: Part
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
      rows: this.cameRows(worker),
      hashes: arrays.ints(`hashes ${worker}`, mostCandidates),
      parents: arrays.ints(`from ${worker}`, mostCandidates)
    }))
    this.bothPieces = bothPieces(memory)
    this.part = new Part(me, memory, this.visited, this.offers)
    this.engine = new Engine(compiled, this.visited, this.findings, this.offers[me]!)
  }

  /** Does its share of a command. */
  obey(command: number): void {
    const { control, visited } = this
    visited.count = control[word.states]!
    if (command === commands.expand) {
      this.part.number()
      this.expand()
    } else if (command === commands.adopt) this.adopt()
    else if (command === commands.claim) {
      this.part.claim(this.pieces)
      this.engine.expansion.count = 0
    } else if (command === commands.number) this.part.number()
    else if (command === commands.resize) this.resize()
    else if (command === commands.report) this.report()
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

  private expand(): void {
    const { engine, me, memory } = this
    this.vocabulary.catchUp()
    this.set(own.stuck, 0)
    try {
      while (this.expandPiece());
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

  /** Goes on with a piece, or with the next. Says whether it came to its end, and there may be another one. */
  private expandPiece(): boolean {
    const { engine, me, pieces } = this
    if (this.piece === undefined) {
      if (!this.hasRoom()) return false
      this.piece = pieces.take(me, engine.expansion)
      if (this.piece === undefined) return false
      this.next = pieces.begin(this.piece)
    }
    const end = pieces.begin(this.piece + 1)
    this.next = engine.batch(this.next, end)
    if (this.next < end) {
      if (engine.stuck < 0) this.set(own.failed, tooMany)
      else this.set(own.stuck, 1)
      return false
    }
    pieces.done(this.piece, engine.expansion)
    this.piece = undefined
    return true
  }

  /** Whether the candidates of one more piece have room. One always must have. */
  private hasRoom(): boolean {
    const { count, full } = this.engine.expansion
    const likely = this.control[word.piece]! * Math.max(fewFirings, this.engine.programs.mostFirings)
    return count === 0 || count + surprise * likely <= full
  }

  /** The leader packs the rows; everyone packs its own candidates. */
  private adopt(): void {
    const { visited, engine, offers } = this
    this.vocabulary.catchUp()
    visited.adopt(layoutFor(this.compiled.sizes()))
    this.part.index()
    for (const [worker, offer] of offers.entries()) offer.rows = this.cameRows(worker)
    engine.adopt(this.layout)
    this.layout = visited.layout
  }

  private cameRows(worker: number): Int32Array {
    return sharedArrays(this.memory).ints(`came ${worker}`, mostCandidates * this.visited.layout.words)
  }

  private resize(): void {
    const { visited, control } = this
    const slots = visited.table.length
    visited.resize(control[word.room]!, control[word.slots]!)
    if (visited.table.length > slots) this.part.index()
  }

  private get pieces(): Pieces {
    return piecesNow(this.bothPieces, this.control)
  }

  private report(): void {
    const { engine, memory, me } = this
    this.part.settle()
    const fired = engine.fired()
    new Float64Array(memory.buffers.fired!, 8 * fired.length * me, fired.length).set(fired)
    const learnt = sharedArrays(memory).ints(`learnt ${me}`, engine.learntAt.length)
    learnt.set(engine.learntAt)
    this.set(own.learnt, learnt.length)
  }
}
