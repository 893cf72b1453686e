/** The leader of a team: cuts levels into chunks and says what to do with them, so that states get the numbers one thread gives. */
import type { Compiled } from "../compile.ts"
import type { Engine } from "../engine.ts"
import type { Findings } from "../findings.ts"
import { layoutFor } from "../layout.ts"
import type { Stepper } from "../stepper.ts"
import type { Visited } from "../visited.ts"
import { mostCandidates } from "./claim-code.ts"
import { commands, fewFirings, Member, surprise, tooMany } from "./member.ts"
import { bothPieces, type Pieces, piecesEach, piecesNow } from "./pieces.ts"
import { own, type SharedMemory, sharedArrays, waitWhile, word } from "./shared.ts"

/** States of a piece at most: enough that taking one costs nothing, few enough that workers are done at about the same time. */
const largePiece = 256
/** A small chunk is cut into so many pieces for each worker. */
const fewPieces = 4

/** Steps taken by a team. The first member is this thread. */
export class Leader<L> implements Stepper<L> {
  readonly visited: Visited
  readonly engine: Engine<L>
  readonly stride: number
  private readonly member: Member<L>
  private readonly compiled: Compiled<L>
  private readonly memory: SharedMemory
  private readonly findings: Findings
  private readonly control: Int32Array
  private readonly pieces: readonly [Pieces, Pieces]
  /** The states whose rows are in their places. Those found last are not, for a while. */
  private stored = 1
  private stopped = false
  private lastFired: Float64Array = new Float64Array(0)

  constructor(compiled: Compiled<L>, memory: SharedMemory, findings: Findings) {
    this.member = new Member(0, compiled, memory)
    this.compiled = compiled
    this.memory = memory
    this.findings = findings
    this.control = this.member.control
    this.pieces = bothPieces(memory)
    this.visited = this.member.visited
    this.engine = this.member.engine
    this.stride = largePiece * piecesEach * memory.workers
  }

  /**
   * Expands a chunk while the states that the one before it found are put in their places, then claims what it found. So a
   * chunk takes two meetings, unless it has states that were found by the one before it.
   */
  advance(from: number, to: number): number {
    const { control, memory, visited } = this
    const states = Math.min(to - from, this.stride)
    const likely = Math.floor(mostCandidates / (2 * surprise * Math.max(fewFirings, this.engine.programs.mostFirings)))
    const piece = Math.max(1, Math.min(largePiece, likely, Math.ceil(states / (fewPieces * memory.workers))))
    control[word.from] = from
    control[word.to] = Math.min(to, from + piece * piecesEach * memory.workers)
    control[word.piece] = piece
    control[word.taken] = 0
    control[word.chunk]!++
    if (control[word.to]! > this.stored) this.store()
    this.all(commands.expand)
    this.stored = visited.count
    this.hear()
    while (this.sum(own.stuck) > 0) {
      this.widen()
      this.all(commands.expand)
      this.hear()
    }
    this.makeRoom(this.sum(own.count))
    this.all(commands.claim)
    const pieces = piecesNow(this.pieces, control)
    const { taken } = pieces
    for (let piece = 0; piece < taken; piece++) {
      for (let owner = 0; owner < memory.workers; owner++) visited.count += pieces.claims(piece, owner)
    }
    return pieces.begin(taken)
  }

  fired(): Float64Array {
    if (this.stopped) return this.lastFired
    this.store()
    this.all(commands.report)
    const rules = this.compiled.system.rules.length
    const fired = new Float64Array(this.memory.buffers.fired!)
    return Float64Array.from({ length: rules }, (_, rule) => {
      let times = 0
      for (let worker = 0; worker < this.memory.workers; worker++) times += fired[rules * worker + rule]!
      return times
    })
  }

  finish(): void {
    this.lastFired = this.fired()
    this.member.catchUp()
    for (let worker = 1; worker < this.memory.workers; worker++) {
      const learnt = sharedArrays(this.memory).ints(`learnt ${worker}`, this.member.of(worker, own.learnt))
      for (const state of learnt) this.engine.relearn(state)
    }
  }

  stop(): void {
    if (this.stopped) return
    this.stopped = true
    this.control[word.command] = commands.stop
    Atomics.add(this.control, word.phase, 1)
    Atomics.notify(this.control, word.phase)
  }

  /** Puts all states that were found in their places. */
  private store(): void {
    if (this.stored === this.visited.count) return
    this.all(commands.number)
    this.stored = this.visited.count
  }

  /** Has everyone do one thing and waits until it is done. */
  private all(command: number): void {
    const { control, memory, member } = this
    control[word.command] = command
    control[word.states] = this.visited.count
    Atomics.store(control, word.arrived, 0)
    Atomics.add(control, word.phase, 1)
    Atomics.notify(control, word.phase)
    member.obey(command)
    for (let arrived = 0; arrived < memory.workers - 1; arrived = Atomics.load(control, word.arrived)) {
      waitWhile(control, word.arrived, arrived)
    }
  }

  /** Looks again at the states that workers noted, in their order. */
  private hear(): void {
    const { memory, member, findings } = this
    const heard: Array<number> = []
    const ends: Array<number> = []
    let failed = Number.POSITIVE_INFINITY
    for (let worker = 0; worker < memory.workers; worker++) {
      const count = member.of(worker, own.heard)
      if (count > 0) heard.push(...sharedArrays(memory).ints(`heard ${worker}`, count))
      if (member.of(worker, own.ends) > 0) ends.push(worker)
      const at = member.of(worker, own.failed)
      if (at === tooMany) throw new RangeError("states have too many successors for a team of workers: use one")
      if (at > 0) failed = Math.min(failed, at - 1)
    }
    const firstEnd = (worker: number): number => member.of(worker, own.firstEnd)
    for (const worker of ends.sort((a, b) => firstEnd(a) - firstEnd(b))) {
      for (let left = member.of(worker, own.ends); left > 0; left--) findings.endsAt(firstEnd(worker))
    }
    for (const state of heard.sort((a, b) => a - b)) if (state < failed) this.retell(state)
    if (failed < Number.POSITIVE_INFINITY) this.fail(failed)
  }

  private retell(state: number): void {
    this.member.catchUp()
    this.engine.retell(state, this.findings)
  }

  /** A function of the model failed at a worker: it fails here as well, and this thread can say how. */
  private fail(state: number): void {
    this.engine.relearn(state)
    throw new Error(`a worker failed at state ${state}, and the leader did not`)
  }

  private widen(): void {
    this.member.catchUp()
    this.visited.packAnew(layoutFor(this.compiled.sizes()))
    this.all(commands.adopt)
  }

  /** Room for the states that a chunk may have found. */
  private makeRoom(more: number): void {
    const { control, visited } = this
    const { room, slots } = visited.wanted(more)
    if (room === visited.room && slots === visited.table.length) return
    control[word.room] = room
    control[word.slots] = slots
    this.all(commands.resize)
  }

  private sum(what: number): number {
    let sum = 0
    for (let worker = 0; worker < this.memory.workers; worker++) sum += this.member.of(worker, what)
    return sum
  }
}
