/** Where the design of 2025, the shipped one and the reference differ, parameter by parameter, from the variants' own data. */
import { readFileSync } from "node:fs"
import * as coordinator from "../../../model/view-building/variant.ts"
import * as worker from "../../../model/view-building/worker/variant.ts"
import { table } from "../exploring.ts"

interface Designs {
  readonly original2025: object
  readonly asShipped: object
  readonly reference: object
}

const parts: Readonly<Record<string, { readonly designs: Designs; readonly source: URL }>> = {
  coordinator: {
    designs: coordinator,
    source: new URL("../../../model/view-building/variant.ts", import.meta.url)
  },
  worker: {
    designs: worker,
    source: new URL("../../../model/view-building/worker/variant.ts", import.meta.url)
  }
}

/** What a parameter is about, from the comment above it, so that it is said in one place. */
const aboutIn = (source: URL): ReadonlyMap<string, string> => {
  const text = readFileSync(source, "utf8")
  return new Map(
    [...text.matchAll(/\/\*\* ([^\n]+) \*\/\n {2}readonly (\w+):/g)].map(({ 1: about = "", 2: name = "" }) => [
      name,
      about
    ])
  )
}

/** One row a parameter of the coordinator or of the worker in which any two of the designs differ. */
export const designsTable = ([part = ""]: ReadonlyArray<string>): string => {
  const known = parts[part]
  if (known === undefined) throw new TypeError(`view building has no part ${part}`)
  const { designs, source } = known
  const about = aboutIn(source)
  const of = (design: object): ReadonlyMap<string, string> => new Map(Object.entries(design))
  const [original, shipped, reference] = [of(designs.original2025), of(designs.asShipped), of(designs.reference)]
  const bold = (value: string, than: string): string => (value === than ? value : `**${value}**`)
  const rows = [...reference].flatMap(([name, value]) => {
    const [was, is] = [original.get(name) ?? "", shipped.get(name) ?? ""]
    if (was === value && is === value) return []
    const why = about.get(name)
    if (why === undefined) throw new TypeError(`nothing says what ${name} is about`)
    return [[`\`${name}\``, why, was, bold(is, was), bold(value, is)]]
  })
  return table(["parameter", "what it is about", "August 2025", "HEAD", "reference"], rows)
}
