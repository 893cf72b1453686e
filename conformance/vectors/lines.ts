/** Reading files of JSON lines that somebody else has written: whatever is wrong is told with its line and with what was expected. */
import { readFileSync } from "node:fs"
import { Result, type Schema } from "effect"
import { decodeUnknownResult } from "effect/Schema"
import { inOneLine } from "../protocol/read-frame.ts"
import type { RoleEntry } from "../remote/remote-role.ts"
import { schemaVersion, schemaVersionText } from "./vector.ts"

/** A file cannot be read as what it should be. The message names the file and the line, and says what was expected. */
export class BadLine extends Error {
  override readonly name = "BadLine"
}

/** One line that is of our version and about a role that is known here. */
export interface VersionedLine {
  readonly where: string
  readonly value: Readonly<Record<string, unknown>>
  readonly role: string
}

/** The lines of a file that are not empty. Throws `BadLine`. */
export const linesIn = (file: string, roles: ReadonlyArray<RoleEntry>): ReadonlyArray<VersionedLine> => {
  const lines = textIn(file)
    .split("\n")
    .map((line, at) => ({ line, where: `${file}:${at + 1}` }))
    .filter(({ line }) => line.trim() !== "")
  if (lines.length === 0) throw new BadLine(`${file} has no lines; one JSON object a line was expected`)
  return lines.map(({ line, where }) => versioned(line, where, roles))
}

const textIn = (file: string): string => {
  try {
    return readFileSync(file, "utf8")
  } catch (error) {
    throw new BadLine(`cannot read ${file}: ${error instanceof Error ? error.message : error}`)
  }
}

const versioned = (line: string, where: string, roles: ReadonlyArray<RoleEntry>): VersionedLine => {
  const value = objectIn(line, where)
  const version = /^([0-9]{1,4})\.([0-9]{1,4})$/.exec(String(value.schemaVersion))
  if (version === null)
    throw new BadLine(
      `${where}: a schemaVersion such as "${schemaVersionText}" was expected, not ${said(value.schemaVersion)}`
    )
  const [major, minor] = [Number(version[1]), Number(version[2])]
  if (major !== schemaVersion.major || minor > schemaVersion.minor)
    throw new BadLine(
      `${where}: it is of schema version ${major}.${minor}; ${schemaVersionText} is the newest that is known here`
    )
  const { name, hash } = Object(value.spec) as { readonly name?: unknown; readonly hash?: unknown }
  const entry = roles.find(({ role }) => role === name)
  if (entry === undefined) {
    const known = roles.map(({ role }) => role).join(", ")
    throw new BadLine(`${where}: a spec with the name of a role was expected, one of ${known}, not ${said(name)}`)
  }
  if (hash !== entry.spec.hash)
    throw new BadLine(
      `${where}: it is in other words of ${entry.role}: hash ${entry.spec.hash} was expected, not ${said(hash)}`
    )
  return { where, value, role: entry.role }
}

const objectIn = (line: string, where: string): Readonly<Record<string, unknown>> => {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (error) {
    throw new BadLine(`${where}: one JSON object a line was expected: ${inOneLine(error)}`)
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value }
  throw new BadLine(`${where}: one JSON object a line was expected, not ${said(value)}`)
}

/** A line as what a schema says. Throws `BadLine`. */
export const readLine = <A>(schema: Schema.Codec<A, unknown>): ((line: VersionedLine) => A) => {
  const decode = decodeUnknownResult(schema)
  return ({ value, where }) => {
    const read = decode(value)
    if (Result.isSuccess(read)) return read.success
    throw new BadLine(`${where}: ${inOneLine(read.failure)}`)
  }
}

const said = (value: unknown): string => (JSON.stringify(value) ?? "nothing").slice(0, 80)
