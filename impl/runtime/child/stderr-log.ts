import { writeSync } from "node:fs"
import type { Log } from "../log.ts"

/** The most that is shown of one value, which may come from outside. */
const mostCharacters = 500

/** The log of a process, on its standard error, one line for each warning and none of it a stack trace. */
export function stderrLog(name: string): Log {
  return {
    warn(what, details) {
      const shown = Object.entries(details).map(([key, value]) => `${key}=${show(value)}`)
      writeSync(process.stderr.fd, `${[`${name}: ${what}`, ...shown].join(" ")}\n`)
    }
  }
}

function show(value: unknown): string {
  const text = value instanceof Error ? `${value.name}: ${value.message}` : String(value)
  return text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters)}...`
}

/** Ends the process with a sentence. */
export function die(name: string, error: unknown): never {
  writeSync(process.stderr.fd, `${name}: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
