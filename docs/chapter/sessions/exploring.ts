/** Explorations that the numbers of the chapter on sessions come from. Each is done once, however many parts quote it. */
import type { Exploration, LawResult } from "../../../model/explorer/exploration.ts"
import { explore } from "../../../model/explorer/explore.ts"
import { asPinned, type Overrides, type Scope } from "../../../model/kernel/scope.ts"
import { scopes } from "../../../model/sessions/cluster/scopes.ts"
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"

export type Found = Exploration<ClusterLabel>

const done = new Map<string, Found>()

/** A scope of the cluster by name. */
export const scopeNamed = (name: string): Scope<ClusterLabel> => {
  const scope = scopes.find((one) => one.name === name)
  if (scope === undefined) throw new TypeError(`sessions has no scope ${name}`)
  return scope
}

/** The command that shows what exploring a scope finds, with some things changed. */
export const commandFor = (name: string, { variant = {}, without = [] }: Partial<Overrides> = {}): string =>
  [
    `explore sessions --scope ${name}`,
    ...Object.entries(variant).map(([parameter, value]) => `--variant ${parameter}=${value}`),
    ...without.map((id) => `--without ${id}`)
  ].join(" ")

/** What exploring a scope finds. */
export const exploredScope = (name: string, changes: Partial<Overrides> = {}): Found => {
  const overrides = { ...asPinned, ...changes }
  const key = commandFor(name, overrides)
  const known = done.get(key)
  if (known !== undefined) return known
  const found = explore(scopeNamed(name).system(overrides))
  done.set(key, found)
  return found
}

/** The number of a law without its protocol: `S6`. */
export const numberOf = (id: string): string => id.replace(/^SES-/, "")

/** A law as a link to its heading in the chapter. */
export const lawLink = (number: string): string => `[${number}](#${number.toLowerCase()})`

/** What was found out about one law, by number. */
export const lawIn = (found: Found, number: string): LawResult<ClusterLabel> => {
  const law = found.laws.find(({ id }) => id === `SES-${number}`)
  if (law === undefined) throw new TypeError(`${found.system} is not judged by ${number}`)
  return law
}

/** What breaks, shortest story first: `S8 in 23`; nothing where every law holds. */
export const breaks = (found: Found): string =>
  found.laws
    .filter(({ verdict }) => verdict === "violated")
    .sort((one, other) => (one.length ?? 0) - (other.length ?? 0))
    .map(({ id, length = 0 }) => `${lawLink(numberOf(id))} in ${length}`)
    .join(", ")
