/** The columns of the tables, once for the terminal and the page. */
import { count, seconds } from "./counts.ts"
import { type Ablation, type Exploration, lawsChecked, type MuseumEntry, type ProtocolResult } from "./report.ts"
import { sanitize } from "./terminal-text.ts"
import { wrap } from "./wrapped-text.ts"

export interface Column<Row> {
  readonly title: string
  readonly align: "left" | "right"
  /** Columns of the terminal after which prose goes on in a line below. */
  readonly wrap?: number
  /** The cell's text, or nothing when the row has no value. */
  value(row: Row): string | undefined
}

/** A table ready to be set: no cell is missing. */
export interface Table {
  readonly columns: ReadonlyArray<Pick<Column<never>, "title" | "align" | "wrap">>
  readonly rows: ReadonlyArray<ReadonlyArray<string>>
}

const words = <Row>(title: string, value: (row: Row) => string | undefined): Column<Row> => ({
  title,
  align: "left",
  value
})

const number = <Row>(title: string, value: (row: Row) => string | undefined): Column<Row> => ({
  title,
  align: "right",
  value
})

const maybe = (value: number | undefined, print: (value: number) => string): string | undefined =>
  value === undefined ? undefined : print(value)

const checkColumns: ReadonlyArray<Column<ProtocolResult>> = [
  words("protocol", ({ protocol }) => protocol),
  words("role", ({ role }) => role),
  words("way", ({ way }) => way),
  number("runs", ({ runs }) => count(runs)),
  number("commands", ({ commands }) => count(commands)),
  number("laws checked", (result) => count(lawsChecked(result))),
  words("verdict", ({ verdict }) => verdict),
  number("seconds", (result) => maybe(result.seconds, seconds))
]

const exploreColumns: ReadonlyArray<Column<Exploration>> = [
  words("protocol", ({ protocol }) => protocol),
  words("scope", ({ scope }) => scope),
  number("distinct", ({ distinct }) => count(distinct)),
  number("generated", ({ generated }) => count(generated)),
  number("depth", ({ depth }) => count(depth)),
  number("seconds", (explored) => maybe(explored.seconds, seconds)),
  words("laws", ({ laws }) => laws),
  words("as expected", ({ asExpected, partial }) => (asExpected ? "yes" : partial === true ? "unknown" : "NO"))
]

const museumColumns: ReadonlyArray<Column<MuseumEntry>> = [
  words("protocol", ({ protocol }) => protocol),
  words("id", ({ id }) => id),
  words("verdict", ({ verdict }) => verdict),
  words("law", ({ law }) => law),
  words("by", ({ by }) => by),
  number("length", ({ length }) => maybe(length, count)),
  number("ms", ({ ms }) => maybe(ms, count)),
  words("in process", ({ inProcess }) => inProcess),
  { ...words<MuseumEntry>("what", ({ what }) => what), wrap: 72 }
]

/** One line of the table of assumptions. The first of an assumption names it, and its sentence goes on in the others. */
interface AblationLine {
  readonly assumption?: string | undefined
  readonly sentence?: string | undefined
  readonly law?: string | undefined
  readonly length?: number | undefined
  readonly scope?: string | undefined
}

const ablationColumns: ReadonlyArray<Column<AblationLine>> = [
  words("without", ({ assumption }) => assumption),
  words("breaks", ({ law }) => law),
  number("in steps", ({ length }) => maybe(length, count)),
  words("shortest in", ({ scope }) => scope),
  words("what is no longer assumed", ({ sentence }) => sentence)
]

const sentenceWidth = 52

const ablationLines = ({ assumption, sentence, laws }: Ablation): ReadonlyArray<AblationLine> => {
  const sentences = wrap(sanitize(sentence), sentenceWidth)
  const broken: ReadonlyArray<AblationLine> =
    laws.length === 0
      ? [{ law: "nothing breaks in these scopes" }]
      : laws.map(({ id, length, scope }) => ({ law: id, length, scope }))
  return Array.from({ length: Math.max(sentences.length, broken.length) }, (_, at) => ({
    ...(at === 0 ? { assumption } : {}),
    sentence: sentences[at],
    ...broken[at]
  }))
}

/** A column that no row has a value for is left out, such as the times of a run that must be reproducible. */
const filled = <Row>(columns: ReadonlyArray<Column<Row>>, rows: ReadonlyArray<Row>): Table => {
  const used = columns.filter(({ value }) => rows.length === 0 || rows.some((row) => value(row) !== undefined))
  return { columns: used, rows: rows.map((row) => used.map(({ value }) => value(row) ?? "")) }
}

/** Results of checks. */
export const checkTable = (results: ReadonlyArray<ProtocolResult>): Table => filled(checkColumns, results)

/** Explored scopes. */
export const exploreTable = (explorations: ReadonlyArray<Exploration>): Table => filled(exploreColumns, explorations)

/** Assumptions and what stands on them. */
export const ablationTable = (ablations: ReadonlyArray<Ablation>): Table =>
  filled(ablationColumns, ablations.flatMap(ablationLines))

/** Mutants. */
export const museumTable = (entries: ReadonlyArray<MuseumEntry>): Table => filled(museumColumns, entries)
