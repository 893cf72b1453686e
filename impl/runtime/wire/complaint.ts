import type { Schema } from "effect"

/** The most of an outsider's mistake that is said back to it. */
const mostCharacters = 300

/** What a schema did not like, on one line and of bounded length. */
export function complaint(error: Schema.SchemaError): string {
  const line = error.message.replace(/\s+/g, " ")
  return line.length <= mostCharacters ? line : `${line.slice(0, mostCharacters)}...`
}
