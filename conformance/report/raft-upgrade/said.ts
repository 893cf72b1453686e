/** What is said of a label: who, and what he does. So several labels of one step make one sentence about whoever they are about. */

export interface Said {
  readonly who: string
  /** What follows the name: `falls`. */
  readonly does: string
}

export const said = (who: string, does: string): Said => ({ who, does })

/** All that happens in one step: `A creates group 1; starts its server of it`. */
export const sentenceOf = (all: ReadonlyArray<Said>): string => {
  const parts: Array<string> = []
  for (const [at, { who, does }] of all.entries())
    parts.push(at > 0 && all[at - 1]?.who === who ? does : `${who} ${does}`)
  return parts.join("; ")
}
