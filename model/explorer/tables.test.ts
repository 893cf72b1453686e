import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Batch } from "./batch.ts"
import { Interner } from "./intern.ts"
import { absent, Numbers, PairNumbers, Pairs } from "./pairs.ts"
import { plainRowCode, type RowCode, rowCode, unrolledRowCode } from "./row-code.ts"
import { Visited } from "./visited.ts"

/** Numbers that are mostly small, as in an exploration, and sometimes not. */
const number = fc.oneof(fc.nat(20), fc.nat(2_000), fc.nat(1 << 20))

describe("pairs", () => {
  it("behave like a map, dense or hashed", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number, fc.integer({ max: 1_000 }))), (entries) => {
        const pairs = new Pairs()
        const map = new Map<string, number>()
        for (const [a, b, drawn] of entries) {
          const value = drawn === absent ? 0 : drawn
          expect(pairs.get(a, b)).toBe(map.get(`${a} ${b}`) ?? absent)
          pairs.set(a, b, value)
          map.set(`${a} ${b}`, value)
        }
        for (const [a, b] of entries) expect(pairs.get(a, b)).toBe(map.get(`${a} ${b}`))
      })
    )
  })

  it("survive growing from dense to hashed and back", () => {
    const pairs = new Pairs()
    pairs.set(5, 70_000, 1)
    for (let a = 0; a < 600; a++) for (let b = 0; b < 600; b++) pairs.set(a, b, a * b)
    expect(pairs.get(5, 70_000)).toBe(1)
    let wrong = 0
    for (let a = 0; a < 600; a++) for (let b = 0; b < 600; b++) if (pairs.get(a, b) !== a * b) wrong++
    expect(wrong).toBe(0)
    expect(pairs.get(600, 1)).toBe(absent)
  })

  it("are numbered in order of appearance", () => {
    const numbers = new PairNumbers()
    expect([numbers.number(4, 2), numbers.number(2, 4), numbers.number(4, 2)]).toEqual([0, 1, 0])
  })

  it("numbers grow with their keys", () => {
    const numbers = new Numbers()
    numbers.set(1_000, 7)
    expect([numbers.get(1_000), numbers.get(999), numbers.get(5_000)]).toEqual([7, absent, absent])
  })
})

describe("interner", () => {
  it("numbers values by their JSON text", () => {
    const interner = new Interner("sample")
    const numbers = [{ a: 1 }, [1], { a: 1 }, "1", 1, [1]].map((value) => interner.number(value))
    expect(numbers).toEqual([0, 1, 0, 2, 3, 1])
    expect(interner.value(0)).toEqual({ a: 1 })
    expect(interner.size).toBe(4)
  })

  it("freezes what it keeps, to the bottom", () => {
    const value = { list: [{ a: 1 }] }
    new Interner("sample").number(value)
    expect(() => Object.assign(value.list[0]!, { a: 2 })).toThrow(TypeError)
  })
})

/** Stores rows in two batches with one kind of code. */
const stored = (code: RowCode, width: number, rows: ReadonlyArray<ReadonlyArray<number>>) => {
  const table = new Int32Array(1 << 10).fill(absent)
  const kept = new Int32Array(width * rows.length)
  const found: Array<number> = []
  const hashes: Array<number> = []
  let states = 0
  for (const batch of [rows.slice(0, rows.length / 2), rows.slice(rows.length / 2)]) {
    const batchHashes = new Int32Array(batch.length)
    const batchFound = new Int32Array(batch.length)
    const flat = Int32Array.from(batch.flat())
    code.hash(flat, batch.length, batchHashes)
    states = code.place(flat, batch.length, batchHashes, table, kept, states, batchFound)
    found.push(...batchFound)
    hashes.push(...batchHashes)
  }
  return { found, hashes, states, kept: [...kept] }
}

const anyRows = fc
  .integer({ min: 1, max: 9 })
  .chain((width) =>
    fc.tuple(
      fc.constant(width),
      fc.array(fc.array(fc.nat(3), { minLength: width, maxLength: width }), { maxLength: 200 })
    )
  )

describe("state store", () => {
  it("unrolled code does what plain code does", () => {
    fc.assert(
      fc.property(anyRows, ([width, rows]) => {
        expect(stored(unrolledRowCode(width), width, rows)).toEqual(stored(plainRowCode(width), width, rows))
      })
    )
  })

  it("gives equal rows one state and different rows different ones, in order of appearance", () => {
    fc.assert(
      fc.property(anyRows, ([width, rows]) => {
        const visited = new Visited(width)
        const known = new Map<string, number>()
        for (let from = 0; from < rows.length; from += 7) {
          const batch = new Batch(width, 2)
          const some = rows.slice(from, from + 7)
          for (const row of some) {
            const at = batch.next()
            batch.rows.set(row, at)
            batch.push(0, 0, 0)
          }
          visited.add(batch)
          for (const [j, row] of some.entries()) {
            if (!known.has(row.join())) known.set(row.join(), known.size)
            expect(visited.states[j]).toBe(known.get(row.join()))
          }
        }
        expect(visited.count).toBe(known.size)
      })
    )
  })

  it("keeps rows apart whose hashes are equal", () => {
    const code = plainRowCode(2)
    const table = new Int32Array(64).fill(absent)
    const found = new Int32Array(3)
    const rows = Int32Array.of(1, 2, 3, 4, 1, 2)
    for (const { place } of [code, unrolledRowCode(2)]) {
      table.fill(absent)
      expect(place(rows, 3, Int32Array.of(9, 9, 9), table, new Int32Array(64), 0, found)).toBe(2)
      expect([...found]).toEqual([0, 1, 0])
    }
  })

  it("keeps hundreds of thousands of states through all its growing", () => {
    const visited = new Visited(3)
    for (let round = 0; round < 2; round++) {
      for (let n = 0; n < 300_000; n += 1_000) {
        const batch = new Batch(3, 1_000)
        for (let k = n; k < n + 1_000; k++) {
          batch.rows.set([k % 70, Math.floor(k / 70), 5], batch.next())
          batch.push(n, 0, 0)
        }
        visited.add(batch)
        expect(visited.states[999]).toBe(n + 999)
      }
    }
    expect(visited.count).toBe(300_000)
    expect(visited.parents[150_500]).toBe(150_000)
  })

  it("uses plain code where generating code is not allowed", () => {
    const real = globalThis.Function
    globalThis.Function = class {
      constructor() {
        throw new EvalError("not allowed")
      }
    } as unknown as FunctionConstructor
    try {
      const code = rowCode(77)
      expect(stored(code, 77, [])).toEqual(stored(plainRowCode(77), 77, []))
    } finally {
      globalThis.Function = real
    }
  })
})
