/** `portcullis check --adapter CMD --replay FILE-OR-TOKEN`: plays a regression against an adapter, and judges it by laws and variant. */
import { Schema } from "effect"
import { LawMemories } from "../../kit/law-memories.ts"
import { AdapterTrouble, tellTrouble } from "../../remote/adapter-trouble.ts"
import { usualBudgets } from "../../remote/budgets.ts"
import { Course, inputsOf } from "../../remote/course.ts"
import { Line } from "../../remote/line.ts"
import type { RemoteRole } from "../../remote/remote-role.ts"
import { remoteRoles } from "../../remote/roles/index.ts"
import { TraceRunner } from "../../remote/trace-runner.ts"
import { isOfAdapter } from "../../report/replay-command.ts"
import type { Regression } from "../../report/run/regression.ts"
import { safeLine } from "../../report/run/terminal.ts"
import { withoutCommands } from "../../report/terminal-text.ts"
import type { Dialer } from "../../transport/link.ts"
import { type ExitStatus, exitStatus } from "../exit-status.ts"
import { kitVersion } from "../kit-version.ts"
import { regressionFrom } from "../regression-files.ts"
import { messageOf, oneLine } from "../replay-input.ts"
import { painted, type Shell } from "../shell.ts"
import { named, UsageError } from "../usage-error.ts"

interface Judged {
  readonly status: ExitStatus
  readonly why: string
}

/** Plays a regression. What the adapter answered then plays no part: any answer that is right today is right. */
export const replayRegression = async (given: string, dialer: Dialer, shell: Shell): Promise<ExitStatus> => {
  const regression = regressionFrom(given)
  const entry = named("role", regression.header.role, remoteRoles, ({ role }) => role)
  const { status, why } = await entry.open(async (role) => {
    const specs = remoteRoles.map(({ spec }) => spec)
    const line = new Line(dialer, { version: kitVersion, specs, budgets: usualBudgets })
    try {
      const { hello } = await line.peer()
      if (!hello.roles.includes(role.role))
        return { status: exitStatus.unknown, why: `the adapter does not play ${role.role}` }
      const runner = new TraceRunner(line, role, regression.header.seed)
      const byLaws = await judgedByLaws(role, runner, regression, isOfAdapter(given) ? "the token" : given)
      return byLaws.status === exitStatus.pass ? await judgedByVariant(role, runner, regression, line.name) : byLaws
    } catch (error) {
      if (!(error instanceof AdapterTrouble)) throw error
      return { status: exitStatus.adapterTrouble, why: tellTrouble(error) }
    } finally {
      await line.hangUp()
    }
  })
  shell.print(`${painted(status, shell)}: ${withoutCommands(why.split("\n").map(safeLine).join("\n"))}`)
  return status
}

const judgedByLaws = async <L, I, O, V>(
  role: RemoteRole<L, I, O, V>,
  runner: TraceRunner<L, I, O, V>,
  { steps }: Regression,
  file: string
): Promise<Judged> => {
  const inputs = steps.flatMap(({ input }, at) => (input === undefined ? [] : [inputIn(role, input, file, at + 2)]))
  const memories = new LawMemories(role.laws)
  let known = memories.initial
  const session = await runner.start()
  for (const [at, input] of inputs.entries()) {
    const seen = await session.input(input)
    if (seen.doubt !== undefined) return { status: exitStatus.unknown, why: `input ${at + 1}: ${seen.doubt.why}` }
    const labels = role.labels(input, seen)
    const after = memories.after(known, memories.list(labels), labels)
    known = after.memories
    const [broken] = after.broken
    if (broken !== undefined)
      return { status: exitStatus.fail, why: `input ${at + 1} breaks ${broken.law}: ${broken.why}` }
    if (seen.outputs.some(role.isLast) && at + 1 < inputs.length) {
      const left = inputs.length - at - 1
      return { status: exitStatus.unknown, why: `it died at input ${at + 1}, so that ${left} were not given` }
    }
  }
  return { status: exitStatus.pass, why: `no law is broken in ${inputs.length} inputs` }
}

const inputIn = <L, I, O, V>(role: RemoteRole<L, I, O, V>, input: unknown, file: string, line: number): I => {
  try {
    return Schema.decodeUnknownSync(role.input)(input)
  } catch (error) {
    throw new UsageError(`${file}, line ${line}: this is no input of ${role.role}: ${oneLine(messageOf(error))}`)
  }
}

/** Whether the variant explains the same steps, in the first of its environments that takes them. */
const judgedByVariant = async <L, I, O extends { readonly _tag: string }, V>(
  role: RemoteRole<L, I, O, V>,
  runner: TraceRunner<L, I, O, V>,
  { header, steps }: Regression,
  name: string
): Promise<Judged> => {
  const holds = `no law is broken in ${steps.length} steps`
  if (header.variant === undefined) return { status: exitStatus.pass, why: holds }
  const variant = named("variant", header.variant, role.variants, ({ name }) => name)
  for (const graph of [...variant.walks, variant.bounded]) {
    const course = new Course(graph(), role.part)
    const plan = course.planOf(steps)
    if (plan.length < steps.length) continue
    const transcript = await runner.run(inputsOf(plan))
    const followed = course.follow(plan, transcript, name)
    switch (followed._tag) {
      case "Diverged":
        return { status: exitStatus.fail, why: partedAt(followed.divergence, variant.name) }
      case "Explained":
        return transcript.hung
          ? { status: exitStatus.unknown, why: "an input was never answered" }
          : { status: exitStatus.pass, why: `${holds}, and ${variant.name} explains every answer` }
      case "Elsewhere":
      case "Overflow":
        return { status: exitStatus.unknown, why: `${holds}, and nobody can say whether ${variant.name} explains it` }
    }
  }
  return { status: exitStatus.unknown, why: `${holds}, but ${variant.name} of today does not take these steps` }
}

const partedAt = (
  {
    input,
    told
  }: {
    readonly input: string
    readonly told: { readonly expected: ReadonlyArray<string>; readonly actual: ReadonlyArray<string> }
  },
  variant: string
): string => {
  const words = (texts: ReadonlyArray<string>): string => (texts.length === 0 ? "nothing" : texts.join("; "))
  return `it parts from ${variant} at ${input}: expected ${words(told.expected)}, actual ${words(told.actual)}`
}
