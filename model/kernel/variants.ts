/** Variants by name, as the command line and the talks give them. */
import { UnknownOverride } from "./scope.ts"

/** The values that each parameter may have. What is left out cannot be changed by name. */
export type Choices<V, K extends keyof V = keyof V> = { readonly [P in K]: ReadonlyArray<V[P]> }

/** A variant with some parameters changed by name. Throws `UnknownOverride`, which lists what there is. */
export type Varied<V> = (given: V, changes: Readonly<Record<string, string>>) => V

/**
 * How the variants of a protocol, or of a part of one, are changed by name.
 *
 * `base=asShipped` starts from a named variant instead of the given one.
 */
export const varying =
  <V extends object, K extends keyof V = keyof V>(
    owner: string,
    variants: Readonly<Record<string, V>>,
    choices: Choices<V, K>
  ): Varied<V> =>
  (given, { base, ...changes }) => {
    const start = base === undefined ? given : own(variants, base)
    if (start === undefined)
      throw new UnknownOverride(`${owner} has no variant "${base}"; it has ${Object.keys(variants).join(", ")}`)
    for (const [name, value] of Object.entries(changes)) {
      const allowed = own<ReadonlyArray<unknown>>(choices, name)
      if (allowed === undefined)
        throw new UnknownOverride(
          `${owner} has no parameter "${name}"; it has base, ${Object.keys(choices).join(", ")}`
        )
      if (!allowed.includes(value))
        throw new UnknownOverride(`${owner} parameter ${name} cannot be "${value}"; it can be ${allowed.join(", ")}`)
    }
    return { ...start, ...changes }
  }

/** What a record has under a name, and not what all objects have. */
const own = <A>(record: Readonly<Record<string, A>>, name: string): A | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined
