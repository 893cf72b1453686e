/** `portcullis judge`: what an implementation did, judged at any later time and without it. */
import type { Command } from "commander"
import { casesOf } from "../../remote/cases.ts"
import type { RoleEntry } from "../../remote/remote-role.ts"
import { remoteRoles } from "../../remote/roles/index.ts"
import { coverageOf } from "../../vectors/coverage.ts"
import { judge } from "../../vectors/judge.ts"
import { BadLine, linesIn, readLine, type VersionedLine } from "../../vectors/lines.ts"
import { transcriptOf } from "../../vectors/vector.ts"
import { adapterRow, coverageOf as coverageOfRow, variantLine } from "../adapter-row.ts"
import type { ExitStatus, Finish } from "../exit-status.ts"
import { defaultSeed } from "../numbers.ts"
import { prepareReport } from "../report-folder.ts"
import type { Shell } from "../shell.ts"
import { type CheckedAdapter, tellChecked } from "./check-adapter.ts"

interface Options {
  readonly vectors?: string
  readonly report: string
  readonly json?: boolean
}

export const addJudge = (program: Command, shell: Shell, finish: Finish): void => {
  program
    .command("judge")
    .description("judge a transcript of vectors by the laws and the variants, without the implementation")
    .argument("<transcript>", "a file of JSON lines")
    .option("--vectors <file>", "every vector of this file has to be in the transcript")
    .option("--report <folder>", "where to write the report", "report")
    .option("--json", "print one JSON document")
    .action((transcript: string, options: Options) => finish(judging(transcript, options, shell)))
}

const judging = async (file: string, options: Options, shell: Shell): Promise<ExitStatus> => {
  const lines = linesIn(file, remoteRoles)
  const vectors = options.vectors === undefined ? undefined : linesIn(options.vectors, remoteRoles)
  const named = new Set([...lines, ...(vectors ?? [])].map(({ role }) => role))
  const judged = remoteRoles
    .filter(({ role }) => named.has(role))
    .map((entry) => judgedIn(entry, lines, vectors, shell))
  prepareReport(options.report)
  return tellChecked(judged, { ...options, seed: defaultSeed }, shell)
}

const judgedIn = (
  entry: RoleEntry,
  all: ReadonlyArray<VersionedLine>,
  vectors: ReadonlyArray<VersionedLine> | undefined,
  shell: Shell
): CheckedAdapter =>
  entry.open((role) => {
    const started = shell.now()
    const lines = all.filter((line) => line.role === role.role)
    const transcripts = lines.map(readLine(transcriptOf(role)))
    const [first] = transcripts
    for (const [at, { implementation, steps, seen }] of transcripts.entries()) {
      if (seen.length > steps.length)
        throw new BadLine(
          `${lines[at]!.where}: at most ${steps.length} reactions were expected, one for each step, not ${seen.length}`
        )
      if (implementation !== first?.implementation)
        throw new BadLine(
          `${lines[at]!.where}: ${first?.implementation} was expected, as in the lines before, not ${implementation}`
        )
    }
    const covered = vectors === undefined ? [] : [coverageOf(role, transcripts, vectors)]
    const result = judge(role, first?.implementation ?? "nobody", transcripts, covered)
    const cases = casesOf(result, false)
    return {
      row: adapterRow(result, cases, false),
      cases,
      language: result.language,
      exercised: result.exercised,
      coverage: coverageOfRow(result),
      lines: [variantLine(result)].filter((line) => line !== ""),
      seconds: (shell.now() - started) / 1000
    }
  })
