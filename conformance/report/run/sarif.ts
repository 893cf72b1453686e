/** A run as SARIF 2.1.0, for code scanning: a law is a rule, and what breaks it is a result. */
import { lawReference } from "../law-reference.ts"
import { replayCommand } from "../replay-command.ts"
import { sanitize } from "../terminal-text.ts"
import type { Comparison } from "./compare.ts"
import { coverageWords } from "./coverage-words.ts"
import type { LineOf } from "./lines.ts"
import { type At, isGreen, type Run } from "./run.ts"
import { type ShownBy, storiesOf } from "./stories.ts"

interface Rule {
  readonly id: string
  readonly shortDescription: { readonly text: string }
  readonly help?: { readonly text: string }
}

/** The log as one JSON document. `uri` is where the run is, relative to the root of the repository. */
export const renderSarif = (run: Run, uri: string, comparison?: Comparison): string => {
  const red = run.cases.filter(({ verdict }) => !isGreen(verdict) || verdict === "known-failure")
  const found = red.map((one) => ({ one, rule: ruleOf(run, one), story: storiesOf(run, one.id)[0] }))
  const rules = [
    ...new Map([...lawRules(run), ...found.map(({ rule }) => rule)].map((rule) => [rule.id, rule])).values()
  ]
  const at = new Map(rules.map(({ id }, index) => [id, index]))
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Portcullis", version: sanitize(run.header.kit), rules } },
        columnKind: "utf16CodeUnits",
        properties: { seed: run.header.seed, verdict: run.end.verdict, ...coveredIn(run) },
        results: found.map(({ one, rule, story }) => ({
          ruleId: rule.id,
          ruleIndex: at.get(rule.id),
          level: levelOf(one),
          message: { text: messageOf(one, story) },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: encoded(uri) },
                region: { startLine: story?.at ?? one.at }
              },
              logicalLocations: [{ fullyQualifiedName: sanitize(one.id) }]
            }
          ],
          partialFingerprints: { "portcullisCase/v1": sanitize(one.id) },
          ...(story?.replay === undefined ? {} : { properties: { replay: sanitize(replayCommand(story.replay)) } }),
          ...(one.verdict === "known-failure"
            ? { suppressions: [{ kind: "external", justification: sanitize(one.why ?? "a known failure") }] }
            : {}),
          ...(comparison === undefined ? {} : { baselineState: baselineOf(comparison, one.id) }),
          ...(story === undefined ? {} : { codeFlows: [flowOf(story, uri)] })
        }))
      }
    ]
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

/** How much was covered, a sentence for each role that says so. */
const coveredIn = ({ roles }: Run): { readonly coverage?: ReadonlyArray<string> } => {
  const coverage = roles.flatMap((one) =>
    coverageWords(one).map((text) => sanitize(`${one.role}, ${one.way}: ${text}`))
  )
  return coverage.length === 0 ? {} : { coverage }
}

type Case = At<LineOf<"Case">>

const lawRules = ({ laws }: Run): ReadonlyArray<Rule> => laws.map(({ id, sentence }) => lawRule(id, sentence))

const lawRule = (id: string, sentence: string): Rule => ({
  id: sanitize(id),
  shortDescription: { text: sanitize(sentence === "" ? id : sentence) },
  help: { text: sanitize(`The law is written down in ${lawReference(id)}.`) }
})

/** The law that the case is about; otherwise the kind of question, such as `follows` or `determinism`. */
const ruleOf = (run: Run, { id }: Case): Rule => {
  const [story] = storiesOf(run, id)
  if (story?.law !== undefined) return lawRule(story.law.id, story.law.sentence)
  const law = run.laws.find((one) => id.endsWith(`/laws/${one.id}`))
  if (law !== undefined) return lawRule(law.id, law.sentence)
  const words = id.split("/")
  const kind = sanitize(words.find((word) => questions.has(word)) ?? words[2] ?? id)
  return {
    id: `portcullis/${kind}`,
    shortDescription: { text: questions.get(kind) ?? `The question ${kind} of the kit.` }
  }
}

/** What the kit asks besides laws. */
const questions: ReadonlyMap<string, string> = new Map([
  ["adapter", "The adapter keeps to the protocol of the kit."],
  ["follows", "The implementation does what the model of its variant allows."],
  ["tour", "Every transition of the bounded role is as the model has it."],
  ["scopes", "A scope of the model is as it is pinned."],
  ["known-failures", "The list of known failures is about what there is."],
  ["determinism", "The same seed and inputs give the same transcript."]
])

const levelOf = ({ verdict }: Case): "error" | "warning" | "note" => {
  if (verdict === "known-failure") return "note"
  return verdict === "unknown" || verdict === "flaky" ? "warning" : "error"
}

const messageOf = ({ id, verdict, why }: Case, story: ShownBy | undefined): string => {
  const what = story?._tag === "Divergence" ? story.sentence : (story?.where ?? id)
  return sanitize([what, why === undefined ? verdict : `${verdict}: ${why}`].join("; "))
}

/** Each event of the story is a place in the line that holds it. */
const flowOf = (story: ShownBy, uri: string) => ({
  threadFlows: [
    {
      locations: story.drawn.events.map((event) => ({
        location: {
          physicalLocation: { artifactLocation: { uri: encoded(uri) }, region: { startLine: story.at } },
          message: { text: sanitize(`${event.step}. ${event.text}`) }
        }
      }))
    }
  ]
})

const baselineOf = ({ still }: Comparison, id: string): "unchanged" | "new" =>
  still.some((one) => one.id === id) ? "unchanged" : "new"

/** A path as a relative reference. */
const encoded = (path: string): string =>
  path
    .split(/[/\\]/)
    .map((part) => encodeURIComponent(sanitize(part)))
    .join("/")
