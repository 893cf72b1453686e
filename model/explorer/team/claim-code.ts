/** Storing by parts: each worker finds or claims the rows of its own part of the table, among the candidates of all. */
import { partOf } from "../store-code.ts"

/** No worker has more candidates than this at once. */
export const mostCandidates = 1 << 18

/** Candidates that are looked up at once: enough for cache misses to overlap, few enough for what they touch to stay in the cache. */
const block = 2048

/** What one worker has found: rows, hashes and parents of its candidates. */
export interface Offer {
  rows: Int32Array
  readonly hashes: Int32Array
  readonly parents: Int32Array
}

/**
 * What one worker has claimed, in order: the candidate of each new state, its row, and its slot. Until states have their
 * numbers, a slot that was claimed has the place of its claim behind all states.
 */
export interface Claims {
  readonly candidates: Int32Array
  readonly rows: Int32Array
  readonly slots: Int32Array
}

/** Looks up candidates of one worker, those that belong to `part`, with `end` claims made before. Returns how many there are then. */
export type Claim = (
  offer: Offer,
  first: number,
  last: number,
  table: Int32Array,
  numbers: number,
  rows: Int32Array,
  states: number,
  part: number,
  parts: number,
  claims: Claims,
  end: number,
  mine: Int32Array,
  guess: Int32Array
) => number

const code = new Map<number, Claim>()

/** Where a worker remembers candidates of a block: what a claim is given last. */
export const scratch = (): Int32Array => new Int32Array(block)

/** The loop for rows of some number of words. */
export const claimCode = (words: number): Claim => {
  const known = code.get(words)
  if (known !== undefined) return known
  const made = new Function(
    "offer",
    "first",
    "last",
    "table",
    "numbers",
    "rows",
    "states",
    "part",
    "parts",
    "claims",
    "end",
    "mine",
    "guess",
    claimText(words)
  ) as Claim
  code.set(words, made)
  return made
}

const each = (words: number, text: (w: number) => string, between: string): string =>
  Array.from({ length: words }, (_, w) => text(w)).join(between)

/** As in one thread: slots first, then the rows found there, and one by one only what is then still open. */
const claimText = (words: number): string => `
  const came = offer.rows, hashes = offer.hashes
  const { candidates: claimed, rows: kept, slots } = claims
  const mask = table.length - 1
  for (let from = first; from < last; from += ${block}) {
    const to = Math.min(last, from + ${block})
    let many = 0
    for (let j = from; j < to; j++) {
      const hash = hashes[j]
      mine[many] = j
      many += ${partOf} === part ? 1 : 0
    }
    for (let k = 0; k < many; k++) {
      const hash = hashes[mine[k]], slot = table[hash & mask], number = slot & numbers
      guess[k] = ((slot ^ hash) & ~numbers) === 0 && number <= states ? number : 0
    }
    let open = 0
    for (let k = 0; k < many; k++) {
      const j = mine[k], g = guess[k], s = (g === 0 ? 0 : g - 1) * ${words}, b = j * ${words}
      mine[open] = j
      open += (${each(words, (w) => `(rows[s + ${w}] ^ came[b + ${w}])`, " | ")}) !== 0 ? 1 : 0
    }
    next: for (let k = 0; k < open; k++) {
      const j = mine[k], b = j * ${words}, hash = hashes[j], tag = hash & ~numbers
      let at = hash & mask
      for (let slot = table[at]; slot !== 0; slot = table[at]) {
        if ((slot & ~numbers) === tag) {
          const state = (slot & numbers) - 1
          const there = state < states ? rows : kept, s = (state < states ? state : state - states) * ${words}
          if (${each(words, (w) => `there[s + ${w}] === came[b + ${w}]`, " && ")}) continue next
        }
        at = (at + 1) & mask
      }
      table[at] = tag | (states + end + 1)
      ${each(words, (w) => `kept[end * ${words} + ${w}] = came[b + ${w}]`, "\n      ")}
      claimed[end] = j
      slots[end++] = at
    }
  }
  return end`
