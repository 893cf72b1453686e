/** Where a system comes from, in words that another thread or a later run understands. */
import type { System } from "../../model/index.ts"

/** A module, the name of a function that it exports, and arguments that JSON can hold. */
export interface Source {
  readonly module: string
  readonly maker: string
  readonly arguments: ReadonlyArray<unknown>
}

/** Builds the system. */
export const systemFrom = async ({ module, maker, arguments: given }: Source): Promise<System<unknown>> => {
  const exported = (await import(module)) as Readonly<
    Record<string, (...given: ReadonlyArray<unknown>) => System<unknown>>
  >
  const make = exported[maker]
  if (make === undefined) throw new TypeError(`module ${module} exports no ${maker}`)
  return make(...given)
}
