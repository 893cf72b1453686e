/** Tables of the report page, with every word from outside escaped. */
import type { Verdict } from "./report.ts"
import type { Table } from "./report-columns.ts"
import { escapeXml } from "./xml-text.ts"

const tones: Readonly<Record<Verdict, "good" | "bad" | "doubt" | "faint">> = {
  pass: "good",
  fail: "bad",
  "known-failure": "doubt",
  unsupported: "faint",
  "not-applicable": "faint",
  unknown: "doubt",
  "unexpected-pass": "bad",
  flaky: "doubt",
  nondeterministic: "bad",
  "adapter-error": "bad"
}

/** Words outside of the verdicts that deserve a tone in a table. */
const otherTones: Readonly<Record<string, string>> = { ...tones, "adapter trouble": "bad", NO: "bad" }

/** A text in the tone of what it says. The word itself says it too, so that no colour is needed to read it. */
export const toned = (text: string): string => {
  const tone = Object.hasOwn(otherTones, text) ? otherTones[text] : undefined
  return tone === undefined ? escapeXml(text) : `<span class="${tone}">${escapeXml(text)}</span>`
}

/** A table that a keyboard can scroll where it is wider than the page. `heads` cells of each row name it. */
export const tableHtml = (caption: string, { columns, rows }: Table, heads = 1): string => {
  const right = (index: number): string => (columns[index]?.align === "right" ? ' class="right"' : "")
  const titles = columns.map(({ title }, index) => `<th scope="col"${right(index)}>${escapeXml(title)}</th>`)
  const cell = (text: string, index: number): string =>
    index < heads ? `<th scope="row"${right(index)}>${toned(text)}</th>` : `<td${right(index)}>${toned(text)}</td>`
  return [
    `<div class="wide" role="region" tabindex="0" aria-label="${escapeXml(caption)}"><table>`,
    `<caption>${escapeXml(caption)}</caption>`,
    `<thead><tr>${titles.join("")}</tr></thead>`,
    "<tbody>",
    ...rows.map((row) => `<tr>${columns.map((_, index) => cell(row[index] ?? "", index)).join("")}</tr>`),
    "</tbody>",
    "</table></div>"
  ].join("\n")
}
