/** A run as JUnit XML, which every CI server reads. */
import type { Verdict } from "../report.ts"
import { escapeXml } from "../xml-text.ts"
import { coverageWords } from "./coverage-words.ts"
import type { LineOf } from "./lines.ts"
import type { Run } from "./run.ts"
import { storiesOf } from "./stories.ts"
import { safeLine } from "./terminal.ts"

type Case = LineOf<"Case">

/** What JUnit has for a verdict: a failure is the implementation's, an error is anything that kept an answer from us. */
const outcomes: Readonly<Record<Verdict, "failure" | "error" | "skipped" | undefined>> = {
  pass: undefined,
  fail: "failure",
  "unexpected-pass": "failure",
  unknown: "error",
  flaky: "error",
  nondeterministic: "error",
  "adapter-error": "error",
  "known-failure": "skipped",
  unsupported: "skipped",
  "not-applicable": "skipped"
}

/** The document. Each role or group of scopes is a suite, each case a test of the same id. */
export const renderJunit = (run: Run): string => {
  const suites = new Map<string, Array<Case>>()
  for (const one of run.cases) {
    const suite = suites.get(suiteOf(one.id))
    if (suite === undefined) suites.set(suiteOf(one.id), [one])
    else suite.push(one)
  }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="portcullis" ${countsOf(run.cases)}>`,
    ...[...suites].flatMap(([name, cases]) => [
      `  <testsuite name="${escapeXml(name)}" ${countsOf(cases)}>`,
      ...propertiesOf(run, name),
      ...cases.flatMap((one) => testcase(run, name, one)),
      "  </testsuite>"
    ]),
    "</testsuites>",
    ""
  ].join("\n")
}

/** Protocol and role; the rest of an id is the test's name. */
const suiteOf = (id: string): string => id.split("/").slice(0, 2).join("/")

const countsOf = (cases: ReadonlyArray<Case>): string => {
  const how = (outcome: string): number => cases.filter(({ verdict }) => outcomes[verdict] === outcome).length
  return `tests="${cases.length}" failures="${how("failure")}" errors="${how("error")}" skipped="${how("skipped")}"`
}

const propertiesOf = ({ header, roles }: Run, suite: string): ReadonlyArray<string> => [
  "    <properties>",
  `      <property name="kit" value="${escapeXml(header.kit)}"/>`,
  `      <property name="seed" value="${header.seed}"/>`,
  ...header.specs.map(
    ({ name, hash }) => `      <property name="${escapeXml(`spec ${name}`)}" value="${escapeXml(hash)}"/>`
  ),
  ...roles
    .filter(({ protocol, role }) => suite === `${protocol}/${role}`)
    .flatMap((one) => coverageWords(one))
    .map((text) => `      <property name="coverage" value="${escapeXml(text)}"/>`),
  "    </properties>"
]

const testcase = (run: Run, suite: string, { id, verdict, why }: Case): ReadonlyArray<string> => {
  const name = id.slice(suite.length + 1) || id
  const opening = `    <testcase classname="${escapeXml(suite)}" name="${escapeXml(name)}"`
  const outcome = outcomes[verdict]
  if (outcome === undefined) return [`${opening}/>`]
  const message = escapeXml(why === undefined ? verdict : `${verdict}: ${why}`)
  if (outcome === "skipped") return [`${opening}>`, `      <skipped message="${message}"/>`, "    </testcase>"]
  const text = storiesOf(run, id).flatMap((story) => story.text.map(safeText))
  return [
    `${opening}>`,
    `      <${outcome} type="${verdict}" message="${message}">${text.join("\n")}</${outcome}>`,
    "    </testcase>"
  ]
}

/** A line as element content. Blanks stay, for diagrams are drawn with them. */
const safeText = (line: string): string => safeLine(line).replace(/[^ ]+/g, escapeXml)
