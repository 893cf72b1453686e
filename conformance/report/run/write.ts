/** A run as text: one JSON object a line, which a terminal may be shown without harm. */
import { linesOf, type Run } from "./run.ts"

/** Whatever moves a cursor, turns the reading direction around or cannot be seen. JSON has another way to write it. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu

/** A value as JSON on one line in which every character can be seen. The value is the same when it is read again. */
export const jsonLine = (value: unknown): string =>
  JSON.stringify(value).replace(unseen, (character) =>
    Array.from(
      { length: character.length },
      (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`
    ).join("")
  )

/** The whole file. The same run gives the same bytes. */
export const runText = (run: Run): string =>
  linesOf(run)
    .map((line) => `${jsonLine(line)}\n`)
    .join("")
