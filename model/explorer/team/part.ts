/** One worker's part of the table, and the numbering of what was claimed. */
import type { Visited } from "../visited.ts"
import { claimCode, mostCandidates, type Offer, scratch } from "./claim-code.ts"
import type { Pieces } from "./pieces.ts"
import { type SharedMemory, sharedArrays } from "./shared.ts"

/**
 * Storing takes three steps, with a meeting before the next: claim what is new among all candidates, give numbers to one's
 * own candidates that anyone claimed, and settle the slots of one's own claims.
 */
export class Part {
  private readonly me: number
  private readonly parts: number
  private readonly visited: Visited
  private readonly offers: ReadonlyArray<Offer>
  /** The claims of each worker: its candidates, and, once they are numbered, what belongs into their slots. */
  private readonly claimed: ReadonlyArray<Int32Array>
  private readonly mine = scratch()
  private readonly guess = scratch()
  /** Rows and slots of this worker's claims. */
  private keptRows = new Int32Array(0)
  private slots = new Int32Array(0)
  /** Claims of this worker whose slots do not have their numbers yet. */
  private unsettled = 0
  /** Numbers for this worker's candidates, and the pieces of which some are still to be given theirs. */
  private numbered = new Int32Array(0)
  private unnumbered: Pieces | undefined
  private taken = 0
  /** The number of the first state that is claimed. */
  private firstClaim = 0

  constructor(me: number, memory: SharedMemory, visited: Visited, offers: ReadonlyArray<Offer>) {
    const arrays = sharedArrays(memory)
    this.me = me
    this.parts = memory.workers
    this.visited = visited
    this.offers = offers
    this.claimed = offers.map((_, worker) => arrays.ints(`claimed ${worker}`, mostCandidates * memory.workers))
  }

  /** Fills its part of the table anew, from rows that all have their numbers. */
  index(): void {
    this.visited.indexPart(this.me)
    this.unsettled = 0
  }

  /** Claims what is new and belongs to its part, among the candidates of all workers in their order. */
  claim(pieces: Pieces): void {
    this.settle()
    const { visited, parts, me, offers } = this
    const { numbers, rows, count, layout } = visited
    const { taken } = pieces
    const slots = visited.table.length / parts
    const table = visited.table.subarray(me * slots, (me + 1) * slots)
    this.makeRoom(pieces.candidates)
    const claims = { candidates: this.claimed[me]!, rows: this.keptRows, slots: this.slots }
    const claim = claimCode(layout.words)
    let end = 0
    for (let piece = 0; piece < taken; piece++) {
      const [offer, from, to] = [offers[pieces.worker(piece)]!, pieces.from(piece), pieces.to(piece)]
      const before = end
      end = claim(offer, from, to, table, numbers, rows, count, me, parts, claims, end, this.mine, this.guess)
      pieces.setClaims(piece, me, end - before)
    }
    this.unsettled = end
    this.unnumbered = pieces
    this.taken = taken
    this.firstClaim = count
  }

  private makeRoom(candidates: number): void {
    const { words } = this.visited.layout
    if (this.slots.length < candidates) {
      this.slots = new Int32Array(candidates * 2)
      this.numbered = new Int32Array(candidates * 2)
    }
    if (this.keptRows.length < candidates * words) this.keptRows = new Int32Array(candidates * words * 2)
  }

  /** Numbers what was claimed among its own candidates, behind what was claimed in the pieces before, and stores it. */
  number(): void {
    const { unnumbered: pieces, claimed } = this
    if (pieces === undefined) return
    const from = claimed.map(() => 0)
    let state = this.firstClaim
    for (let piece = 0; piece < this.taken; piece++) {
      if (pieces.worker(piece) === this.me) this.numberPiece(pieces, piece, from, state)
      for (let owner = 0; owner < claimed.length; owner++) {
        from[owner]! += pieces.claims(piece, owner)
        state += pieces.claims(piece, owner)
      }
    }
    this.unnumbered = undefined
  }

  /** Numbers a piece, whose claims begin at `from` for each owner, with states from `first` on. */
  private numberPiece(pieces: Pieces, piece: number, from: ReadonlyArray<number>, first: number): void {
    const { visited, offers, numbered, claimed } = this
    for (const [owner, candidates] of claimed.entries()) {
      const end = from[owner]! + pieces.claims(piece, owner)
      for (let k = from[owner]!; k < end; k++) numbered[candidates[k]!] = 1
    }
    const { rows, parents } = offers[this.me]!
    const { words } = visited.layout
    const to = pieces.to(piece)
    let state = first
    for (let j = pieces.from(piece); j < to; j++) {
      if (numbered[j] === 0) continue
      for (let w = 0; w < words; w++) visited.rows[state * words + w] = rows[j * words + w]!
      visited.parents[state] = parents[j]!
      numbered[j] = ++state
    }
    for (const [owner, candidates] of claimed.entries()) {
      const end = from[owner]! + pieces.claims(piece, owner)
      for (let k = from[owner]!; k < end; k++) {
        const j = candidates[k]!
        candidates[k] = numbered[j]!
        numbered[j] = 0
      }
    }
  }

  /** Writes the numbers that were given to the rows it claimed into their slots. */
  settle(): void {
    const { visited, me, parts, slots } = this
    const base = (visited.table.length / parts) * me
    const { numbers, table } = visited
    const claimed = this.claimed[me]!
    for (let k = 0; k < this.unsettled; k++) {
      const at = base + slots[k]!
      table[at] = (table[at]! & ~numbers) | claimed[k]!
    }
    this.unsettled = 0
  }
}
