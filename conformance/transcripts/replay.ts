/** Replaying what the real consumer connection answered, step by step, against a variant of the model. */
import { readFileSync } from "node:fs"
import { brotliDecompressSync } from "node:zlib"
import { Schema } from "effect"
import { consumerConnection } from "../../model/dcp/consumer-connection.ts"
import { asShipped, type Variant } from "../../model/dcp/variants.ts"
import { outcome } from "../../model/kernel/role.ts"
import { packageFile } from "../package/package-file.ts"
import { inputOf, outputsTold, RecordedRun, recordedTold, type Told } from "./vocabulary.ts"

/** The first step of a run in which the model tells something else. */
export interface Difference {
  readonly seed: number
  readonly step: number
  readonly recorded: Told
  readonly model: Told
}

export interface Replay {
  readonly runs: number
  /** Steps that were compared; a run is left at its first difference. */
  readonly steps: number
  readonly differences: ReadonlyArray<Difference>
}

const decodeRun = Schema.decodeUnknownSync(Schema.fromJsonString(RecordedRun))

/** Read a recording that this folder keeps. */
export const recording = (
  name: "dcp-consumer-connection" | "dcp-consumer-connection-before-fix"
): ReadonlyArray<RecordedRun> =>
  brotliDecompressSync(readFileSync(packageFile("conformance", "transcripts", `${name}.jsonl.br`)))
    .toString("utf8")
    .trimEnd()
    .split("\n")
    .map((line) => decodeRun(line))

/** Replay every run against one variant of the consumer connection. */
export const replay = (runs: ReadonlyArray<RecordedRun>, variant: Variant): Replay => {
  let steps = 0
  const differences: Array<Difference> = []
  for (const run of runs) {
    const difference = firstDifference(run, variant)
    steps += difference?.step ?? run.steps.length
    if (difference !== undefined) differences.push(difference)
  }
  return { runs: runs.length, steps, differences }
}

/** The first step in which the model tells something else than the recording, if any. */
export const firstDifference = (run: RecordedRun, variant: Variant): Difference | undefined => {
  const role = consumerConnection(variant)
  let state = role.initial
  for (const [step, recorded] of run.steps.entries()) {
    const result = outcome(role.step(state, inputOf(recorded.input)))
    const model =
      result._tag === "Became"
        ? outputsTold(result.next.outputs, result.next.state.partitions)
        : outputsTold([{ _tag: "Crash", reason: result.reason }], null)
    const told = recordedTold(recorded)
    // The log call that crashes only does so where warnings are logged, so its absence is no difference; the run ends here.
    if (told.crash === "badarg" && model.crash === null && variant.producerCloseUnderShut === "crashes")
      return undefined
    if (!agree(told, model)) return { seed: run.seed, step, recorded: told, model }
    if (result._tag === "Refused") return undefined
    state = result.next.state
  }
  return undefined
}

const agree = (recorded: Told, model: Told): boolean =>
  recorded.crash !== null || model.crash !== null
    ? recorded.crash === model.crash
    : recorded.sends.join() === model.sends.join() &&
      recorded.says.join() === model.says.join() &&
      recorded.fate === model.fate &&
      recorded.partitions?.join() === model.partitions?.join()

/** How many runs differ first because of one parameter: the one whose shipped value makes that step agree. */
export const differencesByClass = (runs: ReadonlyArray<RecordedRun>, variant: Variant): ReadonlyMap<string, number> => {
  const classes = new Map<string, number>()
  for (const run of runs) {
    const difference = firstDifference(run, variant)
    if (difference === undefined) continue
    const name = explanation(run, variant, difference.step)
    classes.set(name, (classes.get(name) ?? 0) + 1)
  }
  return new Map([...classes].sort(([a], [b]) => (a < b ? -1 : 1)))
}

const explanation = (run: RecordedRun, variant: Variant, step: number): string => {
  const upTo = { ...run, steps: run.steps.slice(0, step + 1) }
  const parameters = Object.keys(variant) as ReadonlyArray<keyof Variant>
  const changed = parameters.filter((parameter) => variant[parameter] !== asShipped[parameter])
  const alone = changed.filter(
    (parameter) => firstDifference(upTo, { ...variant, [parameter]: asShipped[parameter] }) === undefined
  )
  return alone.length > 0 ? alone.join(" or ") : "several together"
}
