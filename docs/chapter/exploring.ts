/** Explorations that the chapter's numbers come from. Each is done once, however many parts quote it. */
import { scopes } from "../../model/dcp/scopes.ts"
import type { Exploration, LawResult } from "../../model/explorer/exploration.ts"
import { explore } from "../../model/explorer/explore.ts"
import { asPinned, type Overrides, type Scope } from "../../model/kernel/scope.ts"
import type { System } from "../../model/kernel/system.ts"
import type { DcpLabel } from "../../spec/dcp/labels.ts"

export type Found = Exploration<DcpLabel>

const done = new Map<string, Found>()

/** What exploring a system finds. `key` names it among all that the chapter explores. */
export const explored = (key: string, system: () => System<DcpLabel>): Found => {
  const known = done.get(key)
  if (known !== undefined) return known
  const found = explore(system())
  done.set(key, found)
  return found
}

/** A scope by name. */
export const scopeNamed = (name: string): Scope<DcpLabel> => {
  const scope = scopes.find((one) => one.name === name)
  if (scope === undefined) throw new TypeError(`dcp has no scope ${name}`)
  return scope
}

/** What exploring a scope finds, with some things changed. */
export const exploredScope = (name: string, changes: Partial<Overrides> = {}): Found => {
  const overrides = { ...asPinned, ...changes }
  return explored(commandFor(name, overrides), () => scopeNamed(name).system(overrides))
}

/** The command that shows it. */
export const commandFor = (name: string, { variant = {}, without = [] }: Partial<Overrides> = {}): string =>
  [
    `explore dcp --scope ${name}`,
    ...Object.entries(variant).map(([parameter, value]) => `--variant ${parameter}=${value}`),
    ...without.map((id) => `--without ${id}`)
  ].join(" ")

/** What was found out about one law, by number. */
export const lawIn = (found: Found, number: string): LawResult<DcpLabel> => {
  const law = found.laws.find(({ id }) => id === `DCP-${number}`)
  if (law === undefined) throw new TypeError(`${found.system} is not judged by ${number}`)
  return law
}

const violations = (found: Found): ReadonlyArray<LawResult<DcpLabel>> =>
  found.laws.filter(({ verdict }) => verdict === "violated")

/** The number of a law without its protocol: `S4`. */
export const numberOf = (id: string): string => id.replace(/^DCP-/, "")

/** What breaks, shortest story first: `L7 in 9, L1 in 11`; nothing where every law holds. */
export const breaks = (found: Found): string =>
  [...violations(found)]
    .sort((one, other) => (one.length ?? 0) - (other.length ?? 0))
    .map(({ id, length = 0 }) => `${lawLink(numberOf(id))} in ${length}`)
    .join(", ")

/** A law as a link to its heading in the chapter. */
export const lawLink = (number: string): string => `[${number}](#${number.toLowerCase()})`

/** A table in Markdown. */
export const table = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): string =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.map(cell).join(" | ")} |`).join("\n")

const cell = (text: string): string => text.replaceAll("|", "\\|")
