/** A run as one page that needs nothing else: no script, no request, every word from outside escaped. */
import { pageStyle } from "./html-style.ts"
import { tableHtml, toned } from "./html-tables.ts"
import { lawReference } from "./law-reference.ts"
import { replayCommand } from "./replay-command.ts"
import { checkTable, exploreTable } from "./report-columns.ts"
import { type Comparison, comparisonLine } from "./run/compare.ts"
import { coverageWords } from "./run/coverage-words.ts"
import type { LineOf } from "./run/lines.ts"
import { caseTable, changeTable, coverageTable, lawTables } from "./run/page-tables.ts"
import type { Run } from "./run/run.ts"
import { explorationsOf, resultsOf } from "./run/sorted-tables.ts"
import { casesInWords } from "./run/words.ts"
import { renderSvg } from "./svg-diagram.ts"
import { escapeXml } from "./xml-text.ts"

/** Nothing may be fetched, sent or run, even where an escape was forgotten. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

/** The page. The same run gives the same bytes. */
export const renderPage = (run: Run, comparison?: Comparison): string => {
  const cases = caseTable(run)
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8"/>',
    `<meta http-equiv="Content-Security-Policy" content="${policy}"/>`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
    "<title>Portcullis report</title>",
    `<style>${pageStyle}</style>`,
    "</head>",
    "<body>",
    "<main>",
    "<h1>Portcullis report</h1>",
    `<p>${toned(run.end.verdict)}; ${escapeXml(casesInWords(run))}</p>`,
    `<p class="faint">kit ${escapeXml(run.header.kit)}, seed ${run.header.seed}${specsOf(run)}</p>`,
    ...(comparison === undefined ? [] : compared(comparison)),
    ...section("Checks", tableHtml("Verdict of each role", checkTable(resultsOf(run)), 2), ...asides(run)),
    ...(cases.rows.length === 0 ? [] : section("Cases to look at", tableHtml("Cases that did not simply pass", cases))),
    ...(run.divergences.length === 0 ? [] : section("Divergences", ...storiesHtml(run.divergences))),
    ...section("Coverage", tableHtml("What was tried in each role", coverageTable(run)), ...coveredHtml(run)),
    ...section("Laws", ...lawsHtml(run)),
    ...(run.scopes.length === 0
      ? []
      : section("Explored scopes", tableHtml("Scopes of the model", exploreTable(explorationsOf(run)), 2))),
    ...(run.counterexamples.length === 0 ? [] : section("Counterexamples", ...storiesHtml(run.counterexamples))),
    "</main>",
    "</body>",
    "</html>",
    ""
  ].join("\n")
}

const specsOf = ({ header }: Run): string =>
  header.specs
    .map(({ name, version, hash }) => `; ${escapeXml(name)} ${escapeXml(version)} <code>${escapeXml(hash)}</code>`)
    .join("")

const section = (title: string, ...content: ReadonlyArray<string>): ReadonlyArray<string> => [
  "<section>",
  `<h2>${title}</h2>`,
  ...content,
  "</section>"
]

const compared = (comparison: Comparison): ReadonlyArray<string> => {
  const table = changeTable(comparison)
  return section(
    "Since the previous run",
    `<p>${escapeXml(comparisonLine(comparison))}</p>`,
    ...comparison.unlike.map((what) => `<p class="faint">not the same: ${escapeXml(what)}</p>`),
    ...(table.rows.length === 0 ? [] : [tableHtml("Cases that fail or failed", table)])
  )
}

/** What cannot be said of roles and why, and what was found besides. */
const asides = ({ roles }: Run): ReadonlyArray<string> =>
  roles.flatMap(({ role, way, trouble, notes }) => [
    ...(trouble === undefined
      ? []
      : [`<p>${escapeXml(`${role}, ${way}`)}:</p>`, `<pre>${trouble.split("\n").map(escapeXml).join("\n")}</pre>`]),
    ...notes.map((note) => `<p>${escapeXml(note)}</p>`)
  ])

/** What walks came by, and what remains, for each role that tells. */
const coveredHtml = ({ roles }: Run): ReadonlyArray<string> =>
  roles.flatMap((one) => coverageWords(one).map((text) => `<p>${escapeXml(`${one.role}, ${one.way}: ${text}`)}</p>`))

const lawsHtml = (run: Run): ReadonlyArray<string> => {
  const tables = lawTables(run)
  if (tables.length === 0) return ['<p class="faint">No law was checked.</p>']
  return tables.flatMap(({ protocol, table }) => [
    `<h3>${escapeXml(protocol)}</h3>`,
    tableHtml(`Laws of ${protocol}, by role`, table)
  ])
}

/** Characters of pictures beyond which stories are told in sentences alone, so that the page stays small enough to be mailed. */
const mostPicture = 1_000_000

type Story = LineOf<"Divergence"> | LineOf<"Counterexample">

const storiesHtml = (stories: ReadonlyArray<Story>): ReadonlyArray<string> => {
  let room = mostPicture
  return stories.flatMap((story) => {
    const picture = room > 0 ? renderSvg(story.drawn) : ""
    room -= picture.length
    return storyHtml(story, room < 0 ? "" : picture)
  })
}

const storyHtml = (story: Story, picture: string): ReadonlyArray<string> => [
  '<article class="divergence">',
  `<h3>${story.number}. ${escapeXml(titleOf(story))}</h3>`,
  ...(story.law?.why === undefined ? [] : [`<p>${escapeXml(story.law.why)}</p>`]),
  picture === "" ? left : `<figure tabindex="0" aria-label="story ${story.number}">${picture}</figure>`,
  "<dl>",
  ...(story._tag === "Divergence" ? choices(story) : []),
  ...(story.law === undefined ? [] : [`<dt>law</dt>${definition(lawReference(story.law.id))}`]),
  ...(story.case === undefined ? [] : [`<dt>case</dt>${definition(story.case)}`]),
  ...(story.replay === undefined ? [] : [`<dt>replay</dt>${definition(replayCommand(story.replay))}`]),
  "</dl>",
  "</article>"
]

const left =
  '<p class="faint">There are so many pictures that this one is left out; it is a file of its own beside the run.</p>'

const titleOf = (story: Story): string =>
  story._tag === "Divergence" ? story.sentence : `${story.law.id} ${story.law.sentence} (${story.where})`

/** Where laws alone have judged, nobody expected anything in particular. */
const choices = ({ expected, actual }: LineOf<"Divergence">): ReadonlyArray<string> =>
  expected.length + actual.length === 0
    ? []
    : [
        `<dt>expected</dt>${expected.map(definition).join("") || definition("nothing")}`,
        `<dt>actual</dt>${actual.map(definition).join("") || definition("nothing")}`
      ]

const definition = (text: string): string => `<dd><code>${escapeXml(text)}</code></dd>`
