/** `portcullis check`: our implementations against the models, and the models against what was recorded and pinned. */
import { join } from "node:path"
import type { Command } from "commander"
import { asPinned } from "../../../model/kernel/scope.ts"
import { renderCounterexample } from "../../report/counterexample.ts"
import { type Divergence, renderDivergence } from "../../report/divergence.ts"
import { buildRun } from "../../report/run/build.ts"
import type { Run } from "../../report/run/run.ts"
import { renderCheckTable, renderExploreTable } from "../../report/tables.ts"
import { type CheckPlan, checkPlan } from "../check-plan.ts"
import { counterexampleFile, toldCounterexample } from "../counterexamples.ts"
import { type ExitStatus, exitStatus, type Finish, statusOf, wordFor, worst } from "../exit-status.ts"
import { type ExploredScope, exploreScope, scopeRow, scopeStatus, surpriseLines } from "../explored-scope.ts"
import { kitVersion } from "../kit-version.ts"
import { defaultSeed, runsFrom, seedFrom } from "../numbers.ts"
import { type Protocol, protocols } from "../protocols.ts"
import { type Pictured, prepareReport, withPictures, writeReport } from "../report-folder.ts"
import type { CheckedRow } from "../role-check.ts"
import { painted, printJson, type Shell } from "../shell.ts"
import { sentenceOf, specOf } from "../spec-words.ts"
import { type AdapterQuestion, checkAdapter } from "./check-adapter.ts"

interface Options extends AdapterQuestion {
  readonly wire?: boolean
}

/** A result with its wall time, which never leaves the terminal. */
interface Timed<A> {
  readonly result: A
  readonly seconds: number
}

interface Findings {
  readonly roles: ReadonlyArray<Timed<CheckedRow>>
  readonly scopes: ReadonlyArray<{ readonly protocol: Protocol; readonly explored: ExploredScope }>
  readonly status: ExitStatus
}

export const addCheck = (program: Command, shell: Shell, finish: Finish): void => {
  program
    .command("check")
    .description("run our implementations against the models, and write a report")
    .argument("[protocol]", "this protocol only")
    .option("--adapter <command>", "check the implementation behind this adapter, in any language")
    .option("--connect <address>", "the same for an adapter that listens at HOST:PORT or unix:PATH")
    .option("--variant <name>", "the design that it has to follow; otherwise those that explain it are found")
    .option("--tour", "take every transition of the bounded role behind --adapter or --connect")
    .option("--guided", "steer the walks behind it to sets of possible states that few walks have reached")
    .option("--known-failures <file>", "cases that are known to fail behind it, with reasons and a last day")
    .option("--replay <file-or-token>", "only play a divergence-N.regression.jsonl, or a token, against an adapter")
    .option("--role <role>", "this role only")
    .option("--wire", "only what is reached over real sockets")
    .option("--runs <number>", "runs for each role", runsFrom)
    .option("--seed <number>", "seed of all random choices", seedFrom, defaultSeed)
    .option("--report <folder>", "where to write the report", "report")
    .option("--json", "print one JSON document")
    .action((protocol: string | undefined, options: Options) =>
      finish(isRemote(options) ? checkAdapter(options, shell) : checking(protocol, options, shell))
    )
}

const isRemote = ({ adapter, connect, replay }: Options): boolean =>
  adapter !== undefined || connect !== undefined || replay !== undefined

const checking = async (protocol: string | undefined, options: Options, shell: Shell): Promise<ExitStatus> => {
  const plan = checkPlan({ protocol, role: options.role, wire: options.wire === true })
  prepareReport(options.report)
  const findings = await found(plan, options, shell)
  const pictured = picture(findings, options)
  writeReport(options.report, pictured, runOfCheck(findings, pictured, options.seed))
  if (options.json === true) printJson(shell, pictured.report)
  else tell(plan, findings, pictured, options.report, shell)
  return findings.status
}

const found = async (plan: CheckPlan, { runs, seed }: Options, shell: Shell): Promise<Findings> => {
  const interrupted = (): boolean => shell.interrupted()
  const roles: Array<Timed<CheckedRow>> = []
  for (const check of plan.roles) {
    if (interrupted()) break
    const started = shell.now()
    const onProgress = (runs: number, commands: number): void =>
      shell.progress(() => `${check.role}, ${check.way}: ${runs} runs, ${commands} commands`)
    const result = await check.check({ seed, runs: runs ?? check.runs, interrupted, onProgress })
    roles.push({ result, seconds: (shell.now() - started) / 1000 })
  }
  const scopes: Array<Findings["scopes"][number]> = []
  for (const { protocol, scope } of plan.scopes)
    if (!interrupted()) scopes.push({ protocol, explored: exploreScope(scope, asPinned, shell) })
  const all = roles.length === plan.roles.length && scopes.length === plan.scopes.length
  return {
    roles,
    scopes,
    status: worst([
      ...roles.map(({ result }) => statusOf(result.verdict)),
      ...scopes.map(({ explored }) => scopeStatus(explored)),
      all ? exitStatus.pass : exitStatus.unknown
    ])
  }
}

const picture = ({ roles, scopes }: Findings, { report, seed }: Options): Pictured => {
  const counterexamples = scopes.flatMap(({ protocol, explored }) =>
    explored.unexpected.map((law) => {
      const file = counterexampleFile(protocol, explored, law)
      return { file, told: toldCounterexample(protocol, file) }
    })
  )
  const explorations = scopes.map((one) => ({ ...scopeOf(one), seconds: undefined }))
  const results = roles.map(({ result }) => result)
  return withPictures(report, { kit: kitVersion, seed, results, explorations }, counterexamples)
}

const runOfCheck = (findings: Findings, { report, counterexamples }: Pictured, seed: number): Run => {
  const { roles, scopes, status } = findings
  return buildRun({
    kit: kitVersion,
    seed,
    specs: protocols.map(specOf),
    verdict: wordFor(status),
    roles: roles.map(({ result }, index) => ({ ...result, ...report.results[index] })),
    scopes: scopes.map((one) => ({ ...scopeOf(one), surprises: one.explored.surprises })),
    counterexamples: counterexamples.map(({ told, file: { protocol, scope } }) => ({ told, protocol, scope })),
    sentence: sentenceOf
  })
}

const scopeOf = ({ protocol, explored }: Findings["scopes"][number]) => ({
  protocol: protocol.protocol,
  ...scopeRow(explored)
})

/** Stories first, because tables are short and what is last is what one sees. */
const tell = (plan: CheckPlan, findings: Findings, pictured: Pictured, folder: string, shell: Shell): void => {
  const { roles, scopes, status } = findings
  // A known bug reached in two ways is one story.
  const stories = new Map<string, Divergence>()
  for (const { verdict, divergences } of pictured.report.results)
    for (const found of divergences) {
      const key = verdict === "known-failure" ? found.implementation : `${found.implementation} ${stories.size}`
      if (!stories.has(key)) stories.set(key, found)
    }
  for (const found of stories.values()) shell.print(`${renderDivergence(found, shell.style)}\n`)
  for (const { told } of pictured.counterexamples) shell.print(`${renderCounterexample(told, shell.style)}\n`)
  if (scopes.length > 0) shell.print(`${renderExploreTable(scopes.map(scopeOf))}\n`)
  shell.print(`${renderCheckTable(roles.map(({ result, seconds }) => ({ ...result, seconds })))}\n`)
  for (const { role, way, trouble } of roles.map(({ result }) => result))
    if (trouble !== undefined) shell.print(`${role}, ${way}: ${trouble}`)
  for (const { explored } of scopes) for (const line of surpriseLines(explored)) shell.print(line)
  const missed = plan.roles.length - roles.length + plan.scopes.length - scopes.length
  const stopped = missed === 0 ? "" : `; stopped, and ${missed} rows above are missing`
  shell.print(`${painted(status, shell)}${stopped}; the report is ${join(folder, "index.html")}`)
}
