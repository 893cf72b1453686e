/** The tables on a terminal. They are as wide as their content: a cut number would be a wrong number. */
import CliTable from "cli-table3"
import type { Ablation, Exploration, MuseumEntry, ProtocolResult } from "./report.ts"
import { ablationTable, checkTable, exploreTable, museumTable, type Table } from "./report-columns.ts"
import { sanitize } from "./terminal-text.ts"

/** Nothing but a rule below the heads, and two blanks between columns. */
const rules = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "  ",
  "left-mid": "  ",
  mid: "─",
  "mid-mid": "  ",
  right: "",
  "right-mid": "",
  middle: "  "
}

const print = ({ columns, rows }: Table): string => {
  const table = new CliTable({
    head: columns.map(({ title }) => title),
    colAligns: columns.map(({ align }) => align),
    colWidths: columns.map(({ wrap }, at) => (wrap === undefined ? null : Math.min(wrap, widest(rows, at)))),
    wordWrap: true,
    chars: rules,
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [], compact: true }
  })
  table.push(...rows.map((row) => row.map(sanitize)))
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n")
}

/** Prose is as wide as it has to be, up to the width at which it goes on in a line below. */
const widest = (rows: Table["rows"], column: number): number =>
  Math.max(1, ...rows.map((row) => sanitize(row[column] ?? "").length))

/** Results of checks, one line each. */
export const renderCheckTable = (results: ReadonlyArray<ProtocolResult>): string => print(checkTable(results))

/** Explored scopes, one line each. */
export const renderExploreTable = (explorations: ReadonlyArray<Exploration>): string =>
  print(exploreTable(explorations))

/** Assumptions switched off, one line for each law that breaks. */
export const renderAblationTable = (ablations: ReadonlyArray<Ablation>): string => print(ablationTable(ablations))

/** Mutants, one line each. */
export const renderMuseumTable = (entries: ReadonlyArray<MuseumEntry>): string => print(museumTable(entries))
