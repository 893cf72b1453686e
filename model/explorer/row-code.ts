/** Hashing and placing rows: the two loops that see every transition, written out for the width of the row. */

/** The loops for rows of one width. */
export interface RowCode {
  /** Hashes `count` rows. */
  readonly hash: (rows: Int32Array, count: number, hashes: Int32Array) => void
  /** Finds or stores `count` rows: `found[j]` becomes the state of row `j`. Returns the new number of states. */
  readonly place: (
    rows: Int32Array,
    count: number,
    hashes: Int32Array,
    table: Int32Array,
    stored: Int32Array,
    states: number,
    found: Int32Array
  ) => number
}

/**
 * An odd multiplier for each position. A hash is a sum of products, which the processor may compute side by side.
 *
 * The multipliers must look random: with any pattern in them, rows that differ in two cells have the same sum.
 */
const multiplier = (position: number): number => {
  let h = Math.imul(position + 1, 0x9e3779b9)
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad)
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97)
  return (h ^ (h >>> 15)) | 1
}

/** The loops for any width: what runs where generating code is not allowed. */
export const plainRowCode = (width: number): RowCode => {
  const multipliers = Int32Array.from({ length: width }, (_, k) => multiplier(k))
  return {
    hash: (rows, count, hashes) => {
      for (let j = 0, b = 0; j < count; j++, b += width) {
        let h = 0
        for (let k = 0; k < width; k++) h = (h + Math.imul(rows[b + k]!, multipliers[k]!)) | 0
        h = Math.imul(h ^ (h >>> 15), 0x85ebca6b)
        h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
        hashes[j] = h ^ (h >>> 16)
      }
    },
    place: (rows, count, hashes, table, stored, states, found) => {
      const mask = table.length - 1
      for (let j = 0, b = 0; j < count; j++, b += width) {
        const hash = hashes[j]!
        let at = (hash << 1) & mask
        let state = table[at]!
        while (state >= 0 && !(table[at + 1] === hash && sameRow(stored, state * width, rows, b, width))) {
          at = (at + 2) & mask
          state = table[at]!
        }
        if (state < 0) {
          table[at] = states
          table[at + 1] = hash
          for (let k = 0; k < width; k++) stored[states * width + k] = rows[b + k]!
          state = states++
        }
        found[j] = state
      }
      return states
    }
  }
}

const sameRow = (stored: Int32Array, s: number, rows: Int32Array, b: number, width: number): boolean => {
  for (let k = 0; k < width; k++) if (stored[s + k] !== rows[b + k]) return false
  return true
}

/**
 * The same loops with every row unrolled. Throws where generating code is not allowed.
 *
 * `place` looks into the table for the whole batch, then at the rows found there, and only then compares: so the cache
 * misses of different rows overlap.
 */
export const unrolledRowCode = (width: number): RowCode => {
  const each = (text: (k: number) => string, between: string): string =>
    Array.from({ length: width }, (_, k) => text(k)).join(between)
  const same = each((k) => `stored[s + ${k}] === rows[b + ${k}]`, " && ")
  const hash = `
    for (let j = 0, b = 0; j < count; j++, b += ${width}) {
      let h = 0
      ${each((k) => `h = (h + Math.imul(rows[b + ${k}], ${multiplier(k)})) | 0`, "\n")}
      h = Math.imul(h ^ (h >>> 15), 0x85ebca6b)
      h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
      hashes[j] = h ^ (h >>> 16)
    }`
  const place = `
    const mask = table.length - 1
    for (let j = 0; j < count; j++) {
      const at = (hashes[j] << 1) & mask
      found[j] = table[at + 1] === hashes[j] ? table[at] : -1
    }
    for (let j = 0, b = 0; j < count; j++, b += ${width}) {
      if (found[j] < 0) continue
      const s = found[j] * ${width}
      if (!(${same})) found[j] = -1
    }
    next: for (let j = 0, b = 0; j < count; j++, b += ${width}) {
      if (found[j] >= 0) continue
      const h = hashes[j]
      let at = (h << 1) & mask
      for (let state = table[at]; state >= 0; state = table[at]) {
        if (table[at + 1] === h) {
          const s = state * ${width}
          if (${same}) {
            found[j] = state
            continue next
          }
        }
        at = (at + 2) & mask
      }
      table[at] = states
      table[at + 1] = h
      const s = states * ${width}
      ${each((k) => `stored[s + ${k}] = rows[b + ${k}]`, "\n")}
      found[j] = states++
    }
    return states`
  return {
    hash: new Function("rows", "count", "hashes", hash) as RowCode["hash"],
    place: new Function("rows", "count", "hashes", "table", "stored", "states", "found", place) as RowCode["place"]
  }
}

const unrolled = new Map<number, RowCode>()

/** The fastest loops that are allowed here. */
export const rowCode = (width: number): RowCode => {
  const known = unrolled.get(width)
  if (known !== undefined) return known
  try {
    const made = unrolledRowCode(width)
    unrolled.set(width, made)
    return made
  } catch {
    return plainRowCode(width)
  }
}
