/** Checkpoints: what an exploration must remember to go on after a crash, as bytes that tell damage from truth. */

import { isView } from "../kernel/cell.ts"
import type { Rule, System } from "../kernel/system.ts"
import type { Layout } from "./layout.ts"

/** An exploration between two states. Tables are not kept: they are learnt again where they were learnt first. */
export interface Checkpoint {
  readonly layout: Layout
  readonly rows: Int32Array
  readonly parents: Int32Array
  readonly next: number
  readonly levelEnd: number
  readonly depth: number
  readonly deadEnds: number
  readonly firstDeadEnd: number | null
  readonly fired: ReadonlyArray<number>
  /** The values of every cell and memory, in the order of their numbers. */
  readonly values: ReadonlyArray<ReadonlyArray<unknown>>
  /** States at which something was learnt, and those at which a law had something to say first. */
  readonly learnt: ReadonlyArray<number>
  readonly heard: ReadonlyArray<number>
}

/** A checkpoint that cannot be used, and why. */
export class CheckpointRefused extends Error {
  override readonly name = "CheckpointRefused"
}

const magic = "portcullis checkpoint 1\n"

/** The checkpoint as bytes, in pieces so that large arrays are not copied: a head, the rows, the parents. */
export const encoded = (checkpoint: Checkpoint, identity: string): ReadonlyArray<Uint8Array> => {
  const { rows, parents, layout, ...rest } = checkpoint
  const plain = { words: layout.words, word: [...layout.word], shift: [...layout.shift], bits: [...layout.bits] }
  const body = JSON.stringify({ ...rest, layout: plain, rows: rows.length, parents: parents.length })
  const sums = [sumOf(codes(body)), sumOf(rows), sumOf(parents)]
  const head = `${magic}${identity}\n${sums.join(" ")}\n${body}\n`
  return [new TextEncoder().encode(head), bytesOf(rows), bytesOf(parents)]
}

/** The checkpoint in these bytes. Throws `CheckpointRefused` where they are damaged or belong to another system. */
export const decoded = (bytes: Uint8Array, identity: string): Checkpoint => {
  const { line, rest } = lines(bytes)
  if (`${line()}\n` !== magic) throw new CheckpointRefused("this is not a checkpoint of this version of portcullis")
  const found = line()
  const sums = line().split(" ").map(Number)
  const body = line()
  if (sumOf(codes(body)) !== sums[0])
    throw new CheckpointRefused("the checkpoint is damaged: its head does not match its checksum")
  if (found !== identity)
    throw new CheckpointRefused(`the checkpoint belongs to another system: it says ${found}, this is ${identity}`)
  const {
    layout,
    rows: rowsLength,
    parents: parentsLength,
    ...head
  } = JSON.parse(body) as Omit<Checkpoint, "rows" | "parents" | "layout"> & {
    readonly layout: Record<keyof Layout, never>
    readonly rows: number
    readonly parents: number
  }
  const data = rest()
  if (data.length !== (rowsLength + parentsLength) * 4)
    throw new CheckpointRefused("the checkpoint is damaged: it is cut short")
  const numbers = new Int32Array(new Uint8Array(data).buffer)
  const rows = numbers.subarray(0, rowsLength)
  const parents = numbers.subarray(rowsLength)
  if (sumOf(rows) !== sums[1] || sumOf(parents) !== sums[2])
    throw new CheckpointRefused("the checkpoint is damaged: its states do not match their checksum")
  const ints = (list: ReadonlyArray<number>): Int32Array => Int32Array.from(list)
  const { words, word, shift, bits } = layout
  return { ...head, layout: { words, word: ints(word), shift: ints(shift), bits: ints(bits) }, rows, parents }
}

/** What tells a system from others, as one line: its parts by name, and the text of its functions. */
export const identityOf = <L>({ name, cells, rules, laws, observables }: System<L>): string => {
  const reads = ({ reads }: Rule<L>): ReadonlyArray<unknown> =>
    reads.map((read) => (isView(read) ? [read.cell.name, read.name, `${read.of}`] : read.name))
  const parts = [
    cells.map((cell) => [cell.name, cell.init, `${cell.apply}`]),
    rules.map((rule) => [rule.name, rule.actor, rule.fair, reads(rule), `${rule.fire}`]),
    laws.map((law) => Object.entries(law).map(([key, part]) => [key, typeof part === "function" ? `${part}` : part])),
    Object.keys(observables)
  ]
  const text = codes(JSON.stringify(parts))
  return `${name} ${(sumOf(text) >>> 0).toString(16)}`
}

const codes = (text: string): Int32Array => Int32Array.from(text, (letter) => letter.codePointAt(0) ?? 0)

const bytesOf = (array: Int32Array): Uint8Array => new Uint8Array(array.buffer, array.byteOffset, array.byteLength)

/** Every step is one-to-one in the sum so far, so a single changed number never goes unnoticed. */
const sumOf = (numbers: Int32Array): number => {
  let sum = 0x9e3779b9 | 0
  for (let k = 0; k < numbers.length; k++) {
    sum = Math.imul(sum ^ numbers[k]!, 0x85ebca6b)
    sum ^= sum >>> 15
  }
  return sum
}

const lines = (bytes: Uint8Array) => {
  let at = 0
  return {
    line: (): string => {
      const end = bytes.indexOf(10, at)
      if (end < 0) throw new CheckpointRefused("the checkpoint is damaged: it is cut short")
      const text = new TextDecoder().decode(bytes.subarray(at, end))
      at = end + 1
      return text
    },
    rest: (): Uint8Array => bytes.subarray(at)
  }
}
