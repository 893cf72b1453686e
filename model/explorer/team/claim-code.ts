/** Storing by parts: each worker finds or claims the rows of its own part of the table, among the candidates of all. */
import { partOf } from "../store-code.ts"

/** No worker has more candidates than this at once. */
export const mostCandidates = 1 << 18

/** What one worker has found. Rows, hashes and parents of its candidates. */
export interface Offer {
  readonly rows: Int32Array
  readonly hashes: Int32Array
  readonly parents: Int32Array
  /** For each candidate, 1 where it is new, and then its state. */
  readonly fresh: Int32Array
}

/**
 * Looks up every candidate that belongs to `part`. One that is new gets a slot and, for now, a number beyond all states:
 * `states`, plus the number of its worker times `mostCandidates`, plus its own. `claimed` is told its worker, its own
 * number and its slot. Returns three times how many are new.
 */
export type Claim = (
  offers: ReadonlyArray<Offer>,
  counts: ReadonlyArray<number>,
  table: Int32Array,
  numbers: number,
  rows: Int32Array,
  states: number,
  part: number,
  parts: number,
  claimed: Int32Array,
  scratch: Int32Array
) => number

const code = new Map<number, Claim>()

/** The loop for rows of some number of words. */
export const claimCode = (words: number): Claim => {
  const known = code.get(words)
  if (known !== undefined) return known
  const made = new Function(
    "offers",
    "counts",
    "table",
    "numbers",
    "rows",
    "states",
    "part",
    "parts",
    "claimed",
    "scratch",
    claimText(words)
  ) as Claim
  code.set(words, made)
  return made
}

const each = (words: number, text: (w: number) => string, between: string): string =>
  Array.from({ length: words }, (_, w) => text(w)).join(between)

/** As in one thread: slots first, then the rows found there, and one by one only what is then still open. */
const claimText = (words: number): string => `
  const mask = table.length - 1
  let end = 0
  for (let v = 0; v < offers.length; v++) {
    const { rows: came, hashes, fresh } = offers[v], count = counts[v]
    let mine = 0
    for (let j = 0; j < count; j++) {
      const hash = hashes[j]
      scratch[mine] = j
      mine += ${partOf} === part ? 1 : 0
    }
    for (let k = 0; k < mine; k++) {
      const j = scratch[k], slot = table[hashes[j] & mask], number = slot & numbers
      fresh[j] = ((slot ^ hashes[j]) & ~numbers) === 0 && number <= states ? number : 0
    }
    let open = 0
    for (let k = 0; k < mine; k++) {
      const j = scratch[k], g = fresh[j], s = (g === 0 ? 0 : g - 1) * ${words}, b = j * ${words}
      fresh[j] = 0
      scratch[open] = j
      open += (${each(words, (w) => `(rows[s + ${w}] ^ came[b + ${w}])`, " | ")}) !== 0 ? 1 : 0
    }
    next: for (let k = 0; k < open; k++) {
      const j = scratch[k], b = j * ${words}, hash = hashes[j], tag = hash & ~numbers
      let at = hash & mask
      for (let slot = table[at]; slot !== 0; slot = table[at]) {
        if ((slot & ~numbers) === tag) {
          const state = (slot & numbers) - 1
          let there = rows, s = state * ${words}
          if (state >= states) {
            there = offers[(state - states) / ${mostCandidates} | 0].rows
            s = (state - states) % ${mostCandidates} * ${words}
          }
          if (${each(words, (w) => `there[s + ${w}] === came[b + ${w}]`, " && ")}) continue next
        }
        at = (at + 1) & mask
      }
      table[at] = tag | (states + v * ${mostCandidates} + j + 1)
      fresh[j] = 1
      claimed[end] = v; claimed[end + 1] = j; claimed[end + 2] = at
      end += 3
    }
  }
  return end`
