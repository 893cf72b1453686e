/** Interning: every distinct value once, as a small integer. */
import { Fault } from "./errors.ts"
import { PairNumbers } from "./pairs.ts"

/** What a value is known by: its JSON text, or, for a list, the number of its path. */
type Key = string | number

/** Distinct values by their JSON text. Exact: two values share a number only if their texts are equal. */
export class Interner {
  private readonly numbers = new Map<Key, number>()
  private readonly values: Array<unknown> = []
  /** Objects seen before. They are frozen, so their texts cannot change. */
  private readonly seen = new WeakMap<object, number>()
  /** Paths through the parts of lists, so that no text is written for a long list each time that a message joins it. */
  private readonly paths: Paths | undefined
  private shared: ((value: unknown) => number) | undefined
  private readonly whose: string

  constructor(whose: string, ofParts = false) {
    this.whose = whose
    this.paths = ofParts ? undefined : new Paths(new Interner(whose, true))
  }

  get size(): number {
    return this.values.length
  }

  /** The number of `value`, a new one if it was never seen. */
  number(value: unknown): number {
    if (typeof value !== "object" || value === null) return this.byKey(value)
    const seen = this.seen.get(value)
    if (seen !== undefined) return seen
    const number = this.byKey(value)
    if (!Array.isArray(value) && Object.isFrozen(value)) this.seen.set(value, number)
    return number
  }

  /** Gives a value, known to be new here, the next number. */
  add(value: unknown, key = this.key(value)): number {
    settle(value, this.whose)
    this.numbers.set(key, this.values.length)
    return this.values.push(value) - 1
  }

  /** The number of a value, if it has one. */
  known(value: unknown): number | undefined {
    return this.numbers.get(this.key(value))
  }

  /** From now on `number` decides about new values: it adds them here and wherever else they must be known. */
  sharedBy(number: (value: unknown) => number): void {
    this.shared = number
  }

  value(number: number): unknown {
    return this.values[number]
  }

  /** Equal exactly where JSON texts are. */
  private key(value: unknown): Key {
    const { paths } = this
    return paths !== undefined && isList(value) ? paths.of(value) : JSON.stringify(value)
  }

  private byKey(value: unknown): number {
    const key = this.key(value)
    return this.numbers.get(key) ?? (this.shared === undefined ? this.add(value, key) : this.shared(value))
  }
}

/** A list whose JSON text is made of those of its parts. */
const isList = (value: unknown): value is ReadonlyArray<unknown> => Array.isArray(value) && !("toJSON" in value)

/** Lists as paths: the number of a list's path is that of the path before its last part, followed by that part. */
class Paths {
  private readonly parts: Interner
  private readonly longer = new PairNumbers()
  /** Numbers of parts that are not objects, by what stands for them in the JSON text of a list. */
  private readonly plain = new Map<string, number>()

  constructor(parts: Interner) {
    this.parts = parts
  }

  /** The number of a list's path. That of the empty one is 0. */
  of(list: ReadonlyArray<unknown>): number {
    let path = 0
    for (let k = 0; k < list.length; k++) path = this.longer.number(path, this.part(list[k])) + 1
    return path
  }

  /** Even numbers are those of objects. */
  private part(part: unknown): number {
    if (typeof part === "object" && part !== null) return 2 * this.parts.number(part)
    const text = JSON.stringify(part) ?? "null"
    const known = this.plain.get(text)
    if (known !== undefined) return known
    this.plain.set(text, 2 * this.plain.size + 1)
    return 2 * this.plain.size - 1
  }
}

/**
 * Refuses what JSON text cannot tell apart, and freezes the rest.
 *
 * Rules share the values that they are given, so one that changes what it reads must fail at once.
 */
const settle = (value: unknown, whose: string): void => {
  if (value === null || typeof value === "string" || typeof value === "boolean") return
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new Fault(`${whose} has the value ${value}, which is not plain data`)
    return
  }
  if (typeof value !== "object" || value instanceof Map || value instanceof Set || ArrayBuffer.isView(value)) {
    const kind = typeof value === "object" ? value.constructor.name : typeof value
    throw new Fault(`${whose} has a value with a part of type ${kind}, which is not plain data`)
  }
  Object.freeze(value)
  for (const part of Object.values(value)) if (part !== undefined || Array.isArray(value)) settle(part, whose)
}
