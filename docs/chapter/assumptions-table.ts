/** What breaks when an assumption is switched off: the reference, explored without it. */
import { assumptions } from "../../spec/dcp/assumptions.ts"
import { breaks, commandFor, exploredScope, numberOf, table } from "./exploring.ts"

/** The smallest scope in which an assumption is missed. */
const smallest: Readonly<Record<string, ReadonlyArray<string>>> = {
  A1: ["oneStream"],
  A2: ["oneStream", "replicator"],
  A3: ["openAndClose"],
  A4: ["oneStream"],
  A5: ["takeovers"],
  A6: ["manager"]
}

/** One row an assumption and scope. Every law that breaks is named, with the steps of its shortest story. */
export const assumptionsTable = (): string =>
  table(
    ["assumption", "without it breaks, in steps", "command"],
    assumptions.flatMap(({ id, sentence }) => {
      const number = numberOf(id)
      return (smallest[number] ?? []).map((scope, index) => [
        index === 0 ? `**${number}** ${sentence}` : "the same",
        breaks(exploredScope(scope, { without: [number] })),
        `\`${commandFor(scope, { without: [number] })}\``
      ])
    })
  )
