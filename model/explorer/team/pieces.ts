/** How a chunk is cut into pieces. Workers take one after the other, so that none waits long for the others. */
import type { Expansion } from "../expanding.ts"
import { type SharedMemory, sharedArrays, word } from "./shared.ts"

/** Pieces of a chunk for each worker, at most: few enough that what a chunk finds and claims stays in the cache. */
export const piecesEach = 16

/** Where in a piece's block things stand. How many claims each worker made among its candidates is behind that. */
const own = { worker: 0, from: 1, to: 2, claims: 3 } as const

/** The pieces of a chunk, in the order of their states. Those that were taken are the first ones. */
export class Pieces {
  private readonly blocks: Int32Array
  private readonly block: number
  private readonly control: Int32Array

  constructor(memory: SharedMemory, name: string) {
    this.block = own.claims + memory.workers
    this.blocks = sharedArrays(memory).ints(name, this.block * piecesEach * memory.workers)
    this.control = new Int32Array(memory.control)
  }

  /** How many there are, taken or not. */
  get count(): number {
    const { control } = this
    return Math.ceil((control[word.to]! - control[word.from]!) / control[word.piece]!)
  }

  /** How many have been taken. */
  get taken(): number {
    return Math.min(this.count, Atomics.load(this.control, word.taken))
  }

  /** How many candidates there are in all that were taken. */
  get candidates(): number {
    let sum = 0
    for (let piece = 0, { taken } = this; piece < taken; piece++) sum += this.to(piece) - this.from(piece)
    return sum
  }

  /** The next piece, for a worker that has so many candidates by now; nothing where all are taken. */
  take(worker: number, { count }: Expansion): number | undefined {
    const piece = Atomics.add(this.control, word.taken, 1)
    if (piece >= this.count) return undefined
    const at = this.block * piece
    this.blocks[at + own.worker] = worker
    this.blocks[at + own.from] = count
    this.blocks[at + own.to] = count
    return piece
  }

  /** The first state of a piece, or of what is behind the last one. */
  begin(piece: number): number {
    const { control } = this
    return Math.min(control[word.to]!, control[word.from]! + piece * control[word.piece]!)
  }

  /** Its worker has found all candidates of a piece. */
  done(piece: number, { count }: Expansion): void {
    this.blocks[this.block * piece + own.to] = count
  }

  /** Who took a piece. */
  worker(piece: number): number {
    return this.blocks[this.block * piece + own.worker]!
  }

  /** Where the candidates of a piece begin among those of its worker. */
  from(piece: number): number {
    return this.blocks[this.block * piece + own.from]!
  }

  /** Where they end. */
  to(piece: number): number {
    return this.blocks[this.block * piece + own.to]!
  }

  /** How many candidates of a piece an owner claimed. */
  claims(piece: number, owner: number): number {
    return this.blocks[this.block * piece + own.claims + owner]!
  }

  setClaims(piece: number, owner: number, claims: number): void {
    this.blocks[this.block * piece + own.claims + owner] = claims
  }
}

/** The pieces of even chunks and of odd ones: those of one chunk are still needed when the next one is expanded. */
export const bothPieces = (memory: SharedMemory): readonly [even: Pieces, odd: Pieces] => [
  new Pieces(memory, "even pieces"),
  new Pieces(memory, "odd pieces")
]

/** The pieces of the chunk that all work on. */
export const piecesNow = ([even, odd]: readonly [Pieces, Pieces], control: Int32Array): Pieces =>
  (control[word.chunk]! & 1) === 0 ? even : odd
