/** `portcullis report`: a run that was kept, told again in any form, without the implementation. */
import { readFileSync, writeFileSync } from "node:fs"
import { type Command, Option } from "commander"
import { renderPage } from "../../report/html.ts"
import { type Comparison, compareRuns } from "../../report/run/compare.ts"
import { renderGithub } from "../../report/run/github.ts"
import { renderJunit } from "../../report/run/junit.ts"
import { RunError, readRun } from "../../report/run/read.ts"
import type { Run } from "../../report/run/run.ts"
import { renderSarif } from "../../report/run/sarif.ts"
import { renderTerminal } from "../../report/run/terminal.ts"
import { sanitize } from "../../report/terminal-text.ts"
import { type ExitStatus, exitStatus, type Finish } from "../exit-status.ts"
import type { Shell } from "../shell.ts"
import { UsageError } from "../usage-error.ts"

type Form = (run: Run, file: string, comparison: Comparison | undefined) => string

const forms: Readonly<Record<"terminal" | "junit" | "github" | "sarif" | "html", Form>> = {
  terminal: (run, _, comparison) => renderTerminal(run, comparison),
  junit: renderJunit,
  github: renderGithub,
  sarif: renderSarif,
  html: (run, _, comparison) => renderPage(run, comparison)
}

interface Options {
  readonly format: keyof typeof forms
  readonly out?: string
  readonly previous?: string
}

export const addReport = (program: Command, shell: Shell, finish: Finish): void => {
  program
    .command("report")
    .description("tell a run again in another form, without the implementation")
    .argument("<run>", "the run.jsonl of a report")
    .addOption(new Option("--format <form>", "what to make of it").choices(Object.keys(forms)).default("terminal"))
    .option("--out <file>", "where to write it; otherwise it is printed")
    .option("--previous <run>", "another run.jsonl, to say what has changed since")
    .action((file: string, options: Options) => finish(reporting(file, options, shell)))
}

/** The status is about the report: whoever wants the run's own has it in the last line. */
const reporting = (file: string, { format, out, previous }: Options, shell: Shell): ExitStatus => {
  const run = runIn(file)
  const comparison = previous === undefined ? undefined : compareRuns(runIn(previous), run)
  const text = forms[format](run, file, comparison)
  if (out === undefined) shell.print(text.trimEnd())
  else write(out, text)
  return exitStatus.pass
}

/** A file larger than this was not written by a check. */
const largest = 1 << 28

const runIn = (file: string): Run => {
  try {
    const bytes = readFileSync(file)
    if (bytes.length > largest) throw new UsageError(`${file} has ${bytes.length} bytes, more than any run`)
    return readRun(bytes.toString("utf8"))
  } catch (error) {
    if (error instanceof UsageError) throw error
    if (error instanceof RunError) throw new UsageError(sanitize(`${file}, ${error.message}`))
    throw new UsageError(`cannot read the run: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const write = (file: string, text: string): void => {
  try {
    writeFileSync(file, text)
  } catch (error) {
    throw new UsageError(`cannot write the report: ${error instanceof Error ? error.message : String(error)}`)
  }
}
