/** What breaks when an assumption is switched off: the reference, explored without it. */
import { assumptions } from "../../../spec/sessions/assumptions.ts"
import { table } from "../exploring.ts"
import { breaks, commandFor, exploredScope, numberOf } from "./exploring.ts"

/** The smallest scope in which an assumption is missed. */
const smallest: Readonly<Record<string, string>> = {
  F1: "migration",
  F2: "migration",
  F3: "intranode",
  F4: "lostNode",
  F5: "migration",
  F6: "lostNode",
  F7: "fullDisk"
}

/** One row an assumption. Every law that breaks is named, with the steps of its shortest story. */
export const assumptionsTable = (): string =>
  table(
    ["assumption", "without it breaks, in steps", "command"],
    assumptions.map(({ id, sentence }) => {
      const number = numberOf(id)
      const scope = smallest[number]
      if (scope === undefined) throw new TypeError(`no scope is named for assumption ${number}`)
      const found = breaks(exploredScope(scope, { without: [number] }))
      return [
        `**${number}** ${sentence}`,
        found === "" ? "nothing" : found,
        `\`${commandFor(scope, { without: [number] })}\``
      ]
    })
  )
