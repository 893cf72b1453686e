/** Finding and storing packed rows: the loop that sees every transition, written out for the number of words. */

/** Rows on their way to the store, with the states that they were reached from. */
export interface Candidates {
  rows: Int32Array
  hashes: Int32Array
  parents: Int32Array
}

/** The loops for rows of some number of words. */
export interface StoreCode {
  /** The hash of the row at `at`. */
  readonly hash: (rows: Int32Array, at: number) => number
  /** Puts states `from` to before `to`, all different, into the table if they belong to part `part` of `parts`. */
  readonly index: (
    rows: Int32Array,
    from: number,
    to: number,
    table: Int32Array,
    numbers: number,
    part: number,
    parts: number
  ) => void
  /** Stores the candidates that are new, in order, after the first `states`. Returns the new number of states. */
  readonly place: (
    candidates: Candidates,
    count: number,
    table: Int32Array,
    rows: Int32Array,
    parents: Int32Array,
    states: number,
    guess: Int32Array
  ) => number
}

/**
 * Which part of the table a hash belongs to, as an expression. All bits have a say: were it some of those that say where in
 * the part, or of those that a slot keeps, parts of large tables would be filled unevenly, or slots would tell less apart.
 */
export const partOf = "((Math.imul(hash, 0x9e3779b1) >>> 16) * parts >>> 16)"

const multiplier = (position: number): number => {
  let h = Math.imul(position + 1, 0x9e3779b9)
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad)
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97)
  return (h ^ (h >>> 15)) | 1
}

/** Statements that hash words given as expressions into `hash`. Each word goes in by a one-to-one step: none is lost. */
export const hashText = (words: ReadonlyArray<string>): string => `
  hash = 0x9e3779b1 | 0
  ${words.map((word, k) => `hash = Math.imul(hash ^ ${word}, ${multiplier(k)}); hash ^= hash >>> 15`).join("\n  ")}
  hash = Math.imul(hash, 0x2c1b3c6d); hash ^= hash >>> 13`

const each = (words: number, text: (w: number) => string, between: string): string =>
  Array.from({ length: words }, (_, w) => text(w)).join(between)

/**
 * The text of the loops. A slot of the table is 0, or a state's number plus one with as much of the hash above it as fits;
 * `numbers` has the bits of the number. Where the table is whole, those are the bits that say where in the table.
 *
 * `place` looks into the table for the whole batch, then at the rows found there, and only then compares one by one: so
 * the cache misses of different rows overlap.
 */
export const storeText = (words: number) => ({
  hash: `let hash ${hashText(Array.from({ length: words }, (_, w) => `rows[at + ${w}]`))}
    return hash`,
  index: `
    const mask = table.length - 1
    for (let state = from, b = from * ${words}; state < to; state++, b += ${words}) {
      let hash ${hashText(Array.from({ length: words }, (_, w) => `rows[b + ${w}]`))}
      if (parts > 1 && ${partOf} !== part) continue
      let at = hash & mask
      while (table[at] !== 0) at = (at + 1) & mask
      table[at] = (hash & ~numbers) | (state + 1)
    }`,
  place: `
    const came = candidates.rows, hashes = candidates.hashes, from = candidates.parents
    const mask = table.length - 1
    for (let j = 0; j < count; j++) {
      const slot = table[hashes[j] & mask]
      guess[j] = ((slot ^ hashes[j]) & ~mask) === 0 ? slot & mask : 0
    }
    let open = 0
    for (let j = 0, b = 0; j < count; j++, b += ${words}) {
      const g = guess[j], s = (g === 0 ? 0 : g - 1) * ${words}
      guess[open] = j
      if (${each(words, (w) => `(rows[s + ${w}] ^ came[b + ${w}])`, " | ")}) open++
      else if (g === 0 && states === 0) open++
    }
    next: for (let k = 0; k < open; k++) {
      const j = guess[k], b = j * ${words}, hash = hashes[j], tag = hash & ~mask
      let at = hash & mask
      for (let slot = table[at]; slot !== 0; slot = table[at]) {
        if ((slot & ~mask) === tag) {
          const s = ((slot & mask) - 1) * ${words}
          if (${each(words, (w) => `rows[s + ${w}] === came[b + ${w}]`, " && ")}) continue next
        }
        at = (at + 1) & mask
      }
      table[at] = tag | (states + 1)
      const s = states * ${words}
      ${each(words, (w) => `rows[s + ${w}] = came[b + ${w}]`, "\n      ")}
      parents[states++] = from[j]
    }
    return states`
})

/** The loops as generated code. Throws where generating code is not allowed. */
export const writtenOut = (words: number): StoreCode => {
  const { hash, index, place } = storeText(words)
  return {
    hash: new Function("rows", "at", hash) as StoreCode["hash"],
    index: new Function("rows", "from", "to", "table", "numbers", "part", "parts", index) as StoreCode["index"],
    place: new Function(
      "candidates",
      "count",
      "table",
      "rows",
      "parents",
      "states",
      "guess",
      place
    ) as StoreCode["place"]
  }
}

/** The same for any number of words, without overlap of cache misses: what runs where generating code is not allowed. */
export const plainStoreCode = (words: number): StoreCode => {
  const multipliers = Array.from({ length: words }, (_, w) => multiplier(w))
  const hashOf = (rows: Int32Array, at: number): number => {
    let hash = 0x9e3779b1 | 0
    for (let w = 0; w < words; w++) {
      hash = Math.imul(hash ^ rows[at + w]!, multipliers[w]!)
      hash ^= hash >>> 15
    }
    hash = Math.imul(hash, 0x2c1b3c6d)
    return hash ^ (hash >>> 13)
  }
  const same = (one: Int32Array, a: number, other: Int32Array, b: number): boolean => {
    for (let w = 0; w < words; w++) if (one[a + w] !== other[b + w]) return false
    return true
  }
  return {
    hash: hashOf,
    index: (rows, from, to, table, numbers, part, parts) => {
      const mask = table.length - 1
      for (let state = from; state < to; state++) {
        const hash = hashOf(rows, state * words)
        if (parts > 1 && partIn(hash, parts) !== part) continue
        let at = hash & mask
        while (table[at] !== 0) at = (at + 1) & mask
        table[at] = (hash & ~numbers) | (state + 1)
      }
    },
    place: (candidates, count, table, rows, parents, states) => {
      const mask = table.length - 1
      next: for (let j = 0; j < count; j++) {
        const hash = candidates.hashes[j]!
        let at = hash & mask
        for (let slot = table[at]!; slot !== 0; slot = table[at]!) {
          const known = (slot & mask) - 1
          if (((slot ^ hash) & ~mask) === 0 && same(rows, known * words, candidates.rows, j * words)) continue next
          at = (at + 1) & mask
        }
        table[at] = (hash & ~mask) | (states + 1)
        for (let w = 0; w < words; w++) rows[states * words + w] = candidates.rows[j * words + w]!
        parents[states++] = candidates.parents[j]!
      }
      return states
    }
  }
}

/** Which of `parts` a hash belongs to. */
export const partIn = (hash: number, parts: number): number => ((Math.imul(hash, 0x9e3779b1) >>> 16) * parts) >>> 16

const written = new Map<number, StoreCode>()

/** The fastest loops that are allowed here. */
export const storeCode = (words: number): StoreCode => {
  const known = written.get(words)
  if (known !== undefined) return known
  try {
    const made = writtenOut(words)
    written.set(words, made)
    return made
  } catch {
    return plainStoreCode(words)
  }
}
