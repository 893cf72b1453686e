/** What `portcullis replay` is given: a token or a file, of the kit or of an exploration. */
import { existsSync, readFileSync, statSync } from "node:fs"
import { Schema } from "effect"
import { decodeToken, Replay } from "../kit/token.ts"
import { isOfAdapter, replayCommand } from "../report/replay-command.ts"
import { type CounterexampleFile, counterexampleSchema } from "./counterexamples.ts"
import { protocolNamed } from "./protocols.ts"
import { type ScopeToken, scopeTokenForm, scopeTokenFrom } from "./scope-token.ts"
import { shown, UsageError } from "./usage-error.ts"

export type ReplayInput =
  | { readonly _tag: "Role"; readonly replay: Replay }
  | { readonly _tag: "Scope"; readonly token: ScopeToken }
  | { readonly _tag: "Counterexample"; readonly file: CounterexampleFile }

/** A file larger than this was not written by a check. */
const largest = 1 << 24

/** Reads a token or a file. Throws `UsageError` or `TokenError`, which say where it is wrong and what was expected. */
export const replayInput = (text: string): ReplayInput => {
  if (existsSync(text)) return fromFile(text)
  if (/^portcullis[0-9]/.test(text.trim())) return { _tag: "Role", replay: decodeToken(text) }
  if (isOfAdapter(text.trim()))
    throw new UsageError(`this token is about an adapter: ${replayCommand("regression1.…")}`)
  if (/^[\w-]+\/[^/]+\/[^/]+$/.test(text) && !/\.[a-z]+$/.test(text))
    return { _tag: "Scope", token: scopeTokenFrom(text) }
  throw new UsageError(
    `"${shown(text)}" is neither a file nor a token; a token is ${scopeTokenForm}, or begins with portcullis1.`
  )
}

const fromFile = (path: string): ReplayInput => {
  const text = contents(path)
  if (/^portcullis[0-9]/.test(text.trim())) return { _tag: "Role", replay: decodeToken(text) }
  const document = parsed(path, text)
  // What `replay --json` prints holds the counterexample among other things.
  const value = isObject(document) && "counterexample" in document ? document.counterexample : document
  return isObject(value) && "scope" in value
    ? { _tag: "Counterexample", file: asWritten(path, counterexampleSchema(protocolOf(path, value)), value) }
    : { _tag: "Role", replay: decoded(path, Replay, value) }
}

/** A counterexample is in the words of its protocol. */
const protocolOf = (path: string, value: object) =>
  protocolNamed(decoded(path, Schema.Struct({ protocol: Schema.String }), value).protocol)

const contents = (path: string): string => {
  try {
    const { size } = statSync(path)
    if (size > largest) throw new UsageError(`${path} has ${size} bytes, more than any file of a check`)
    return readFileSync(path, "utf8")
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(`cannot read ${path}: ${messageOf(error)}`)
  }
}

const parsed = (path: string, text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UsageError(`${path} holds neither a token nor JSON: ${oneLine(messageOf(error))}`)
  }
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null

const decoded = <A>(path: string, schema: Schema.Codec<A, unknown>, value: unknown): A => {
  try {
    return Schema.decodeUnknownSync(schema)(value)
  } catch (error) {
    throw new UsageError(`${path} is no replay: ${oneLine(messageOf(error))}`)
  }
}

/** The same without a field moved: decoding gives fields the order of the schema, and models know labels by their text. */
const asWritten = <A>(path: string, schema: Schema.Codec<A, unknown>, value: unknown): A => {
  const sound = decoded(path, schema, value)
  return Schema.is(schema)(value) ? value : sound
}

/** The message of whatever was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** A message of several lines as one. */
export const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, "; ")
