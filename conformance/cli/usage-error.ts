/** Input that is wrong, and what would be right. */

/** Somebody asked for what there is not. The message is one line for people, and the exit status is 4. */
export class UsageError extends Error {
  override readonly name = "UsageError"
}

/** The one of `all` with this name. Where there is none, the error lists what there is. */
export const named = <A>(kind: string, name: string, all: ReadonlyArray<A>, nameOf: (one: A) => string): A => {
  const found = all.find((one) => nameOf(one) === name)
  if (found !== undefined) return found
  throw new UsageError(noSuch(kind, name, all.map(nameOf)))
}

/** That there is nothing of this name, and what there is. */
export const noSuch = (kind: string, name: string, all: ReadonlyArray<string>): string =>
  `there is no ${kind} "${shown(name)}"; there is ${listed(all)}`

/** Names as a sentence lists them, each once. */
export const listed = (names: ReadonlyArray<string>): string =>
  names.length === 0 ? "none" : [...new Set(names)].join(", ")

/** A text from outside, cut to what a line can bear. */
export const shown = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text)
