/** The scopes of DCP with their pinned counts. `model/dcp/scopes.test.ts` holds each to what it pins. */

import { count } from "../../conformance/report/counts.ts"
import { scopes } from "../../model/dcp/scopes.ts"
import { numberOf, table } from "./exploring.ts"
import { lawLink } from "./exploring-of.ts"

/** One row a scope, in the order in which `portcullis explore dcp` walks them. */
export const scopesTable = (): string =>
  table(
    ["scope", "distinct", "generated", "depth", "breaks, in steps", "what it shows"],
    scopes.map(({ name, about, pinned, mustFail }) => [
      `\`${name}\``,
      count(pinned.distinct),
      count(pinned.generated),
      String(pinned.depth),
      mustFail.length === 0
        ? "nothing"
        : mustFail.map(({ law, length }) => `${lawLink(numberOf(law))} ${length}`).join(", "),
      about
    ])
  )
