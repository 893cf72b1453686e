/**
 * The benchmark of the explorer: `npm run bench:explorer [-- --pairs 5] [--only TEXT]`.
 *
 * Spin and the explorer take turns, so that what else the machine does hits both. Every figure is a median; what counts is
 * the ratio. Models whose counts differ are an error.
 */
import { execFileSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import Table from "cli-table3"
import { Command, InvalidArgumentError } from "commander"
import { benchModels } from "./models.ts"

interface Run {
  readonly distinct: number
  readonly generated: number
  readonly seconds: number
  readonly megabytes: number
}

const atLeastOne = (text: string): number => {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text)
  throw new InvalidArgumentError("It takes a whole number from 1 to 999.")
}

const values = new Command("bench:explorer")
  .description("the explorer beside Spin, in turns; spin and gcc must be installed")
  .option("--pairs <number>", "runs of each", atLeastOne, 5)
  .option("--only <text>", "rows whose name has this in it", "")
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 4))
  .parse()
  .opts<{ readonly pairs: number; readonly only: string }>()
const { pairs } = values
const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url))
const folder = mkdtempSync(join(tmpdir(), "portcullis-bench-"))

const median = (numbers: ReadonlyArray<number>): number => {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? 0
}

const ours = (name: string, workers = 1, most?: number): Run =>
  JSON.parse(
    execFileSync(
      process.execPath,
      ["--import", "tsx", here("./one-run.ts"), name, `${workers}`, ...(most === undefined ? [] : [`${most}`])],
      { encoding: "utf8", maxBuffer: 1 << 26 }
    )
  )

const compiled = (file: string, define: string): void => {
  execFileSync("spin", ["-a", "-o2", define, here(file)], { cwd: folder })
  const options = ["-O3", "-march=native", "-w", "-DSAFETY", "-DNOREDUCE", "-o", "pan", "pan.c"]
  execFileSync("gcc", options, { cwd: folder })
}

const spin = (name: string): Run => {
  // Its stack must hold the longest path, and takes memory whether it is used or not.
  const stack = name.endsWith("9") ? "-m12000000" : "-m3000000"
  const said = execFileSync("./pan", [stack, "-w24"], { cwd: folder, encoding: "utf8" })
  const number = (pattern: RegExp): number => Number(pattern.exec(said)?.[1] ?? Number.NaN)
  return {
    distinct: number(/([\d.e+]+) states, stored/),
    generated: number(/([\d.e+]+) transitions/),
    seconds: number(/elapsed time ([\d.]+)/),
    megabytes: number(/([\d.]+)\s+total actual memory usage/)
  }
}

/** From a hundred million on, Spin prints eight digits. */
const same = (one: number, other: number): boolean =>
  one === other || (other >= 1e8 && Math.abs(one / other - 1) < 1e-7)

const expectCounts = (who: string, name: string, run: Run): void => {
  const { distinct = run.distinct, generated = run.generated } = benchModels[name]!
  if (run.distinct !== distinct || !same(run.generated, generated))
    throw new Error(`${who} counts ${run.distinct} and ${run.generated} on ${name}, not ${distinct} and ${generated}`)
}

const wanted = (name: string): boolean => name.includes(values.only)
/** What takes minutes runs only when it is asked for. */
const isOnRequest = (name: string): boolean => name.startsWith("largest") && values.only !== ""
const count = (number: number): string => number.toLocaleString("en")
const print = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): void => {
  if (rows.length === 0) return
  const table = new Table({ head: [...head], style: { head: [], border: [] } })
  table.push(...rows.map((row) => [...row]))
  process.stdout.write(`${table}\n`)
}

const besideSpin = (name: string): ReadonlyArray<string> => {
  const { file, define } = benchModels[name]!.promela!
  compiled(file, define)
  const runs = Array.from({ length: pairs }, () => {
    const theirs = spin(name)
    const mine = ours(name)
    expectCounts("Spin", name, theirs)
    expectCounts("the explorer", name, mine)
    return { theirs, mine }
  })
  const { distinct, generated } = runs[0]!.mine
  const seconds = median(runs.map(({ mine }) => mine.seconds))
  const megabytes = median(runs.map(({ mine }) => mine.megabytes))
  return [
    name,
    count(distinct),
    count(generated),
    seconds.toFixed(2),
    median(runs.map(({ theirs }) => theirs.seconds)).toFixed(2),
    median(runs.map(({ theirs, mine }) => theirs.seconds / mine.seconds)).toFixed(2),
    megabytes.toFixed(0),
    median(runs.map(({ theirs }) => theirs.megabytes)).toFixed(0),
    ((megabytes * 2 ** 20) / distinct).toFixed(0)
  ]
}

const alone = (name: string): ReadonlyArray<string> => {
  const runs = Array.from({ length: pairs }, () => ours(name))
  const { distinct, generated } = runs[0]!
  const seconds = median(runs.map((run) => run.seconds))
  const megabytes = median(runs.map((run) => run.megabytes))
  return [
    name,
    count(distinct),
    count(generated),
    seconds.toFixed(2),
    (distinct / seconds / 1e6).toFixed(2),
    megabytes.toFixed(0)
  ]
}

const twoWorkers = (name: string): ReadonlyArray<string> => {
  const runs = Array.from({ length: pairs }, () => ({ one: ours(name), two: ours(name, 2) }))
  const of = (pick: (run: (typeof runs)[number]) => number): string => median(runs.map(pick)).toFixed(2)
  return [
    name,
    of(({ one }) => one.seconds),
    of(({ two }) => two.seconds),
    of(({ one, two }) => one.seconds / two.seconds)
  ]
}

/** How seconds grow with states: the slope of the line through the logarithms. */
const growth = (name: string): void => {
  const points = [1e4, 1e5, 1e6, 1e7].map((most) => {
    const runs = Array.from({ length: pairs }, () => ours(name, 1, most))
    return { distinct: runs[0]!.distinct, seconds: median(runs.map((run) => run.seconds)) }
  })
  const xs = points.map(({ distinct }) => Math.log(distinct))
  const ys = points.map(({ seconds }) => Math.log(seconds))
  const mean = (numbers: ReadonlyArray<number>): number => numbers.reduce((a, b) => a + b, 0) / numbers.length
  const [x, y] = [mean(xs), mean(ys)]
  const slope =
    xs.reduce((sum, at, k) => sum + (at - x) * (ys[k]! - y), 0) / xs.reduce((sum, at) => sum + (at - x) ** 2, 0)
  const last = Math.log(points[3]!.seconds / points[2]!.seconds) / Math.log(points[3]!.distinct / points[2]!.distinct)
  print(
    ["first states of", "distinct", "seconds"],
    points.map(({ distinct, seconds }) => [name, count(distinct), seconds.toFixed(2)])
  )
  process.stdout.write(
    `seconds grow with states to the power ${slope.toFixed(2)}; from 10^6 to 10^7, ${last.toFixed(2)}\n`
  )
}

try {
  const names = Object.keys(benchModels)
  const compared = names.filter((name) => benchModels[name]!.promela !== undefined && wanted(name))
  print(
    ["beside Spin", "distinct", "generated", "s", "Spin s", "ratio", "MB", "Spin MB", "B/state"],
    compared.map(besideSpin)
  )
  print(
    ["alone", "distinct", "generated", "s", "M states/s", "MB"],
    names.filter((name) => (name.startsWith("dcp") || isOnRequest(name)) && wanted(name)).map(alone)
  )
  print(["workers", "one: s", "two: s", "ratio"], ["two-phase commit 9"].filter((name) => wanted(name)).map(twoWorkers))
  if (wanted("growth")) growth("session fencing 3, 2 sessions")
} finally {
  rmSync(folder, { recursive: true })
}
