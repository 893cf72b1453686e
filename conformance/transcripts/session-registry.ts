/**
 * What the real session registry answered, step by step, held against a variant of the model and against an implementation.
 *
 * The order in which one close meets its sessions was not recorded, so all model states that explain a recording so far are
 * kept; a step that none of them explains is a difference.
 */
import { readFileSync } from "node:fs"
import { brotliDecompressSync } from "node:zlib"
import { Schema } from "effect"
import { waysToTake } from "../../model/sessions/registry/registry-alone.ts"
import { fresh, type Registry } from "../../model/sessions/registry/state.ts"
import type { RegistryVariant } from "../../model/sessions/registry/variants.ts"
import { RegistryInput, RegistryOutput } from "../../spec/sessions/registry/messages.ts"
import { isDied, isStrange, type Seen } from "../kit/role-under-test.ts"
import { same } from "../kit/same.ts"
import type { RegistryAdapter } from "../kit/sessions/registry-part.ts"
import { describeRegistryInput, describeRegistryOutput } from "../kit/sessions/registry-words.ts"
import { packageFile } from "../package/package-file.ts"

/** One recorded line: a run with one seed. The recordings use the spec's own words. */
const RecordedRun = Schema.Struct({
  seed: Schema.Int,
  steps: Schema.Array(Schema.Struct({ input: RegistryInput, outputs: Schema.Array(RegistryOutput) }))
})
type RecordedRun = typeof RecordedRun.Type

const decodeRun = Schema.decodeUnknownSync(Schema.fromJsonString(RecordedRun))

/** The recording of scylladb HEAD `f4a4091ca2`, one shard. */
export const registryRecording = (): ReadonlyArray<RecordedRun> =>
  brotliDecompressSync(readFileSync(packageFile("conformance", "transcripts", "session-registry.jsonl.br")))
    .toString("utf8")
    .trimEnd()
    .split("\n")
    .map((line) => decodeRun(line))

/** The first step of a run that nothing explains. */
export interface Unexplained {
  readonly seed: number
  readonly step: number
  readonly input: string
  readonly answered: ReadonlyArray<string>
}

export interface Explained {
  readonly runs: number
  /** Steps that were explained. */
  readonly steps: number
  /** The most states that were possible at once. */
  readonly states: number
  readonly unexplained: ReadonlyArray<Unexplained>
}

/** Holds every recorded step against a variant of the model. */
export const explainedBy = (runs: ReadonlyArray<RecordedRun>, variant: RegistryVariant): Explained => {
  let steps = 0
  let states = 1
  const unexplained: Array<Unexplained> = []
  for (const { seed, steps: recorded } of runs) {
    let possible: ReadonlyArray<Registry> = [fresh]
    for (const [step, { input, outputs }] of recorded.entries()) {
      possible = after(possible, input, outputs, variant)
      if (possible.length === 0) {
        unexplained.push({ seed, step, ...told(input, outputs) })
        break
      }
      states = Math.max(states, possible.length)
      steps++
    }
  }
  return { runs: runs.length, steps, states, unexplained }
}

export interface Compared {
  readonly runs: number
  /** Steps in which the implementation answered what was recorded. */
  readonly steps: number
  /** Runs left where another order made another answer: lawful, but what was recorded after that is about another registry. */
  readonly otherOrder: number
  /** Steps behind those. */
  readonly left: number
  /** Steps in which the implementation answered what no order explains. */
  readonly unexplained: ReadonlyArray<Unexplained>
}

/** Gives an implementation what was asked in the recording. It may differ only where some order explains both answers. */
export const comparedWith = async (
  runs: ReadonlyArray<RecordedRun>,
  variant: RegistryVariant,
  adapter: RegistryAdapter
): Promise<Compared> => {
  let steps = 0
  let otherOrder = 0
  let left = 0
  const unexplained: Array<Unexplained> = []
  for (const { seed, steps: recorded } of runs) {
    const session = await adapter.start()
    let possible: ReadonlyArray<Registry> = [fresh]
    for (const [step, { input, outputs }] of recorded.entries()) {
      const seen = await session.input(input)
      possible = after(possible, input, seen.outputs, variant)
      if (possible.length === 0) {
        unexplained.push({ seed, step, ...told(input, seen.outputs) })
        break
      }
      if (!same(seen.outputs, outputs)) {
        otherOrder++
        left += recorded.length - step
        break
      }
      steps++
    }
    await session.stop()
  }
  return { runs: runs.length, steps, otherOrder, left, unexplained }
}

/** The states that are possible once an input was answered. */
const after = (
  possible: ReadonlyArray<Registry>,
  input: RegistryInput,
  outputs: ReadonlyArray<Seen<RegistryOutput>>,
  variant: RegistryVariant
): ReadonlyArray<Registry> => {
  const next = possible
    .flatMap((registry) => waysToTake(registry, input, variant))
    .filter(({ labels }) => labels.every((label) => same(label.outputs, outputs)))
    .map(({ next }) => [JSON.stringify(next), next] as const)
  return [...new Map(next).values()]
}

const told = (input: RegistryInput, outputs: ReadonlyArray<Seen<RegistryOutput>>) => ({
  input: describeRegistryInput(input),
  answered: outputs.map((output) =>
    isDied(output) || isStrange(output) ? JSON.stringify(output) : describeRegistryOutput(output)
  )
})
