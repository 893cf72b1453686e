/** A run as a terminal shows it: stories first, because tables are short and what is last is what one sees. */
import { stripVTControlCharacters } from "node:util"
import { renderCheckTable, renderExploreTable } from "../tables.ts"
import { sanitize, withoutCommands } from "../terminal-text.ts"
import { type Changed, type Comparison, comparisonLine } from "./compare.ts"
import { coverageWords } from "./coverage-words.ts"
import type { Run } from "./run.ts"
import { explorationsOf, resultsOf } from "./sorted-tables.ts"
import { casesInWords } from "./words.ts"

/** The lines, each ready to be printed. */
export const renderTerminal = (run: Run, comparison?: Comparison): string =>
  withoutCommands(linesFor(run, comparison).join("\n"))

const linesFor = (run: Run, comparison: Comparison | undefined): ReadonlyArray<string> => [
  ...storiesOf(run).flatMap((text) => [...text.map(safeLine), ""]),
  ...(run.scopes.length === 0 ? [] : [renderExploreTable(explorationsOf(run)), ""]),
  ...(run.roles.length === 0 ? [] : [renderCheckTable(resultsOf(run)), ""]),
  ...run.roles.flatMap(({ role, way, trouble }) =>
    trouble === undefined ? [] : ownLines(`${role}, ${way}: ${trouble}`)
  ),
  ...run.scopes.flatMap(({ scope, surprises }) => surprises.map((one) => safeLine(`${scope}: ${one}`))),
  ...run.cases.flatMap(({ id, verdict, why }) =>
    verdict === "pass" || why === undefined ? [] : ownLines(`${id}: ${verdict}: ${why}`)
  ),
  ...run.roles.flatMap(({ role, way, notes }) => notes.flatMap((note) => ownLines(`${role}, ${way}: ${note}`))),
  ...run.roles.flatMap((one) => coverageWords(one).flatMap((text) => ownLines(`${one.role}, ${one.way}: ${text}`))),
  ...(comparison === undefined ? [] : compared(comparison)),
  `${run.end.verdict}: ${casesInWords(run)}`,
  ""
]

/** A known bug reached in two ways is one story. */
const storiesOf = ({ roles, divergences, counterexamples }: Run): ReadonlyArray<ReadonlyArray<string>> => {
  const known = new Set(roles.flatMap(({ number, verdict }) => (verdict === "known-failure" ? [number] : [])))
  const told = divergences.filter(
    ({ of, implementation }, index) =>
      !known.has(of) ||
      index === divergences.findIndex((one) => known.has(one.of) && one.implementation === implementation)
  )
  return [...told, ...counterexamples].map(({ text }) => text)
}

const compared = (comparison: Comparison): ReadonlyArray<string> => [
  `since the previous run: ${comparisonLine(comparison)}`,
  ...comparison.unlike.map((what) => safeLine(`  not the same: ${what}`)),
  ...listed("new failure", comparison.broken),
  ...listed("fixed", comparison.fixed),
  ...listed("still failing", comparison.still),
  ...listed("not asked now", comparison.gone)
]

const listed = (name: string, changed: ReadonlyArray<Changed>): ReadonlyArray<string> =>
  changed.map(({ id, before = "absent", after = "absent" }) => safeLine(`  ${name}: ${id} (${before}, now ${after})`))

/** A text in lines of which only the first begins at the left edge, so that no other can look like one of ours. */
const ownLines = (text: string): ReadonlyArray<string> =>
  text.split("\n").map((line, at) => (at === 0 ? safeLine(line) : `  ${safeLine(line)}`))

/** A line without control sequences, in which blanks stay where they are: diagrams are drawn with them. */
export const safeLine = (line: string): string => stripVTControlCharacters(line).replace(/[^ ]+/g, sanitize)
