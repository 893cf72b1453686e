/** The recordings of the real consumer connection as rows of a check: does the model tell what was really told? */
import { consumerConnection } from "../../model/dcp/consumer-connection.ts"
import { variants } from "../../model/dcp/variants.ts"
import { outcome } from "../../model/kernel/role.ts"
import type { Divergence } from "../report/divergence.ts"
import { type Difference, recording, replay } from "../transcripts/replay.ts"
import { inputOf, type RecordedRun, type Told } from "../transcripts/vocabulary.ts"
import type { RoleCheck } from "./role-check.ts"

const role = "consumer connection, recorded transcripts"

const transcripts = (name: Parameters<typeof recording>[0], design: keyof typeof variants): RoleCheck => ({
  protocol: "dcp",
  role,
  environment: "",
  way: `model, ${design}`,
  implementation: `the model of ${design}`,
  runs: 2_000,
  check: async ({ interrupted, onProgress }) => {
    const recorded = recording(name)
    let runs = 0
    let commands = 0
    let first: Divergence | undefined
    for (const run of recorded) {
      if (first !== undefined || interrupted()) break
      const replayed = replay([run], variants[design])
      runs++
      commands += replayed.steps
      const [difference] = replayed.differences
      if (difference !== undefined) first = divergence(run, difference, design)
      onProgress(runs, commands)
    }
    const unfinished = first === undefined && runs < recorded.length
    return {
      protocol: "dcp",
      role,
      way: `model, ${design}`,
      runs,
      commands,
      laws: [],
      verdict: first !== undefined ? "fail" : unfinished ? "unknown" : "pass",
      divergences: first === undefined ? [] : [first],
      ...(unfinished ? { trouble: "interrupted" } : {})
    }
  }
})

/** Here the real thing was recorded and is right, so what it told is expected and the model is on trial. */
const divergence = (run: RecordedRun, difference: Difference, design: keyof typeof variants): Divergence => ({
  implementation: `the model of ${design}`,
  role: "dcp/consumer-connection",
  relation: "follows",
  story: storyOf(run, difference.step + 1, design),
  expected: told(difference.recorded),
  actual: told(difference.model)
})

const storyOf = (run: RecordedRun, steps: number, design: keyof typeof variants): Divergence["story"] => {
  const connection = consumerConnection(variants[design])
  const story: Array<Divergence["story"][number]> = []
  let state = connection.initial
  for (const { input: recorded } of run.steps.slice(0, steps)) {
    const input = inputOf(recorded)
    const result = outcome(connection.step(state, input))
    const became = result._tag === "Became" ? result.next : undefined
    const outputs = result._tag === "Became" ? result.next.outputs : [{ _tag: "Crash" as const, reason: result.reason }]
    const partitions = became?.state.partitions ?? null
    story.push({
      rule: "consumer.takes",
      actor: "consumer",
      labels: [{ _tag: "ConsumerStep", input, outputs, partitions }]
    })
    if (became === undefined) break
    state = became.state
  }
  return story
}

const told = ({ sends, says, fate, crash, partitions }: Told): ReadonlyArray<string> =>
  crash === null
    ? [...sends.map((send) => `sends ${send}`), ...says, `${fate}, believes open [${partitions?.join(", ") ?? ""}]`]
    : [`crash ${crash}`]

export const dcpTranscripts: ReadonlyArray<RoleCheck> = [
  transcripts("dcp-consumer-connection", "asShipped"),
  transcripts("dcp-consumer-connection-before-fix", "beforeFix")
]
