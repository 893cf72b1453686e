/** What must be true of a system before anything can run it. */
import type { HistoryLaw, Law, LeadsToLaw, SometimesLaw } from "../../spec/law.ts"
import type { Cell, Read } from "../kernel/cell.ts"
import { isView } from "../kernel/cell.ts"
import type { System } from "../kernel/system.ts"

/** Refuses a system whose names are ambiguous or whose parts refer to cells that it does not have. */
export const checkSystem = <L>(system: System<L>): void => {
  const refuse = (what: string): never => {
    throw new TypeError(`system ${system.name}: ${what}`)
  }
  const cells = new Set(system.cells)
  const check = (who: string, read: Read<unknown>): void => {
    const cell = cellOf(read)
    if (!cells.has(cell)) refuse(`${who} reads cell ${cell.name}, which is not among the system's cells`)
  }
  for (const name of repeated(system.cells.map((cell) => cell.name))) refuse(`two cells are named ${name}`)
  for (const id of repeated(system.laws.map((law) => law.id))) refuse(`two laws have the id ${id}`)
  for (const rule of system.rules) for (const read of rule.reads) check(`rule ${rule.name}`, read)
  for (const [name, read] of Object.entries(system.observables)) check(`observable ${name}`, read)
  for (const law of system.laws) observed(system, law)
}

/** A law that follows a memory. */
export type Following<L> = HistoryLaw<L> | SometimesLaw<L> | LeadsToLaw<L>

export const follows = <L>(law: Law<L>): law is Following<L> => law.modality !== "always" && law.modality !== "step"

/** What a law observes, in its order. */
export const observed = <L>(system: System<L>, law: Law<L>): ReadonlyArray<Read<unknown>> => {
  if (follows(law)) return []
  return law.observes.map((name) => {
    const read = Object.hasOwn(system.observables, name) ? system.observables[name] : undefined
    if (read !== undefined) return read
    const known = Object.keys(system.observables)
    throw new TypeError(
      `system ${system.name}: law ${law.id} observes ${name}, but the system's observables are ` +
        `${known.length === 0 ? "none" : known.join(", ")}`
    )
  })
}

/** The cell that a read depends on. */
export const cellOf = (read: Read<unknown>): Cell<unknown, unknown> => (isView(read) ? read.cell : read)

const repeated = (names: ReadonlyArray<string>): ReadonlyArray<string> =>
  names.filter((name, index) => names.indexOf(name) < index)
