/** Where things are: on which shard, and among which tokens. */
import type { Token } from "../ids.ts"

export { placeOf } from "../../metadata.ts"

/** Some tokens: those after one, up to and with another. */
export interface Range {
  readonly after: Token | null
  readonly lastToken: Token
}

export const isWithin = (token: Token, { after, lastToken }: Range): boolean =>
  (after === null || token > after) && token <= lastToken

/** Whether some ranges together hold all tokens of another. */
export const areCovered = (range: Range, by: ReadonlyArray<Range>): boolean => {
  let reached = range.after
  for (;;) {
    const from = reached
    const next = by
      .filter(
        ({ after, lastToken }) =>
          (after === null || (from !== null && after <= from)) && (from === null || lastToken > from)
      )
      .reduce<Token | null>((most, { lastToken }) => (most === null || lastToken > most ? lastToken : most), null)
    if (next === null) return false
    if (next >= range.lastToken) return true
    reached = next
  }
}
