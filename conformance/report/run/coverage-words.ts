/** What was exercised of a role in sentences: how much of what there is, and what remains and why. */
import { count } from "../counts.ts"
import type { Coverage, Exercised } from "./lines.ts"

interface Covered {
  readonly exercised?: Exercised
  readonly coverage?: Coverage
}

/** One sentence for walks and one for a tour; none where there was neither. */
export const coverageWords = ({ exercised, coverage }: Covered): ReadonlyArray<string> => [
  ...(exercised === undefined ? [] : [walksWords(exercised)]),
  ...(coverage?.remains === undefined ? [] : [`${count(coverage.untried)} transitions remain: ${coverage.remains}`])
]

const walksWords = ({ rules, inputs, laws }: Exercised): string => {
  const of = [share("rules", rules), share("kinds of inputs", inputs), share("laws", laws)].filter(
    (text) => text !== ""
  )
  const remains = [
    ...missing("rules that no walk has drawn or found possible", rules),
    ...missing("inputs that nobody gave", inputs),
    ...missing("laws about nothing that has happened", laws)
  ]
  return `walks exercised ${of.join(", ")}${remains.length === 0 ? "" : `; what remains: ${remains.join("; ")}`}`
}

type Counts = Exercised["rules"]

const share = (what: string, all: Counts): string =>
  all.length === 0 ? "" : `${all.filter(({ times }) => times > 0).length} of ${all.length} ${what}`

const missing = (what: string, all: Counts): ReadonlyArray<string> => {
  const names = all.flatMap(({ name, times }) => (times === 0 ? [name] : []))
  return names.length === 0 ? [] : [`${what}: ${names.join(", ")}`]
}
