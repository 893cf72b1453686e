/** The debated designs over the traces of the review, as a table. */
import { designs, result, told, traces } from "./designs.ts"
import { table } from "./exploring.ts"

/** One row a trace, one column a design. */
export const designsTable = (): string =>
  table(
    ["trace", ...designs.map(({ name }) => name)],
    traces.map((trace) => [`**${trace.name}** ${told(trace)}`, ...designs.map((design) => result(trace, design))])
  )
