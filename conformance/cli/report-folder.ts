/** The folder that a check leaves behind: the run, the page made from it, the same as one document, and files for every story. */
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { decodeToken } from "../kit/token.ts"
import { apartIn, type Counterexample, renderCounterexample } from "../report/counterexample.ts"
import { type Divergence, divergenceDiagram, renderDivergence } from "../report/divergence.ts"
import { renderPage } from "../report/html.ts"
import { isOfAdapter } from "../report/replay-command.ts"
import type { Report } from "../report/report.ts"
import type { Run } from "../report/run/run.ts"
import { runText } from "../report/run/write.ts"
import { storyDiagram } from "../report/story.ts"
import { renderSvg } from "../report/svg-diagram.ts"
import type { CounterexampleFile } from "./counterexamples.ts"
import { UsageError } from "./usage-error.ts"

/** A counterexample, told and as data. */
export interface KeptCounterexample {
  readonly told: Counterexample
  readonly file: CounterexampleFile
}

/** Stories with the names of their pictures in the folder. */
export interface Pictured {
  readonly report: Report
  readonly counterexamples: ReadonlyArray<KeptCounterexample>
}

/** The name of the file that all forms are made from. */
const runFile = "run.jsonl"

const nameOfStory = /^(divergence|counterexample)-[0-9]+\.(svg|json|txt|regression\.jsonl)$/

/** Numbers the stories of a report and says where their pictures will be. */
export const withPictures = (
  folder: string,
  report: Report,
  counterexamples: ReadonlyArray<KeptCounterexample>
): Pictured => {
  let number = 0
  const picture = (kind: string): string => join(folder, `${kind}-${++number}.svg`)
  const results = report.results.map((result) => ({
    ...result,
    divergences: result.divergences.map((found) => ({ ...found, picture: picture("divergence") }))
  }))
  return {
    report: { ...report, results },
    counterexamples: counterexamples.map(({ told, file }) => ({
      file,
      told: { ...told, picture: picture("counterexample") }
    }))
  }
}

/** Makes the folder ready before work begins. Stories of an earlier run are removed, and nothing else is. */
export const prepareReport = (folder: string): void =>
  complaining(() => {
    mkdirSync(folder, { recursive: true })
    for (const name of readdirSync(folder).filter((name) => nameOfStory.test(name))) rmSync(join(folder, name))
  })

/** Writes everything into a folder that is ready. */
export const writeReport = (folder: string, { report, counterexamples }: Pictured, run: Run): void =>
  complaining(() => {
    writeTogether(folder, { "report.json": json(report), [runFile]: runText(run), "index.html": renderPage(run) })
    for (const found of report.results.flatMap(({ divergences }) => divergences)) writeDivergence(found)
    for (const kept of counterexamples) writeCounterexample(kept)
  })

/** The ending of a file that is being written. */
const unfinished = ".part"

/** Writes files beside those of an earlier run and then puts them in their place: whoever stops us leaves no half of one. */
const writeTogether = (folder: string, texts: Readonly<Record<string, string>>): void => {
  const files = Object.entries(texts).map(([name, text]) => ({ path: join(folder, name), text }))
  for (const { path, text } of files) writeFileSync(path + unfinished, text)
  for (const { path } of files) renameSync(path + unfinished, path)
}

/** A folder that cannot be written is the choice of whoever named it. */
const complaining = (work: () => void): void => {
  try {
    work()
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error
    throw new UsageError(`cannot write the report: ${error.message}`)
  }
}

const writeDivergence = (found: Divergence): void => {
  const { picture = "", replay } = found
  writeFileSync(picture, renderSvg(divergenceDiagram(found)))
  writeFileSync(beside(picture, "txt"), `${renderDivergence(found)}\n`)
  writeFileSync(
    beside(picture, "json"),
    json(replay === undefined || isOfAdapter(replay) ? found : decodeToken(replay))
  )
}

const writeCounterexample = ({ told, file }: KeptCounterexample): void => {
  const { picture = "", law, story } = told
  writeFileSync(picture, renderSvg(storyDiagram(`${law.id} ${law.sentence}`, story, apartIn(told))))
  writeFileSync(beside(picture, "txt"), `${renderCounterexample(told)}\n`)
  writeFileSync(beside(picture, "json"), json(file))
}

const beside = (picture: string, ending: string): string => picture.replace(/svg$/, ending)

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
