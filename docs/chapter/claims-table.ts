/** The dossier's inferences and what became of them, as a table. */
import { claims } from "./claims.ts"
import { table } from "./exploring.ts"

/** One row a claim. Throws where a claim no longer stands. */
export const claimsTable = (): string =>
  table(
    ["dossier", "it says", "verdict", "shown by"],
    claims.map(({ place, says, verdict, evidence }) => [place === "" ? "–" : place, says, `**${verdict}**`, evidence()])
  )
