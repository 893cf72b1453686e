/** Finding the cells of a system that somebody else built. */
import type { Cell } from "../../../model/kernel/cell.ts"
import type { System } from "../../../model/kernel/system.ts"

/** The cell of this name. Throws `TypeError` where there is none. */
export const cellNamed = <L>(system: System<L>, name: string): Cell<unknown, unknown> => {
  const cell = system.cells.find((candidate) => candidate.name === name)
  if (cell === undefined) throw new TypeError(`system ${system.name} has no cell ${name}`)
  return cell
}
