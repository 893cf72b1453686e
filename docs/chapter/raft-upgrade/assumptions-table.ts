/** What breaks when an assumption is switched off: the reference, explored without it. */
import { assumptions } from "../../../spec/raft-upgrade/assumptions.ts"
import { table } from "../exploring.ts"
import { breaks, commandFor, exploredScope, numberOf } from "./exploring.ts"

/** The smallest scopes in which an assumption is missed, or in which it might be; or why no scope can do without it. */
const smallest: Readonly<Record<string, ReadonlyArray<string> | string>> = {
  A1: ["discovery.two"],
  A2: "no scope has nodes that do not know each other: see [M8](#m8)",
  A3: "the dead return in scopes of their own: `recovery.deadReturn`, and see [M60](#m60)",
  A4: "a schema is a set here, and merging two is their union",
  A5: "what is not on disk is what the designs forget: see `discovery.forgetsPeers`",
  A6: "new nodes that come meanwhile have scopes of their own: see [M28](#m28), [M62](#m62)",
  A7: ["eagerPush"],
  A8: ["twoFalls", "discovery.two"],
  A9: ["two", "discovery.two"],
  A10: "clients ask as often as a scope's bounds let them",
  A11: "a mistake of an operator is a scope: see [the recipe](#out-of-its-loss)"
}

/** One row an assumption and scope. Every law that breaks is named, with the steps of its shortest story. */
export const assumptionsTable = (): string =>
  table(
    ["assumption", "without it breaks, in steps", "command"],
    assumptions.flatMap(({ id, sentence }) => {
      const number = numberOf(id)
      const places = smallest[number]
      if (places === undefined) throw new TypeError(`no scope is named for assumption ${number}`)
      if (typeof places === "string") return [[`**${number}** ${sentence}`, places, ""]]
      return places.map((scope, index) => {
        const changes = { without: [number] }
        const broken = breaks(exploredScope(scope, changes))
        return [
          index === 0 ? `**${number}** ${sentence}` : "the same",
          broken === "" ? "nothing" : broken,
          `\`${commandFor(scope, changes)}\``
        ]
      })
    })
  )
