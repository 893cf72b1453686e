/** Regressions as files: what a divergence over an adapter leaves behind, and reading it again. */
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Result, Schema } from "effect"
import { opened, sealed } from "../kit/sealed.ts"
import { packageFile } from "../package/package-file.ts"
import { remoteRoles } from "../remote/roles/index.ts"
import { type Divergence, divergenceSentence } from "../report/divergence.ts"
import { playerFor } from "../report/regression/player.ts"
import { isOfAdapter } from "../report/replay-command.ts"
import {
  type ChoiceOf,
  Regression,
  RegressionHeader,
  RegressionStep,
  regressionOf,
  regressionVersion
} from "../report/run/regression.ts"
import type { Run } from "../report/run/run.ts"
import { jsonLine } from "../report/run/write.ts"
import { sanitize } from "../report/terminal-text.ts"
import { messageOf, oneLine } from "./replay-input.ts"
import { shown, UsageError } from "./usage-error.ts"

const playerText = (name: string): string =>
  readFileSync(packageFile("conformance", "report", "regression", `${name}.template`), "utf8")

/** Writes each divergence's regression beside the stories, and once for each language the test that plays them. */
export const writeRegressions = (folder: string, run: Run): void => {
  const kept = run.divergences.flatMap((found) => {
    const regression = regressionOf(run.header, found, choiceOf)
    return regression === undefined ? [] : [{ number: found.number, regression }]
  })
  try {
    for (const { number, regression } of kept)
      writeFileSync(join(folder, `divergence-${number}.regression.jsonl`), regressionText(regression))
    if (kept.length === 0) return
    for (const name of new Set(run.roles.map(({ language }) => playerFor(language))))
      writeFileSync(join(folder, name), playerText(name))
  } catch (error) {
    throw new UsageError(`cannot write the regressions: ${messageOf(error)}`)
  }
}

/** A divergence with the token that plays it again, where it gives something to an adapter. */
export const withReplay = (found: Divergence, header: { readonly kit: string; readonly seed: number }): Divergence => {
  const regression = regressionOf(header, { ...found, sentence: divergenceSentence(found) }, choiceOf)
  return regression === undefined ? found : { ...found, replay: sealed("regression", withoutAnswers(regression)) }
}

/** What was answered then plays no part when a token is judged, and would make it longer. */
const withoutAnswers = ({ header, steps }: Regression): Regression => ({
  header,
  steps: steps.map(({ seen, ...step }) => step)
})

/** Labels of a story are those of its role, which is the only one that reads them. */
const choiceOf: ChoiceOf = (name, labels) =>
  remoteRoles
    .find(({ role }) => role === name)
    ?.open(<L>({ part }: { readonly part: { choice(labels: ReadonlyArray<L>): unknown } }) =>
      part.choice(labels as ReadonlyArray<L>)
    )

const regressionText = ({ header, steps }: Regression): string =>
  [header, ...steps].map((line) => `${jsonLine(line)}\n`).join("")

const readHeader = Schema.decodeUnknownResult(Schema.fromJsonString(RegressionHeader))
const readStep = Schema.decodeUnknownResult(Schema.fromJsonString(RegressionStep))

/** The regression in a token or in a file. Throws `TokenError` or `UsageError`. */
export const regressionFrom = (text: string): Regression =>
  isOfAdapter(text.trim()) ? opened("regression", Regression, text) : regressionIn(text)

/** The regression in a file. Throws `UsageError`, which says in which line it is wrong. */
const regressionIn = (file: string): Regression => {
  let text: string
  try {
    text = readFileSync(file, "utf8")
  } catch (error) {
    throw new UsageError(`cannot read the regression: ${messageOf(error)}`)
  }
  const wrong = (line: number, what: string): UsageError =>
    new UsageError(`${file}, line ${line}: this is no regression of version ${regressionVersion}: ${shortly(what)}`)
  const [first = "", ...lines] = text.split("\n")
  const header = readHeader(first)
  if (Result.isFailure(header)) throw wrong(1, header.failure.message)
  if (lines.pop() !== "" || lines.length !== header.success.steps)
    throw wrong(lines.length + 1, `the header tells of ${header.success.steps} steps, and there are ${lines.length}`)
  const steps = lines.map((line, at) => {
    const step = readStep(line)
    if (Result.isSuccess(step)) return step.success
    throw wrong(at + 2, step.failure.message)
  })
  return { header: header.success, steps }
}

const shortly = (what: string): string => shown(sanitize(oneLine(what)))
