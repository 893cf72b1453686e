/** A value as one word that can be pasted: it survives a terminal, a mail and a shell, and whoever changes it is told so. */
import { crc32, deflateRawSync, inflateRawSync } from "node:zlib"
import { Schema } from "effect"
import { tokenWords } from "./token-words.ts"

/** What a word is about; it begins with this. */
type Kind = "portcullis" | "regression"

const version = 1
const dictionary = Buffer.from(tokenWords)
const prefix = (kind: Kind, number: number): string => `${kind}${number}.`

/** A text that is no replay token, or not one that this kit can read. */
export class TokenError extends Error {
  override readonly name = "TokenError"
}

/** The word of a value. Equal values have equal words. */
export const sealed = (kind: Kind, value: unknown): string => {
  const packed = deflateRawSync(JSON.stringify(value), { level: 9, dictionary })
  return `${prefix(kind, version)}${packed.toString("base64url")}.${crc32(packed).toString(36)}`
}

/** The value in a word. Throws `TokenError`, which says what is wrong with the text. */
export const opened = <A>(kind: Kind, schema: Schema.Codec<A, unknown>, text: string): A => {
  const token = text.trim()
  const [, number, body, sum] = new RegExp(`^${kind}([0-9]+)\\.([^.]*)\\.?([^.]*)$`).exec(token) ?? []
  if (number === undefined || body === undefined)
    throw new TokenError(
      `this is no replay token: one begins with "${prefix(kind, version)}", not with "${token.slice(0, 16)}"`
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
  return unpacked(schema, packed)
}

/** A token longer than this when unpacked was not made by a kit. */
const longest = 1 << 22

const unpacked = <A>(schema: Schema.Codec<A, unknown>, packed: Buffer): A => {
  let json: unknown
  try {
    json = JSON.parse(inflateRawSync(packed, { maxOutputLength: longest, dictionary }).toString("utf8"))
  } catch {
    throw new TokenError("this token cannot be unpacked, though its checksum fits: no kit has made it")
  }
  try {
    return Schema.decodeUnknownSync(schema)(json)
  } catch (error) {
    const what = error instanceof Error ? error.message.replace(/\s+/g, " ") : error
    throw new TokenError(`this token holds no replay: ${what}`)
  }
}
