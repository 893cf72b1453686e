/** Where what ScyllaDB shipped last and the reference differ, parameter by parameter, from the twin's own data. */
import { readFileSync } from "node:fs"
import { asShipped, reference } from "../../../impl/raft-upgrade/options.ts"
import { table } from "../exploring.ts"

const source = new URL("../../../impl/raft-upgrade/options.ts", import.meta.url)

/** What a parameter is about, from the comment above it, so that it is said in one place. */
const aboutIn = (text: string): ReadonlyMap<string, string> =>
  new Map(
    [...text.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n {2}readonly (\w+):/g)].map(
      ({ 1: about = "", 2: name = "" }) => [name, about.replace(/\s*\n\s*\*\s*/g, " ").trim()]
    )
  )

/** One row a parameter of the twin in which the two differ. */
export const designsTable = (): string => {
  const about = aboutIn(readFileSync(source, "utf8"))
  const shipped = new Map<string, unknown>(Object.entries(asShipped))
  const rows = Object.entries(reference).flatMap(([name, value]) => {
    const is = shipped.get(name)
    if (is === value) return []
    const why = about.get(name)
    if (why === undefined) throw new TypeError(`nothing says what ${name} is about`)
    return [[`\`${name}\``, why, String(is), `**${value}**`]]
  })
  return table(["parameter of the twin", "what it is about", "shipped last", "reference"], rows)
}
