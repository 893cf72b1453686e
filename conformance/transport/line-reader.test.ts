// Goal: lines are the same however the bytes are cut, and no line costs more than the limit. Method: cut at random.
import fc from "fast-check"
import { expect, test } from "vitest"
import { LineReader } from "./line-reader.ts"

const read = (maxBytes: number, chunks: ReadonlyArray<Uint8Array>) => {
  const lines: Array<string> = []
  let tooLong: string | undefined
  let rest: string | undefined
  let isOver = false
  const notText: Array<string> = []
  const reader = new LineReader(maxBytes, {
    line: (text) => {
      if (isOver) rest = text
      else lines.push(text)
    },
    notText: (line) => notText.push(line),
    tooLong: (beginning) => {
      tooLong = beginning
    }
  })
  for (const chunk of chunks) reader.push(chunk)
  isOver = true
  reader.end()
  return { lines, tooLong, rest, ...(notText.length === 0 ? {} : { notText }) }
}

const bytes = (text: string): Uint8Array => Buffer.from(text, "utf8")

const cut = (all: Uint8Array, places: ReadonlyArray<number>): ReadonlyArray<Uint8Array> => {
  const ends = [...places.map((place) => place % (all.length + 1)), all.length].sort((one, other) => one - other)
  return ends.map((end, at) => all.subarray(at === 0 ? 0 : ends[at - 1], end))
}

test("kit: lines: they are the same however the bytes are cut", () => {
  const line = fc.string({ unit: "grapheme" }).map((text) => text.replace(/[\r\n]/g, ""))
  fc.assert(
    fc.property(fc.array(line), fc.array(fc.nat()), (lines, places) => {
      const chunks = cut(bytes(lines.map((text) => `${text}\n`).join("")), places)
      expect(read(1 << 20, chunks)).toEqual({ lines, tooLong: undefined, rest: undefined })
    }),
    { seed: 1 }
  )
})

const cases: ReadonlyArray<
  readonly [what: string, text: string, lines: ReadonlyArray<string>, rest: string | undefined]
> = [
  ["nothing", "", [], undefined],
  ["one empty line", "\n", [""], undefined],
  ["a line break of another system", "a\r\nb\r\n", ["a", "b"], undefined],
  ["a carriage return within a line", "a\rb\n", ["a\rb"], undefined],
  ["a zero byte", "a\0b\n", ["a\0b"], undefined],
  ["a mark of the byte order", "\ufeffa\n", ["\ufeffa"], undefined],
  ["a line separator that is none here", "a\u2028b\n", ["a\u2028b"], undefined],
  ["nothing but carriage returns", "\r\r\n", ["\r"], undefined],
  ["a line that is not ended", "a\nb", ["a"], "b"],
  ["a line as long as the limit", "12345678\n", ["12345678"], undefined],
  ["characters of several bytes", "äöü\n", ["äöü"], undefined]
]

test.each(cases)("kit: lines: %s", (_, text, lines, rest) => {
  expect(read(8, [bytes(text)])).toEqual({ lines, tooLong: undefined, rest })
})

const wrong: ReadonlyArray<readonly [what: string, bytes: ReadonlyArray<number>]> = [
  ["a byte that begins nothing", [0x80, 0x0a]],
  ["a character that is cut off", [0xe2, 0x82, 0x0a]],
  ["a character that is cut off at the end of all", [0x61, 0xe2, 0x82]],
  ["a zero in two bytes", [0xc0, 0x80, 0x0a]],
  ["half of a pair", [0xed, 0xa0, 0x80, 0x0a]],
  ["a character beyond the last", [0xf4, 0x90, 0x80, 0x80, 0x0a]],
  ["another encoding", [0xff, 0xfe, 0x7b, 0x00, 0x0a]]
]

test.each(wrong)("kit: lines: %s is no text, and is told as such", (_, bytes) => {
  const { lines, rest, notText } = read(8, [Uint8Array.from(bytes)])
  expect({ lines, rest }).toEqual({ lines: [], rest: undefined })
  expect(notText).toHaveLength(1)
})

const tooLong: ReadonlyArray<readonly [what: string, chunks: ReadonlyArray<string>, lines: ReadonlyArray<string>]> = [
  ["in one piece", ["123456789\n"], []],
  ["in two pieces", ["12345", "6789"], []],
  ["behind one that is not", ["1\n123456789\n2\n"], ["1"]],
  ["in characters of several bytes", ["äääää\n"], []]
]

test.each(tooLong)("kit: lines: a line that is too long %s is told, and nothing after it", (_, chunks, lines) => {
  const { lines: heard, tooLong, rest } = read(8, chunks.map(bytes))
  expect({ heard, rest }).toEqual({ heard: lines, rest: undefined })
  expect(tooLong).toBeDefined()
})

test("kit: lines: what is told of a line that is too long is its beginning, and it is short", () => {
  const pieces = Array.from({ length: 100 }, () => bytes("x".repeat(1_000)))
  expect(read(1_024, pieces).tooLong).toBe("x".repeat(200))
})
