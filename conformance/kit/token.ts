/** A replay token: everything that is needed to see a divergence again, as one word to be pasted. */
import { crc32, deflateRawSync, inflateRawSync } from "node:zlib"
import { Schema } from "effect"
import type { Divergence } from "./divergence.ts"
import { type LockstepOptions, lockstep } from "./lockstep.ts"
import type { Stage } from "./stage.ts"
import { StepFinder } from "./steps.ts"
import { tokenWords } from "./token-words.ts"

/** What a token holds. A file with this as JSON serves as well. */
export const Replay = Schema.Struct({
  protocol: Schema.String,
  role: Schema.String,
  /** How the implementation was reached. */
  way: Schema.String,
  implementation: Schema.String,
  /** What the protocol needs to build the same system: variant, bounds, and the like. */
  setting: Schema.Unknown,
  /** What the environment chose, by name and not by index, so that it outlives changes in what else is possible. */
  steps: Schema.Array(Schema.Struct({ rule: Schema.String, choice: Schema.Unknown })),
  /** What was seen at the end. */
  expected: Schema.Array(Schema.String),
  actual: Schema.Array(Schema.String)
})
export type Replay = typeof Replay.Type

const version = 1
const dictionary = Buffer.from(tokenWords)
const prefix = (number: number): string => `portcullis${number}.`

/** A text that is no replay token, or not one that this kit can read. */
export class TokenError extends Error {
  override readonly name = "TokenError"
}

/** The token of a replay. Equal replays have equal tokens. */
export const encodeToken = (replay: Replay): string => {
  const packed = deflateRawSync(JSON.stringify(replay), { level: 9, dictionary })
  return `${prefix(version)}${packed.toString("base64url")}.${crc32(packed).toString(36)}`
}

/** The replay in a token. Throws `TokenError`, which says what is wrong with the text. */
export const decodeToken = (text: string): Replay => {
  const token = text.trim()
  const [, number, body, sum] = /^portcullis([0-9]+)\.([^.]*)\.?([^.]*)$/.exec(token) ?? []
  if (number === undefined || body === undefined)
    throw new TokenError(
      `this is no replay token: one begins with "${prefix(version)}", not with "${token.slice(0, 16)}"`
    )
  if (Number(number) !== version)
    throw new TokenError(
      `this token has version ${number}, but this kit reads version ${version}: replay it with its own kit`
    )
  const stranger = /[^A-Za-z0-9_-]/.exec(body)
  if (stranger !== null)
    throw new TokenError(
      `this token has "${stranger[0]}" at position ${token.indexOf(stranger[0])}, which no token has`
    )
  const packed = Buffer.from(body, "base64url")
  if (crc32(packed).toString(36) !== sum)
    throw new TokenError("this token was cut or changed on its way: its checksum does not fit")
  return unpacked(packed)
}

/** A token longer than this when unpacked was not made by a kit. */
const longest = 1 << 22

const unpacked = (packed: Buffer): Replay => {
  let json: unknown
  try {
    json = JSON.parse(inflateRawSync(packed, { maxOutputLength: longest, dictionary }).toString("utf8"))
  } catch {
    throw new TokenError("this token cannot be unpacked, though its checksum fits: no kit has made it")
  }
  try {
    return Schema.decodeUnknownSync(Replay)(json)
  } catch (error) {
    const what = error instanceof Error ? error.message.replace(/\s+/g, " ") : error
    throw new TokenError(`this token holds no replay: ${what}`)
  }
}

/** How a replay went. */
export type Replayed<L, O> =
  /** What was seen then is seen again. */
  | { readonly _tag: "Same"; readonly divergence: Divergence<L, O> }
  | { readonly _tag: "Otherwise"; readonly divergence: Divergence<L, O> }
  /** Implementation and model agree in every step. */
  | { readonly _tag: "Agreed" }
  /** The model does not allow this step any more. */
  | { readonly _tag: "Impossible"; readonly rule: string; readonly position: number }
  | { readonly _tag: "Trouble"; readonly error: unknown }

/** Runs the steps of a replay again, and tells whether the same divergence appears. */
export const replayOn = async <L, I, O, V>(
  stand: Stage<L, I, O, V>,
  replay: Replay,
  options: LockstepOptions = {}
): Promise<Replayed<L, O>> => {
  const result = await lockstep(stand, new StepFinder(stand.graph, stand.part), replay.steps, options)
  switch (result._tag) {
    case "Agreed":
      return { _tag: "Agreed" }
    case "Impossible":
      return { _tag: "Impossible", rule: result.step.rule, position: result.steps.length + 1 }
    case "Trouble":
      return { _tag: "Trouble", error: result.error }
    case "Diverged": {
      const { divergence } = result
      const { expected, actual } = divergence.told
      const seen = JSON.stringify([expected, actual])
      const same = seen === JSON.stringify([replay.expected, replay.actual])
      return { _tag: same ? "Same" : "Otherwise", divergence }
    }
  }
}
