/** Where the baseline of 2022, what shipped last and the reference differ, parameter by parameter, from the variants' own data. */
import { readFileSync } from "node:fs"
import * as cluster from "../../../model/raft-upgrade/cluster/variant.ts"
import * as discovery from "../../../model/raft-upgrade/discovery/variant.ts"
import { table } from "../exploring.ts"

interface Designs {
  readonly baseline2022?: object
  readonly asShipped: object
  readonly reference: object
}

const parts: Readonly<Record<string, { readonly designs: Designs; readonly source: URL }>> = {
  cluster: { designs: cluster, source: new URL("../../../model/raft-upgrade/cluster/variant.ts", import.meta.url) },
  discovery: {
    designs: discovery,
    source: new URL("../../../model/raft-upgrade/discovery/variant.ts", import.meta.url)
  }
}

/** What a parameter is about, from the comment above it, so that it is said in one place. */
const aboutIn = (source: URL): ReadonlyMap<string, string> => {
  const commented = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n {2}readonly (\w+):/g
  return new Map(
    [...readFileSync(source, "utf8").matchAll(commented)].map(({ 1: about = "", 2: name = "" }) => [
      name,
      about.replace(/\s*\n\s*\*\s*/g, " ").trim()
    ])
  )
}

/** One row a parameter of the cluster or of discovery in which any two of the designs differ. */
export const designsTable = ([part = ""]: ReadonlyArray<string>): string => {
  const known = parts[part]
  if (known === undefined) throw new TypeError(`raft-upgrade has no part ${part}`)
  const { designs, source } = known
  const about = aboutIn(source)
  const of = (design: object): ReadonlyMap<string, string> => new Map(Object.entries(design))
  const [baseline, shipped] = [of(designs.baseline2022 ?? designs.reference), of(designs.asShipped)]
  const bold = (value: string, than: string): string => (value === than ? value : `**${value}**`)
  const rows = [...of(designs.reference)].flatMap(([name, value]) => {
    const [was, is] = [baseline.get(name) ?? "", shipped.get(name) ?? ""]
    if (was === value && is === value) return []
    const why = about.get(name)
    if (why === undefined) throw new TypeError(`nothing says what ${name} is about`)
    return [[`\`${name}\``, why, was, bold(is, was), bold(value, is)]]
  })
  return table(["parameter", "what it is about", "2022", "shipped last", "reference"], rows)
}
