/** Interning: every distinct value once, as a small integer. */
import { Fault } from "./errors.ts"

/** Distinct values by their JSON text. Exact: two values share a number only if their texts are equal. */
export class Interner {
  private readonly numbers = new Map<string, number>()
  private readonly values: Array<unknown> = []
  /** Objects seen before. They are frozen, so their texts cannot change. */
  private readonly seen = new WeakMap<object, number>()
  /** The parts of lists, so that the text of a long list is not written again for each message that joins it. */
  private readonly parts: Interner | undefined
  private shared: ((value: unknown) => number) | undefined
  private readonly whose: string

  constructor(whose: string, ofParts = false) {
    this.whose = whose
    this.parts = ofParts ? undefined : new Interner(whose, true)
  }

  get size(): number {
    return this.values.length
  }

  /** The number of `value`, a new one if it was never seen. */
  number(value: unknown): number {
    if (typeof value !== "object" || value === null) return this.byText(value)
    const seen = this.seen.get(value)
    if (seen !== undefined) return seen
    const number = this.byText(value)
    if (Object.isFrozen(value)) this.seen.set(value, number)
    return number
  }

  /** Gives a value, known to be new here, the next number. */
  add(value: unknown, text = this.text(value)): number {
    settle(value, this.whose)
    this.numbers.set(text, this.values.length)
    return this.values.push(value) - 1
  }

  /** The number of a value, if it has one. */
  known(value: unknown): number | undefined {
    return this.numbers.get(this.text(value))
  }

  /** From now on `number` decides about new values: it adds them here and wherever else they must be known. */
  sharedBy(number: (value: unknown) => number): void {
    this.shared = number
  }

  value(number: number): unknown {
    return this.values[number]
  }

  /** JSON text, or, for a list, its parts with a number in place of each object: equal exactly where JSON texts are. */
  private text(value: unknown): string {
    const { parts } = this
    if (typeof value !== "object" || value === null) return JSON.stringify(value)
    if (parts === undefined || !Array.isArray(value) || "toJSON" in value) return JSON.stringify(value)
    return `[${Array.from(value, (part) => this.partText(part, parts)).join()}`
  }

  private partText(part: unknown, parts: Interner): string {
    return typeof part === "object" && part !== null ? `#${parts.number(part)}` : (JSON.stringify(part) ?? "null")
  }

  private byText(value: unknown): number {
    const text = this.text(value)
    return this.numbers.get(text) ?? (this.shared === undefined ? this.add(value, text) : this.shared(value))
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
