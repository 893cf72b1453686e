/** Interning: every distinct value once, as a small integer. */
import { Fault } from "./errors.ts"
import { PairNumbers } from "./pairs.ts"

/** What a value is known by: its JSON text, or, for a list or a record, the number of its path. */
type Key = string | number

/** Distinct values by their JSON text. Exact: two values share a number only if their texts are equal. */
export class Interner {
  private readonly numbers = new Map<Key, number>()
  private readonly values: Array<unknown> = []
  /** Objects seen before. They are frozen, so their texts cannot change. */
  private readonly seen = new WeakMap<object, number>()
  private readonly paths = new Paths()
  private shared: ((value: unknown) => number) | undefined
  private readonly whose: string

  constructor(whose: string) {
    this.whose = whose
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
    return isMade(value) ? this.paths.of(value) : JSON.stringify(value)
  }

  private byKey(value: unknown): number {
    const key = this.key(value)
    return this.numbers.get(key) ?? (this.shared === undefined ? this.add(value, key) : this.shared(value))
  }
}

/** A list or a record whose JSON text is made of those of its parts. */
const isMade = (value: unknown): value is object => typeof value === "object" && value !== null && !("toJSON" in value)

/** What the path of a record of some shape begins with, which is no JSON text. */
const record = "{"

/** Whether a field is part of a record's JSON text. */
const isSaid = (field: unknown): boolean =>
  field !== undefined && typeof field !== "function" && typeof field !== "symbol"

/**
 * Lists and records as paths: the number of a list's path is that of the path before its last part, followed by that part.
 *
 * So no text is written for a long list each time that a message joins it, nor for a large record of which little changed.
 */
class Paths {
  private readonly longer = new PairNumbers()
  /** Numbers of what is not a list or record, by its JSON text. */
  private readonly plain = new Map<string, number>()
  /** Names of fields as numbers, and sequences of names as paths of their own: records of one shape share them. */
  private readonly names = new Map<string, number>()
  private readonly shapes = new PairNumbers()
  /** What a record's path begins with, for each shape. */
  private readonly beginnings: Array<number> = []
  /** Paths of parts seen before, which are frozen. */
  private readonly seen = new WeakMap<object, number>()

  /** The number of the path of a list or record. That of the empty list is 0. */
  of(value: object): number {
    return Array.isArray(value) ? this.ofList(value) : this.ofRecord(value as Readonly<Record<string, unknown>>)
  }

  private ofList(list: ReadonlyArray<unknown>): number {
    let path = 0
    for (let k = 0; k < list.length; k++) path = this.longer.number(path, this.part(list[k])) + 1
    return path
  }

  private ofRecord(fields: Readonly<Record<string, unknown>>): number {
    const names = Object.keys(fields)
    let shape = 0
    for (const name of names) if (isSaid(fields[name])) shape = this.shapes.number(shape, this.name(name)) + 1
    let path = this.beginning(shape)
    for (const name of names) {
      const field = fields[name]
      if (isSaid(field)) path = this.longer.number(path, this.part(field)) + 1
    }
    return path
  }

  private beginning(shape: number): number {
    const known = this.beginnings[shape]
    if (known !== undefined) return known
    const path = this.longer.number(0, this.text(`${record}${shape}`)) + 1
    this.beginnings[shape] = path
    return path
  }

  /** Even numbers are those of lists and records. */
  private part(part: unknown): number {
    if (!isMade(part)) return this.text(JSON.stringify(part) ?? "null")
    const seen = this.seen.get(part)
    if (seen !== undefined) return seen
    const number = 2 * this.of(part)
    if (Object.isFrozen(part)) this.seen.set(part, number)
    return number
  }

  private name(name: string): number {
    const known = this.names.get(name)
    if (known !== undefined) return known
    this.names.set(name, this.names.size)
    return this.names.size - 1
  }

  private text(text: string): number {
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
