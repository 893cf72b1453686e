/** `portcullis check --adapter CMD` and `--connect ADDRESS`: an implementation in any language, behind an adapter of its own. */
import { join } from "node:path"
import { usualBudgets } from "../../remote/budgets.ts"
import { type Case, casesOf, verdictOf } from "../../remote/cases.ts"
import { checkRemote } from "../../remote/check-remote.ts"
import { judged, type KnownFailure, staleEntries } from "../../remote/known-failures.ts"
import { Line } from "../../remote/line.ts"
import type { RemoteResult } from "../../remote/remote-result.ts"
import { type RoleEntry, rolesNamed } from "../../remote/remote-role.ts"
import { remoteRoles } from "../../remote/roles/index.ts"
import { renderDivergence } from "../../report/divergence.ts"
import type { ProtocolResult } from "../../report/report.ts"
import { buildRun } from "../../report/run/build.ts"
import { coverageWords } from "../../report/run/coverage-words.ts"
import type { Coverage, Exercised } from "../../report/run/lines.ts"
import type { Run } from "../../report/run/run.ts"
import { renderCheckTable } from "../../report/tables.ts"
import { sanitize, withoutCommands } from "../../report/terminal-text.ts"
import { childDialer } from "../../transport/child-link.ts"
import type { Dialer } from "../../transport/link.ts"
import { addressIn, socketDialer } from "../../transport/socket-link.ts"
import { adapterRow, coverageOf, reachedLine, tourLine, variantLine } from "../adapter-row.ts"
import { type ExitStatus, statusOf, wordFor, worst } from "../exit-status.ts"
import { kitVersion } from "../kit-version.ts"
import { knownFailuresIn } from "../known-failures-file.ts"
import { withReplay, writeRegressions } from "../regression-files.ts"
import { type Pictured, prepareReport, withPictures, writeReport } from "../report-folder.ts"
import { painted, printJson, type Shell } from "../shell.ts"
import { sentenceOf } from "../spec-words.ts"
import { noSuch, shown, UsageError } from "../usage-error.ts"
import { replayRegression } from "./check-replay.ts"

/** What the command line says about an adapter. */
export interface AdapterQuestion {
  readonly adapter?: string
  readonly connect?: string
  readonly role?: string
  readonly variant?: string
  readonly tour?: boolean
  readonly guided?: boolean
  readonly runs?: number
  readonly seed: number
  readonly knownFailures?: string
  readonly replay?: string
  readonly report: string
  readonly json?: boolean
}

const usualRuns = 300

/** Checks every role that was asked for, or that the adapter plays. */
export const checkAdapter = async (question: AdapterQuestion, shell: Shell): Promise<ExitStatus> => {
  const dialer = dialerFor(question)
  if (question.replay !== undefined) return await replayRegression(question.replay, dialer, shell)
  const entries = entriesFor(question)
  const known = question.knownFailures === undefined ? [] : knownFailuresIn(question.knownFailures)
  prepareReport(question.report)
  const checked: Array<CheckedAdapter> = []
  for (const entry of entries) checked.push(await checkedIn(entry, dialer, question, shell))
  return tellChecked(withKnown(checked, known), question, shell)
}

const dialerFor = ({ adapter, connect, replay }: AdapterQuestion): Dialer => {
  if (replay !== undefined && adapter === undefined && connect === undefined)
    throw new UsageError("--replay plays a regression against an adapter: give --adapter or --connect")
  if (adapter !== undefined && connect !== undefined) throw new UsageError("give --adapter or --connect, not both")
  if (adapter !== undefined) return childDialer(adapter)
  const address = addressIn(connect ?? "")
  if (address === undefined)
    throw new UsageError(`--connect takes HOST:PORT or unix:PATH, not "${shown(connect ?? "")}"`)
  return socketDialer(address, connect ?? "")
}

/** A role is named with its protocol or without. */
const entriesFor = ({ role, variant }: AdapterQuestion): ReadonlyArray<RoleEntry> => {
  const found = role === undefined ? remoteRoles : rolesNamed(remoteRoles, role)
  if (found.length === 0)
    throw new UsageError(
      noSuch(
        "role",
        role ?? "",
        remoteRoles.map(({ role }) => role)
      )
    )
  if (variant === undefined) return found
  const names = found.flatMap((one) => one.open(({ variants }) => variants.map(({ name }) => name)))
  if (!names.includes(variant)) throw new UsageError(noSuch("variant", variant, names))
  return found
}

/** A role as it was found, ready to be told. */
export interface CheckedAdapter {
  readonly row: ProtocolResult
  readonly cases: ReadonlyArray<Case>
  readonly lines: ReadonlyArray<string>
  readonly coverage: Coverage | undefined
  readonly exercised: Exercised | undefined
  /** What the adapter says that it is written in. */
  readonly language: string | undefined
  readonly seconds: number
}

const checkedIn = (
  entry: RoleEntry,
  dialer: Dialer,
  { runs, seed, variant, tour, guided }: AdapterQuestion,
  shell: Shell
): Promise<CheckedAdapter> =>
  entry.open(async (role) => {
    const started = shell.now()
    const line = new Line(dialer, {
      version: kitVersion,
      specs: remoteRoles.map(({ spec }) => spec),
      budgets: usualBudgets
    })
    const result = await checkRemote(role, line, {
      seed,
      runs: runs ?? usualRuns,
      variant,
      tour: tour === true,
      guided,
      interrupted: () => shell.interrupted(),
      onProgress: (runs, inputs) => shell.progress(() => `${role.role}, ${line.way}: ${runs} runs, ${inputs} inputs`)
    })
    const named = variant !== undefined
    const cases = casesOf(result, named)
    return {
      row: adapterRow(result, cases, named),
      cases,
      lines: result.trouble === undefined ? linesOf(result, guided === true) : [],
      coverage: coverageOf(result),
      exercised: result.exercised,
      language: result.language,
      seconds: (shell.now() - started) / 1000
    }
  })

const linesOf = (result: RemoteResult<unknown, unknown>, guided: boolean): ReadonlyArray<string> =>
  [variantLine(result), guided ? reachedLine(result) : "", tourLine(result)].filter((line) => line !== "")

/** The same with known failures told as such, and whatever is wrong with their list as cases of its own. */
const withKnown = (
  checked: ReadonlyArray<CheckedAdapter>,
  known: ReadonlyArray<KnownFailure>
): ReadonlyArray<CheckedAdapter> => {
  if (known.length === 0) return checked
  const today = new Date().toISOString().slice(0, 10)
  const all = checked.flatMap(({ cases }) => cases)
  const adapted = checked.map((one) => {
    const cases = one.cases.map((given) => judged(given, known, today))
    return { ...one, cases, row: { ...one.row, verdict: verdictOf(cases) } }
  })
  const [first, ...others] = adapted
  if (first === undefined) return adapted
  return [{ ...first, cases: [...first.cases, ...staleEntries(all, known, today)] }, ...others]
}

const runOfAdapter = (
  checked: ReadonlyArray<CheckedAdapter>,
  { report }: Pictured,
  seed: number,
  status: ExitStatus
): Run =>
  buildRun({
    kit: kitVersion,
    seed,
    specs: remoteRoles.map(({ spec }) => spec),
    verdict: wordFor(status),
    roles: checked.map(({ row, lines, coverage, exercised, language }, index) => ({
      ...(report.results[index] ?? row),
      notes: lines,
      ...(language === undefined ? {} : { language }),
      ...coveredBy({ coverage, exercised })
    })),
    scopes: [],
    counterexamples: [],
    cases: checked.flatMap(({ cases }) => cases),
    sentence: sentenceOf
  })

/** Writes the report, and tells what was found. */
export const tellChecked = (
  checked: ReadonlyArray<CheckedAdapter>,
  question: Pick<AdapterQuestion, "seed" | "report" | "json">,
  shell: Shell
): ExitStatus => {
  const { seed, report: folder, json } = question
  const results = checked.map(({ row }) => ({
    ...row,
    divergences: row.divergences.map((found) => withReplay(found, { kit: kitVersion, seed }))
  }))
  const pictured = withPictures(folder, { kit: kitVersion, seed, results }, [])
  const status = worst(checked.flatMap(({ cases }) => cases.map(({ verdict }) => statusOf(verdict))))
  const run = runOfAdapter(checked, pictured, seed, status)
  writeReport(folder, pictured, run)
  writeRegressions(folder, run)
  if (json === true) {
    printJson(shell, { ...pictured.report, cases: checked.flatMap(({ cases }) => cases) })
    return status
  }
  for (const { divergences } of pictured.report.results)
    for (const found of divergences) shell.print(`${withoutCommands(renderDivergence(found, shell.style))}\n`)
  shell.print(`${renderCheckTable(checked.map(({ row, seconds }) => ({ ...row, seconds })))}\n`)
  for (const one of checked) {
    const { cases, lines, row } = one
    for (const { id, verdict, why } of cases)
      if (verdict !== "pass" && why !== undefined) shell.print(safe(`${id}: ${verdict}: ${why}`))
    for (const line of lines) shell.print(safe(line))
    for (const line of coverageWords(coveredBy(one))) shell.print(safe(`${row.role}, ${row.way}: ${line}`))
  }
  const word =
    verdictOf(checked.flatMap(({ cases }) => cases)) === "unsupported" ? "unsupported" : painted(status, shell)
  shell.print(`${word}; the report is ${join(folder, "index.html")}`)
  return status
}

/** What a role's run says of how much was covered; nothing where it does not. */
const coveredBy = ({ coverage, exercised }: Pick<CheckedAdapter, "coverage" | "exercised">) => ({
  ...(coverage === undefined ? {} : { coverage }),
  ...(exercised === undefined ? {} : { exercised })
})

/** Whatever an adapter says of itself is data, and moves no cursor. */
const safe = (text: string): string => withoutCommands(text.split("\n").map(sanitize).join("\n"))
