/**
 * The benchmark of the line: `npm run bench:line [-- --traces 1000] [--rounds 3]`.
 *
 * Random walks of twenty inputs, given to the Python examples over stdio and to our own implementations in this process, as whole
 * sequences and one input at a time, with the model beside them and without; and the tour of every transition. Figures are
 * medians, in traces of twenty inputs a second. A tour that is not complete, or a walk that the model does not explain, is an error.
 */
import { performance } from "node:perf_hooks"
import { fileURLToPath } from "node:url"
import Table from "cli-table3"
import { Command, InvalidArgumentError } from "commander"
import { chance } from "../../model/explorer/random.ts"
import { consumerAdapter } from "../adapters/dcp-consumer.ts"
import { registryAdapter } from "../museum/sessions/registry-adapter.ts"
import { usualBudgets } from "../remote/budgets.ts"
import { Course, inputsOf, type Plan } from "../remote/course.ts"
import { Line } from "../remote/line.ts"
import type { RemoteRole } from "../remote/remote-role.ts"
import { consumerConnectionRole } from "../remote/roles/consumer-connection.ts"
import { sessionRegistryRole } from "../remote/roles/session-registry.ts"
import { serve, served } from "../remote/serve.ts"
import { tourRemote } from "../remote/tour-remote.ts"
import { TraceRunner } from "../remote/trace-runner.ts"
import type { Transcript } from "../remote/transcript.ts"
import { childDialer } from "../transport/child-link.ts"
import type { Dialer } from "../transport/link.ts"
import { memoryDialer } from "../transport/memory-link.ts"

const steps = 20

const atLeastOne = (text: string): number => {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text)
  throw new InvalidArgumentError("It takes a whole number from 1 to 999999.")
}

const { traces, rounds } = new Command("bench:line")
  .description("walks and tours over stdio and in this process; python3 must be installed")
  .option("--traces <number>", "walks in each round", atLeastOne, 1_000)
  .option("--rounds <number>", "rounds, of which the median counts", atLeastOne, 3)
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 4))
  .parse()
  .opts<{ readonly traces: number; readonly rounds: number }>()

const python = (example: string): Dialer =>
  childDialer(`python3 -B "${fileURLToPath(new URL(`../examples/python/${example}_adapter.py`, import.meta.url))}"`)

const count = (number: number): string => Math.round(number).toLocaleString("en")

const median = (numbers: ReadonlyArray<number>): number => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0

/** How many there are of something in a second. */
const perSecond = async (many: number, work: () => Promise<void>): Promise<number> => {
  const began = performance.now()
  await work()
  return many / ((performance.now() - began) / 1_000)
}

type Run<I, O, V> = (inputs: ReadonlyArray<I>) => Promise<Transcript<I, O, V>>

/** One role behind one line: a row for the walks, and one for the tour. */
const measured = async <L, I, O extends { readonly _tag: string }, V>(
  role: RemoteRole<L, I, O, V>,
  who: string,
  dialer: Dialer
): Promise<{ readonly walks: ReadonlyArray<string>; readonly tour: ReadonlyArray<string> }> => {
  const line = new Line(dialer, { version: "bench", specs: [], budgets: usualBudgets })
  const runner = new TraceRunner(line, role, 1)
  const { name, bounded } = role.variants.at(role.role === "sessions/registry" ? -1 : 0)!
  const plans = walksOf(new Course(bounded(), role.part))
  const atOnce: Run<I, O, V> = (inputs) => runner.run(inputs)
  const oneByOne: Run<I, O, V> = async (inputs) => {
    const session = await runner.start()
    const reactions: Array<Awaited<ReturnType<typeof session.input>>> = []
    for (const input of inputs) {
      reactions.push(await session.input(input))
      if (reactions.at(-1)!.outputs.some(role.isLast)) break
    }
    return { inputs, reactions, hung: false }
  }
  const walked = async (run: Run<I, O, V>, withModel: boolean): Promise<string> => {
    const speeds: Array<number> = []
    for (let round = 0; round < rounds; round++) {
      // Nothing is known of the model beforehand, as at the beginning of a check.
      const course = new Course(bounded(), role.part)
      const speed = await perSecond(traces, async () => {
        for (const plan of plans) {
          const transcript = await run(inputsOf(plan))
          if (withModel && course.follow(plan, transcript, who)._tag === "Diverged")
            throw new Error(`${who} does not follow ${name}`)
        }
      })
      speeds.push(speed)
    }
    return count(median(speeds))
  }
  try {
    await line.peer()
    const walks = [
      role.role,
      who,
      await walked(atOnce, false),
      await walked(atOnce, true),
      await walked(oneByOne, false),
      await walked(oneByOne, true)
    ]
    const began = performance.now()
    const tour = await tourRemote(role, bounded(), runner, who)
    const seconds = (performance.now() - began) / 1_000
    if (!tour.complete || tour.divergence !== undefined) throw new Error(`the tour of ${who} is not complete`)
    const { transitions, inputs } = tour
    const figures = [count(transitions), count(tour.traces), count(inputs), seconds.toFixed(1)]
    return { walks, tour: [role.role, who, ...figures, count(inputs / seconds / steps)] }
  } finally {
    await line.hangUp()
  }
}

/** As many walks of twenty inputs as are wanted, the same every time. */
const walksOf = <L, I, O, V>(course: Course<L, I, O, V>): ReadonlyArray<Plan<I>> => {
  const plans: Array<Plan<I>> = []
  for (let seed = 1; plans.length < traces; seed++) {
    const plan = course.plan(chance(1, seed), steps)
    if (inputsOf(plan).length === steps) plans.push(plan)
  }
  return plans
}

const print = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): void => {
  const table = new Table({ head: [...head], style: { head: [], border: [] } })
  table.push(...rows.map((row) => [...row]))
  process.stdout.write(`${table}\n`)
}

const registry = served(sessionRegistryRole, registryAdapter())
const consumer = served(consumerConnectionRole, consumerAdapter())
const caps = { batch: true, seed: true, observe: ["partitions"] }
const rows = [
  await measured(sessionRegistryRole, "Python over stdio", python("session_registry")),
  await measured(sessionRegistryRole, "ours in process", memoryDialer("ours", serve([registry], caps))),
  await measured(consumerConnectionRole, "Python over stdio", python("dcp_consumer")),
  await measured(consumerConnectionRole, "ours in process", memoryDialer("ours", serve([consumer], caps)))
]
print(
  ["walks of 20 a second", "", "sequences", "with model", "one by one", "with model"],
  rows.map(({ walks }) => walks)
)
print(
  ["tour of every transition", "", "transitions", "traces", "inputs", "s", "x 20 inputs/s"],
  rows.map(({ tour }) => tour)
)
