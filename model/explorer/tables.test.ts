import fc from "fast-check"
import { describe, expect, it, vi } from "vitest"
import { twoPhaseCommit } from "../examples/two-phase-commit.ts"
import { explore } from "./explore.ts"
import { Interner } from "./intern.ts"
import { hasRoom, layoutFor, pack, unpack } from "./layout.ts"
import { absent, Numbers, PairNumbers, Pairs } from "./pairs.ts"
import { plainStoreCode, type StoreCode, storeCode, writtenOut } from "./store-code.ts"
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

  it("tells apart what JSON text tells apart, in lists and records of any depth, and nothing else", () => {
    const values = [
      {},
      [],
      { a: 1 },
      { a: "1" },
      { a: [1] },
      { a: { b: 1 } },
      { a: [{ b: 1 }] },
      { a: 1, b: 2 },
      { b: 2, a: 1 },
      [{ a: 1 }],
      ["a", 1],
      [["a", 1]],
      [null],
      { a: null },
      { a: undefined, b: 2 },
      { b: 2 },
      { a: [] },
      { a: {} },
      "{",
      ["{"],
      ["{0"],
      [{}],
      [{}, {}],
      [[], {}]
    ]
    const interner = new Interner("anything")
    const again = () => values.map((value) => interner.number(structuredClone(value)))
    const first = again()
    expect(again()).toEqual(first)
    const texts = values.map((value) => JSON.stringify(value))
    for (const [k, one] of first.entries())
      for (const [j, other] of first.entries()) expect([k, j, one === other]).toEqual([k, j, texts[k] === texts[j]])
  })

  it("freezes what it keeps, to the bottom", () => {
    const value = { list: [{ a: 1 }] }
    new Interner("sample").number(value)
    expect(() => Object.assign(value.list[0]!, { a: 2 })).toThrow(TypeError)
  })
})

/** Stores packed rows in two batches with one kind of code. */
const stored = (code: StoreCode, width: number, rows: ReadonlyArray<ReadonlyArray<number>>) => {
  const table = new Int32Array(1 << 10)
  const kept = new Int32Array(width * rows.length)
  const from = new Int32Array(rows.length)
  const seen: Array<number> = []
  let states = 0
  for (const [batch, some] of [rows.slice(0, rows.length / 2), rows.slice(rows.length / 2)].entries()) {
    const flat = Int32Array.from(some.flat())
    const hashes = Int32Array.from(some, (_, j) => code.hash(flat, j * width))
    const candidates = { rows: flat, hashes, parents: new Int32Array(some.length).fill(batch) }
    states = code.place(candidates, some.length, table, kept, from, states, new Int32Array(some.length))
    seen.push(...hashes)
  }
  return { states, kept: [...kept], from: [...from], seen, table: [...table] }
}

const anyRows = fc
  .integer({ min: 1, max: 9 })
  .chain((width) =>
    fc.tuple(
      fc.constant(width),
      fc.array(fc.array(fc.nat(3), { minLength: width, maxLength: width }), { maxLength: 200 })
    )
  )

/** A store with these rows, a few at a time, that is packed anew whenever a number has no room. */
const storeOf = (width: number, rows: ReadonlyArray<ReadonlyArray<number>>): Visited => {
  const sizes = new Array<number>(width).fill(1)
  const visited = new Visited(sizes)
  visited.addFirst(new Int32Array(width))
  for (let from = 0; from < rows.length; from += 7) {
    const some = rows.slice(from, from + 7)
    for (const row of some) for (const [k, number] of row.entries()) sizes[k] = Math.max(sizes[k]!, number + 1)
    if (!visited.fits(sizes)) visited.widen(sizes)
    const { words } = visited.layout
    const packed = new Int32Array(words * some.length)
    for (const [j, row] of some.entries()) pack(visited.layout, Int32Array.from(row), packed, j * words)
    const hashes = Int32Array.from(some, (_, j) => storeCode(words).hash(packed, j * words))
    visited.place({ rows: packed, hashes, parents: new Int32Array(some.length).fill(from) }, some.length)
  }
  return visited
}

describe("state store", () => {
  it("code written out does what plain code does", () => {
    fc.assert(
      fc.property(anyRows, ([width, rows]) => {
        expect(stored(writtenOut(width), width, rows)).toEqual(stored(plainStoreCode(width), width, rows))
      })
    )
  })

  it("gives equal rows one state and different rows different ones, in order of appearance, however wide they grow", () => {
    const anyNumbers = fc.array(fc.tuple(number, number, fc.nat(3), number), { maxLength: 100 })
    fc.assert(
      fc.property(anyNumbers, (rows) => {
        const visited = storeOf(4, rows)
        const known = new Map([["0,0,0,0", 0]])
        for (const row of rows) if (!known.has(row.join())) known.set(row.join(), known.size)
        expect(visited.count).toBe(known.size)
        const row = new Int32Array(4)
        for (const [text, state] of known) {
          visited.read(state, row)
          expect(row.join()).toBe(text)
          expect([0, 1, 2, 3].map((position) => visited.at(state, position))).toEqual([...row])
          expect(visited.find(row)).toBe(state)
        }
        expect(visited.find(Int32Array.of(1 << 20, 1, 1, 1))).toBe(absent)
      })
    )
  })

  it("keeps rows apart whose hashes are equal", () => {
    const rows = Int32Array.of(1, 2, 3, 4, 1, 2)
    for (const { place } of [plainStoreCode(2), writtenOut(2)]) {
      const candidates = { rows, hashes: Int32Array.of(9, 9, 9), parents: Int32Array.of(5, 6, 7) }
      const parents = new Int32Array(3)
      expect(place(candidates, 3, new Int32Array(64), new Int32Array(64), parents, 0, new Int32Array(3))).toBe(2)
      expect([...parents]).toEqual([5, 6, 0])
    }
  })

  it("keeps hundreds of thousands of states through all its growing", () => {
    const rows = Array.from({ length: 150_000 }, (_, n) => [n % 70, Math.floor(n / 70), 5])
    const visited = storeOf(3, [...rows, ...rows])
    expect(visited.count).toBe(150_001)
    expect(visited.find(Int32Array.of(30, 1_000, 5))).toBe(70_031)
    expect(visited.parents[70_031]).toBe(70_028)
  })

  it("uses plain code where generating code is not allowed", () => {
    withoutGenerating(() => {
      expect(stored(storeCode(77), 77, [])).toEqual(stored(plainStoreCode(77), 77, []))
      const plain = explore(twoPhaseCommit(3))
      vi.unstubAllGlobals()
      expect(plain).toEqual(explore(twoPhaseCommit(3)))
    })
  })
})

const withoutGenerating = (run: () => void): void => {
  vi.stubGlobal(
    "Function",
    class {
      constructor() {
        throw new EvalError("not allowed")
      }
    }
  )
  try {
    run()
  } finally {
    vi.unstubAllGlobals()
  }
}

describe("layout", () => {
  it("gives every number the room it needs in as few words as first fit finds, and what is spare to spare", () => {
    expect(layoutFor([1, 2, 3, 1 << 20]).words).toBe(1)
    expect(layoutFor([1 << 16, 1 << 16]).words).toBe(2)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1 << 20 }), { minLength: 1, maxLength: 20 }), (sizes) => {
        const layout = layoutFor(sizes)
        expect(hasRoom(layout, sizes)).toBe(true)
        const row = Int32Array.from(sizes, (size) => size - 1)
        const packed = new Int32Array(layout.words)
        const back = new Int32Array(sizes.length)
        pack(layout, row, packed, 0)
        unpack(layout, packed, 0, back)
        expect([...back]).toEqual([...row])
        expect(Math.min(...packed)).toBeGreaterThanOrEqual(0)
      })
    )
  })
})
