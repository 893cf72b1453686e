/** A run in a few words. */
import { count } from "../counts.ts"
import type { Verdict } from "../report.ts"
import { VerdictWord } from "./lines.ts"
import type { Run } from "./run.ts"

const several = (number: number, what: string): string => `${count(number)} ${number === 1 ? what : `${what}s`}`

/** How many cases there are of each verdict: `31 cases: 24 pass, 7 fail`. */
export const casesInWords = ({ cases }: Run): string => {
  const verdicts = new Map<Verdict, number>()
  for (const { verdict } of cases) verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1)
  const each = VerdictWord.literals.flatMap((verdict) => {
    const number = verdicts.get(verdict)
    return number === undefined ? [] : [`${count(number)} ${verdict}`]
  })
  return [several(cases.length, "case"), each.join(", ")].filter((text) => text !== "").join(": ")
}
