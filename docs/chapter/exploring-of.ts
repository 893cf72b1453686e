/** Explorations that a chapter's numbers come from. Each is done once, however many parts quote it. */
import type { Exploration, LawResult } from "../../model/explorer/exploration.ts"
import { explore } from "../../model/explorer/explore.ts"
import { asPinned, type Overrides, type Scope } from "../../model/kernel/scope.ts"
import type { System } from "../../model/kernel/system.ts"

/** The explorations of one protocol's scopes. `prefix` stands before the number in the ids of its laws. */
export const exploringOf = <L>(protocol: string, prefix: string, scopes: ReadonlyArray<Scope<L>>) => {
  const done = new Map<string, Exploration<L>>()

  /** What exploring a system finds. `key` names it among all that the chapter explores. */
  const explored = (key: string, system: () => System<L>): Exploration<L> => {
    const known = done.get(key)
    if (known !== undefined) return known
    const found = explore(system())
    done.set(key, found)
    return found
  }

  /** A scope by name. */
  const scopeNamed = (name: string): Scope<L> => {
    const scope = scopes.find((one) => one.name === name)
    if (scope === undefined) throw new TypeError(`${protocol} has no scope ${name}`)
    return scope
  }

  /** The command that shows what exploring a scope finds, with some things changed. */
  const commandFor = (name: string, { variant = {}, without = [] }: Partial<Overrides> = {}): string =>
    [
      `explore ${protocol} --scope ${name}`,
      ...Object.entries(variant).map(([parameter, value]) => `--variant ${parameter}=${value}`),
      ...without.map((id) => `--without ${id}`)
    ].join(" ")

  /** What exploring a scope finds, with some things changed. */
  const exploredScope = (name: string, changes: Partial<Overrides> = {}): Exploration<L> => {
    const overrides = { ...asPinned, ...changes }
    return explored(commandFor(name, overrides), () => scopeNamed(name).system(overrides))
  }

  /** The number of a law without its protocol: `S4`. */
  const numberOf = (id: string): string => (id.startsWith(`${prefix}-`) ? id.slice(prefix.length + 1) : id)

  /** What was found out about one law, by number. */
  const lawIn = (found: Exploration<L>, number: string): LawResult<L> => {
    const law = found.laws.find(({ id }) => id === `${prefix}-${number}`)
    if (law === undefined) throw new TypeError(`${found.system} is not judged by ${number}`)
    return law
  }

  /** What breaks, shortest story first: `L7 in 9, L1 in 11`; nothing where every law holds. */
  const breaks = (found: Exploration<L>): string =>
    found.laws
      .filter(({ verdict }) => verdict === "violated")
      .sort((one, other) => (one.length ?? 0) - (other.length ?? 0))
      .map(({ id, length = 0 }) => `${lawLink(numberOf(id))} in ${length}`)
      .join(", ")

  return { explored, scopeNamed, commandFor, exploredScope, numberOf, lawIn, breaks }
}

/** A law as a link to its heading in the chapter. */
export const lawLink = (number: string): string => `[${number}](#${number.toLowerCase()})`
