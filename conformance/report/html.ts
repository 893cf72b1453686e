/** A report as one page that needs nothing else: no script, no request, every word from outside escaped. */
import { type Divergence, divergenceDiagram, divergenceSentence } from "./divergence.ts"
import { pageStyle } from "./html-style.ts"
import { lawReference } from "./law-reference.ts"
import type { LawVerdict, ProtocolResult, Report, Verdict } from "./report.ts"
import { checkTable, exploreTable, museumTable, type Table } from "./report-columns.ts"
import { renderSvg } from "./svg-diagram.ts"
import { escapeXml } from "./xml-text.ts"

/** The page. The same report gives the same bytes. */
export const renderReport = (report: Report): string => {
  const divergences = report.results.flatMap((result) => result.divergences)
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8"/>',
    '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
    "<title>Portcullis report</title>",
    `<style>${pageStyle}</style>`,
    "</head>",
    "<body>",
    "<main>",
    "<h1>Portcullis report</h1>",
    `<p class="faint">kit ${escapeXml(report.kit)}, seed ${escapeXml(String(report.seed))}</p>`,
    ...section("Checks", tableHtml(checkTable(report.results))),
    ...section("Laws", ...report.results.flatMap(lawsHtml)),
    ...(divergences.length === 0 ? [] : section("Divergences", ...divergences.flatMap(divergenceHtml))),
    ...(report.explorations ? section("Explored scopes", tableHtml(exploreTable(report.explorations))) : []),
    ...(report.museum ? section("Museum of mutants", tableHtml(museumTable(report.museum))) : []),
    "</main>",
    "</body>",
    "</html>",
    ""
  ].join("\n")
}

const section = (title: string, ...content: ReadonlyArray<string>): ReadonlyArray<string> => [
  "<section>",
  `<h2>${title}</h2>`,
  ...content,
  "</section>"
]

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
const otherTones: Readonly<Record<string, string>> = { ...tones, killed: "good", survived: "bad", NO: "bad" }

const toned = (text: string): string => {
  const tone = Object.hasOwn(otherTones, text) ? otherTones[text] : undefined
  return tone === undefined ? escapeXml(text) : `<span class="${tone}">${escapeXml(text)}</span>`
}

const tableHtml = ({ columns, rows }: Table): string => {
  const right = (index: number): string => (columns[index]?.align === "right" ? ' class="right"' : "")
  const heads = columns.map(({ title }, index) => `<th scope="col"${right(index)}>${escapeXml(title)}</th>`)
  const lines = rows.map((row) => row.map((cell, index) => `<td${right(index)}>${toned(cell)}</td>`).join(""))
  return [
    '<div class="wide"><table>',
    `<thead><tr>${heads.join("")}</tr></thead>`,
    "<tbody>",
    ...lines.map((line) => `<tr>${line}</tr>`),
    "</tbody>",
    "</table></div>"
  ].join("\n")
}

const lawsHtml = ({ protocol, role, way, laws }: ProtocolResult): ReadonlyArray<string> => [
  `<h3>${escapeXml(protocol)}, ${escapeXml(role)}, ${escapeXml(way)}</h3>`,
  laws.length === 0 ? '<p class="faint">No law was checked.</p>' : `<ul class="laws">${laws.map(lawHtml).join("")}</ul>`
]

const lawHtml = ({ id, verdict }: LawVerdict): string =>
  `<li><code title="${escapeXml(lawReference(id))}">${escapeXml(id)}</code> ${toned(verdict)}</li>`

const divergenceHtml = (found: Divergence): ReadonlyArray<string> => [
  '<article class="divergence">',
  `<h3>${escapeXml(divergenceSentence(found))}</h3>`,
  ...(found.law?.why === undefined ? [] : [`<p>${escapeXml(found.law.why)}</p>`]),
  `<figure>${renderSvg(divergenceDiagram(found))}</figure>`,
  "<dl>",
  `<dt>expected</dt>${found.expected.map(definition).join("") || definition("nothing")}`,
  `<dt>actual</dt>${found.actual.map(definition).join("") || definition("nothing")}`,
  ...(found.law === undefined ? [] : [`<dt>law</dt>${definition(lawReference(found.law.id))}`]),
  ...(found.replay === undefined ? [] : [`<dt>replay</dt>${definition(`portcullis replay ${found.replay}`)}`]),
  "</dl>",
  "</article>"
]

const definition = (text: string): string => `<dd><code>${escapeXml(text)}</code></dd>`
