/** Packing rows anew: the loop that moves every row from one layout to another, written out for the two. */
import { type Layout, pack, unpack } from "./layout.ts"

/** Packs `count` rows anew into `into`, which may be `rows` itself. */
type Repack = (rows: Int32Array, count: number, into: Int32Array) => void

/** The same `count` rows in another layout. They may stay in the same array. */
export const repack = (from: Layout, rows: Int32Array, count: number, to: Layout, into: Int32Array): void =>
  repackCode(from, to)(rows, count, into)

const repackCode = (from: Layout, to: Layout): Repack => {
  try {
    return new Function("rows", "count", "into", repackText(from, to)) as Repack
  } catch (thrown) {
    if (!(thrown instanceof EvalError)) throw thrown
    return (rows, count, into) => plainRepack(from, rows, count, to, into)
  }
}

/** Rows that get longer are moved from the last one on, so that none is overwritten before it is read. */
const inOrder = (from: Layout, to: Layout): boolean => to.words <= from.words

const repackText = (from: Layout, to: Layout): string => {
  const read = Array.from({ length: from.words }, (_, w) => `const w${w} = rows[j * ${from.words} + ${w}]`)
  const written = Array.from({ length: to.words }, (_, w) => `into[j * ${to.words} + ${w}] = ${wordText(from, to, w)}`)
  return `
  for (${inOrder(from, to) ? "let j = 0; j < count; j++" : "let j = count - 1; j >= 0; j--"}) {
    ${read.join("\n    ")}
    ${written.join("\n    ")}
  }`
}

/** A word of the new row as an expression. */
const wordText = (from: Layout, to: Layout, w: number): string => {
  const parts = Array.from(to.word, (word, k) =>
    word === w && from.bits[k]! > 0
      ? `(w${from.word[k]} >>> ${from.shift[k]} & ${2 ** from.bits[k]! - 1}) << ${to.shift[k]}`
      : ""
  )
  return parts.filter((part) => part !== "").join(" | ") || "0"
}

/** What runs where generating code is not allowed. */
const plainRepack = (from: Layout, rows: Int32Array, count: number, to: Layout, into: Int32Array): void => {
  const row = new Int32Array(from.word.length)
  for (let k = 0; k < count; k++) {
    const j = inOrder(from, to) ? k : count - 1 - k
    unpack(from, rows, j * from.words, row)
    pack(to, row, into, j * to.words)
  }
}
