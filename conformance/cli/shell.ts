/** What a command sees of the world: where it prints, how it looks there, and whether it should stop. */
import picocolors from "picocolors"
import type { TextStyle } from "../report/text-diagram.ts"
import { type ExitStatus, exitStatus, wordFor } from "./exit-status.ts"

export interface Shell {
  /** Prints a text and a line break on stdout. */
  print(text: string): void
  /** The same on stderr. */
  complain(text: string): void
  /** Shows how long work is going; nothing where nobody watches. Asked for its words only when it shows them. */
  progress(text: () => string): void
  /** Whether somebody pressed Ctrl-C. */
  interrupted(): boolean
  /** Milliseconds since some moment. Never part of what must be reproducible. */
  now(): number
  readonly style: TextStyle
}

/** Prints a value as one JSON document. */
export const printJson = (shell: Shell, value: unknown): void => shell.print(JSON.stringify(value, null, 2))

/** The word for an exit status, in its colour. */
export const painted = (status: ExitStatus, shell: Shell): string => {
  const paint = picocolors.createColors(shell.style.colour === true)
  const word = paint.bold(wordFor(status))
  if (status === exitStatus.pass) return paint.green(word)
  return status === exitStatus.unknown ? paint.yellow(word) : paint.red(word)
}
