/** The recording of the real session registry as rows of a check: what the model tells, and what ours does. */
import { asShipped } from "../../model/sessions/registry/variants.ts"
import { registryAdapter } from "../museum/sessions/registry-adapter.ts"
import { comparedWith, explainedBy, registryRecording, type Unexplained } from "../transcripts/session-registry.ts"
import type { RoleCheck } from "./role-check.ts"

const role = "registry, recorded transcripts"

type Recording = ReturnType<typeof registryRecording>

/** What became of a recording, or of a part of it. */
interface Held {
  readonly steps: number
  readonly unexplained: ReadonlyArray<Unexplained>
}

const transcript = (
  way: string,
  implementation: string,
  hold: (runs: Recording) => Held | Promise<Held>
): RoleCheck => ({
  protocol: "sessions",
  role,
  environment: "",
  way,
  implementation,
  runs: 750,
  check: async ({ interrupted, onProgress }) => {
    const recorded = registryRecording()
    let runs = 0
    let commands = 0
    let first: Unexplained | undefined
    for (const run of recorded) {
      if (first !== undefined || interrupted()) break
      const { steps, unexplained } = await hold([run])
      runs++
      commands += steps
      first = unexplained[0]
      onProgress(runs, commands)
    }
    const unfinished = first === undefined && runs < recorded.length
    return {
      protocol: "sessions",
      role,
      way,
      runs,
      commands,
      laws: [],
      verdict: first !== undefined ? "fail" : unfinished ? "unknown" : "pass",
      divergences: [],
      ...(first === undefined ? {} : { trouble: inWords(first) }),
      ...(unfinished ? { trouble: "interrupted" } : {})
    }
  }
})

/** Nobody is to be replayed here, and the seed finds the run in the recording. */
const inWords = ({ seed, step, input, answered }: Unexplained): string =>
  `nothing explains step ${step + 1} of seed ${seed}: ${input} answered ${answered.join(", ")}`

const ours = registryAdapter()

export const sessionsTranscripts: ReadonlyArray<RoleCheck> = [
  transcript("model, asShipped", "the model of asShipped", (runs) => explainedBy(runs, asShipped)),
  transcript(ours.way, ours.name, (runs) => comparedWith(runs, asShipped, ours))
]
