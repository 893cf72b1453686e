/** Lists of things that are told in a sentence: names in columns, the sentence wrapped beside them. */
import { sanitize } from "../report/terminal-text.ts"
import { widest, widthOf, wrap } from "../report/wrapped-text.ts"

/** The columns that a list keeps to where the terminal says nothing. */
const usualWidth = 110

/** Rows whose last cell is a text that may take several lines. */
export const columns = (rows: ReadonlyArray<ReadonlyArray<string>>, width: number = usualWidth): string => {
  const clean = rows.map((row) => row.map(sanitize))
  const count = Math.max(0, ...clean.map((row) => row.length)) - 1
  const widths = Array.from({ length: Math.max(0, count) }, (_, at) => widest(clean.map((row) => row[at] ?? "")))
  const indent = 2 + widths.reduce((sum, column) => sum + column + 2, 0)
  return clean
    .flatMap((row) => {
      const cells = widths.map((column, at) => padded(row[at] ?? "", column))
      const lines = wrap(row[count] ?? "", Math.max(30, width - indent))
      return lines.map((line, at) =>
        (at === 0 ? `  ${cells.join("")}${line}` : `${" ".repeat(indent)}${line}`).trimEnd()
      )
    })
    .join("\n")
}

const padded = (text: string, width: number): string => text + " ".repeat(width - widthOf(text) + 2)
