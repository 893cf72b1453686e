/** The museum behind an adapter: each mutant is another process, of which the kit knows nothing but what it answers. */
import { fileURLToPath } from "node:url"
import type { Museum, MutantResult } from "../../cli/museum-api.ts"
import { usualBudgets } from "../../remote/budgets.ts"
import { checkRemote, type RemoteOptions } from "../../remote/check-remote.ts"
import { Line } from "../../remote/line.ts"
import type { RemoteResult } from "../../remote/remote-result.ts"
import { serve } from "../../remote/serve.ts"
import { childDialer } from "../../transport/child-link.ts"
import type { Dialer } from "../../transport/link.ts"
import { memoryDialer } from "../../transport/memory-link.ts"
import { type LineSubject, lineSubject, lineSubjects } from "./subjects.ts"

/** How a mutant is reached. */
export type Reach = (protocol: string, id: string) => Dialer

const child = fileURLToPath(new URL("./child.mjs", import.meta.url))

export const overStdio: Reach = (protocol, id) => childDialer(`exec '${process.execPath}' '${child}' ${protocol} ${id}`)

/** The same frames within this process. */
export const overMemory: Reach = (protocol, id) =>
  memoryDialer(id, serve(lineSubject(protocol, id).plays.map(({ served }) => served)))

/** The mutants of every role, reached in some way. */
export const lineMuseums = (reach: Reach): ReadonlyArray<Museum> =>
  [...new Set(lineSubjects.map(({ protocol }) => protocol))].map((protocol) => ({
    protocol,
    mutants: lineSubjects
      .filter((one) => one.protocol === protocol)
      .map(({ mutant: { id, sentence, origin, breaks } }) => ({ id, sentence, origin, breaks })),
    run: async (id, { seed }) => {
      const started = performance.now()
      const result = await face(lineSubject(protocol, id), reach(protocol, id), seed)
      return { ...result, millis: Math.round(performance.now() - started) }
    }
  }))

/** Checks, from the quick to the complete, the same for everybody. */
const checks: ReadonlyArray<Pick<RemoteOptions, "runs" | "tour">> = [
  { runs: 60, tour: false },
  { runs: 1_500, tour: true }
]

type FaceResult = Omit<MutantResult, "millis">

/** Goes on until something is found: other than the battery, a check of somebody's adapter does not know what to look for. */
const face = async ({ mutant, plays }: LineSubject, dialer: Dialer, seed: number): Promise<FaceResult> => {
  const { id, breaks } = mutant
  for (const { runs, tour } of checks)
    for (const { role: entry, variant } of plays) {
      const found = await entry.open(async (role): Promise<FaceResult | undefined> => {
        const line = new Line(dialer, { version: "museum", specs: [entry.spec], budgets: usualBudgets })
        const quiet = { interrupted: () => false, onProgress: () => undefined }
        return resultOf(id, breaks, await checkRemote(role, line, { seed, runs, tour, variant, ...quiet }))
      })
      if (found !== undefined) return found
    }
  return { id, verdict: "alive", law: null, by: "nothing", length: null, what: "the kit sees no difference" }
}

/** What a check has against a mutant: a law, the one that it is named for first, or that it is unlike its model, or its adapter. */
const resultOf = <L, O>(
  id: string,
  breaks: ReadonlyArray<string>,
  { broken, variants, tour, trouble }: RemoteResult<L, O>
): FaceResult | undefined => {
  const law =
    breaks.map((named) => broken.find((one) => one.law === named)).find((one) => one !== undefined) ?? broken[0]
  if (law !== undefined)
    return { id, verdict: "killed", law: law.law, by: `law ${law.law}`, length: law.labels.length, what: law.why }
  const unlike = variants.find(({ divergence }) => divergence !== undefined)?.divergence ?? tour?.divergence
  if (unlike !== undefined) {
    const { told, story, input, brokenLaws } = unlike
    const what = `at ${input}: due [${told.expected.join("; ")}], came [${told.actual.join("; ")}]`
    const [first] = brokenLaws
    const by = first === undefined ? "divergence" : `law ${first.law} at a divergence`
    return { id, verdict: "killed", law: first?.law ?? null, by, length: story.length, what }
  }
  if (trouble === undefined) return undefined
  return { id, verdict: "killed", law: null, by: "adapter trouble", length: null, what: trouble.split("\n")[0] ?? "" }
}
