/** Interning: every distinct value once, as a small integer. */
import { Fault } from "./errors.ts"

/** Distinct values by their JSON text. Exact: two values share a number only if their texts are equal. */
export class Interner {
  private readonly numbers = new Map<string, number>()
  private readonly values: Array<unknown> = []
  private readonly whose: string

  constructor(whose: string) {
    this.whose = whose
  }

  get size(): number {
    return this.values.length
  }

  /** The number of `value`, a new one if it was never seen. */
  number(value: unknown): number {
    const text = JSON.stringify(value)
    const known = this.numbers.get(text)
    if (known !== undefined) return known
    settle(value, this.whose)
    this.numbers.set(text, this.values.length)
    return this.values.push(value) - 1
  }

  value(number: number): unknown {
    return this.values[number]
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
