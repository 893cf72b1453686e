/** A role's words as they stand in frames, both ways. */
import { Result, Schema } from "effect"
import type { Seen } from "../kit/role-under-test.ts"
import { isIgnored } from "../protocol/answers.ts"
import { inOneLine } from "../protocol/read-frame.ts"
import type { RemoteRole } from "./remote-role.ts"

/** Inputs are the same objects again and again, so each is encoded once. */
type Encoded = WeakMap<object, unknown>

/** What an adapter answered is not in the words of the role. */
export class NoSuchWord extends Error {
  override readonly name = "NoSuchWord"
}

export class WireWords<L, I, O, V> {
  /** Names that are asked for, of those that the adapter can observe. */
  readonly names: ReadonlyArray<string>
  private readonly encoded: Encoded = new WeakMap()
  private readonly encode: (input: I) => unknown
  private readonly decode: (output: unknown) => Result.Result<O, Error>
  private readonly shown: { readonly name: string; decode(value: unknown): Result.Result<V, Error> } | undefined

  constructor(role: RemoteRole<L, I, O, V>, observable: ReadonlyArray<string>) {
    this.encode = Schema.encodeSync(role.input)
    this.decode = Schema.decodeUnknownResult(role.output)
    if (role.shown !== undefined && observable.includes(role.shown.name))
      this.shown = { name: role.shown.name, decode: Schema.decodeUnknownResult(role.shown.value) }
    this.names = this.shown === undefined ? [] : [this.shown.name]
  }

  input(input: I): unknown {
    if (typeof input !== "object" || input === null) return this.encode(input)
    const known = this.encoded.get(input)
    if (known !== undefined) return known
    const encoded = this.encode(input)
    this.encoded.set(input, encoded)
    return encoded
  }

  /** How many inputs of a sequence fit into so many bytes. */
  fitting(inputs: ReadonlyArray<I>, bytes: number): number {
    let left = bytes
    const over = inputs.findIndex((input) => {
      left -= Buffer.byteLength(JSON.stringify(this.input(input))) + 1
      return left < 0
    })
    return over < 0 ? inputs.length : over
  }

  /** Throws `NoSuchWord`. */
  outputs(outputs: ReadonlyArray<unknown>): ReadonlyArray<O> {
    return outputs.map((output) => {
      const word = this.decode(output)
      if (Result.isSuccess(word)) return word.success
      throw new NoSuchWord(`${JSON.stringify(output)} is no output of the role: ${inOneLine(word.failure)}`)
    })
  }

  /** What is shown; nothing where nobody can see it. Throws `NoSuchWord`. */
  state(state: Readonly<Record<string, unknown>> | null | undefined): V | undefined {
    if (this.shown === undefined || state === undefined || state === null) return undefined
    const { name, decode } = this.shown
    if (!Object.hasOwn(state, name)) throw new NoSuchWord(`it was asked for ${name}, and tells nothing of it`)
    const value = state[name]
    if (isIgnored(value)) return undefined
    const word = decode(value)
    if (Result.isSuccess(word)) return word.success
    throw new NoSuchWord(`${JSON.stringify(value)} is no ${name}: ${inOneLine(word.failure)}`)
  }
}

/** Outputs of the role, with its death behind them if it died. */
export const seenOf = <O>(
  outputs: ReadonlyArray<O>,
  crash: { readonly why: string | null } | undefined
): ReadonlyArray<Seen<O>> => (crash === undefined ? outputs : [...outputs, { _tag: "Died", why: crash.why }])
