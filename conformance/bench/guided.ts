/**
 * Guided walks against unguided ones: each mutant behind a line in this process, with the same budget of commands.
 *
 * `npm run bench:guided [COMMANDS [SEEDS [FIRST SEED]]]` prints the tables of decision 0013. Commands are counted to the end of the walk that
 * parts from the model, and are the same on every machine; times are not. Laws are not asked: what is compared is the walks.
 */
import Table from "cli-table3"
import { casts, type Played } from "../museum/line/roles.ts"
import { usualBudgets } from "../remote/budgets.ts"
import { Course } from "../remote/course.ts"
import { followVariants } from "../remote/follow-variants.ts"
import { Line } from "../remote/line.ts"
import { remoteRoles } from "../remote/roles/index.ts"
import { type Served, serve } from "../remote/serve.ts"
import { TraceRunner } from "../remote/trace-runner.ts"
import { memoryDialer } from "../transport/memory-link.ts"

const [budget = 5_000, seeds = 5, firstSeed = 1] = process.argv.slice(2).map(Number)

/** One mutant under one seed. */
interface Hunt {
  readonly id: string
  readonly guided: boolean
  readonly killed: boolean
  /** Until it was killed, or all that were given. */
  readonly commands: number
  readonly millis: number
  readonly sets: number
}

/** Mutants of one role that are made from one design. */
interface Hunted extends Pick<Played, "role" | "variant"> {
  readonly subjects: ReadonlyArray<{ readonly id: string; readonly served: Served }>
}

const all: ReadonlyArray<Hunted> = remoteRoles.map((role) => {
  const plays = casts.flatMap(({ mutant: { id }, plays }) =>
    plays.filter((played) => played.role.role === role.role).map((played) => ({ id, ...played }))
  )
  return { role, variant: plays[0]?.variant ?? "reference", subjects: plays }
})

/** Hunts every mutant of a role under every seed, with and without a guide. */
const hunts = (hunted: Hunted): Promise<ReadonlyArray<Hunt>> =>
  hunted.role.open(async (role) => {
    const variant = role.variants.find(({ name }) => name === hunted.variant)!
    // The model is learned once, so that whoever comes first does not pay for it.
    const graphs = variant.walks.map((graph) => graph())
    const hunt = async ({ id, served }: Hunted["subjects"][number], seed: number, guided: boolean): Promise<Hunt> => {
      const line = new Line(memoryDialer(id, serve([served])), {
        version: "bench",
        specs: [hunted.role.spec],
        budgets: usualBudgets
      })
      const runner = new TraceRunner(line, role, seed)
      const designs = [{ name: variant.name, courses: graphs.map((graph) => new Course(graph, role.part)) }]
      const started = performance.now()
      let commands = 0
      let millis = 0
      const [found] = await followVariants(role, designs, runner, id, {
        seed,
        runs: budget,
        maxSteps: 60,
        guided,
        interrupted: () => commands >= budget,
        onWalk: async (_, { reactions }) => {
          commands += reactions.length
          millis = performance.now() - started
        }
      })
      await line.hangUp()
      const killed = found?.verdict === "fail" && commands <= budget
      return { id, guided, killed, commands: killed ? commands : budget, millis, sets: found?.reached?.sets ?? 0 }
    }
    const found: Array<Hunt> = []
    for (const [at, subject] of hunted.subjects.entries())
      for (let seed = firstSeed; seed < firstSeed + seeds; seed++)
        // Under one seed two mutants are met by the same walks, and one lucky walk would count for many.
        for (const guided of [false, true]) found.push(await hunt(subject, seed + 1_000 * at, guided))
    return found
  })

const mean = (values: ReadonlyArray<number>): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)

const geometricMean = (values: ReadonlyArray<number>): number => Math.exp(mean(values.map(Math.log)))

const way = (guided: boolean): string => (guided ? "guided" : "unguided")

const share = (some: ReadonlyArray<Hunt>, by: number): string => {
  const killed = some.filter(({ killed, commands }) => killed && commands <= by).length
  return `${((100 * killed) / some.length).toFixed(1)} %`
}

const shares = [budget / 10, budget / 3, budget].map(Math.round)

const totals = new Table({
  head: [
    "role",
    "walks",
    ...shares.map((by) => `killed by ${by}`),
    "commands",
    "geometric",
    "ms",
    "sets of those alive"
  ],
  style: { head: [], border: [] }
})
const hardest = new Table({
  head: ["mutant", "killed", "guided", "commands", "guided"],
  style: { head: [], border: [] }
})

for (const hunted of all.filter(({ subjects }) => subjects.length > 0)) {
  const found = await hunts(hunted)
  // How far walks come with the whole budget is told by those that no walk kills.
  const livesOn = new Set(found.map(({ id }) => id).filter((id) => found.every((one) => one.id !== id || !one.killed)))
  const of = (guided: boolean) => found.filter((one) => one.guided === guided)
  for (const guided of [false, true]) {
    const some = of(guided)
    const commands = some.map((one) => one.commands)
    totals.push([
      hunted.role.role,
      way(guided),
      ...shares.map((by) => share(some, by)),
      mean(commands).toFixed(0),
      geometricMean(commands).toFixed(0),
      mean(some.map(({ millis }) => millis)).toFixed(0),
      mean(some.filter(({ id }) => livesOn.has(id)).map(({ sets }) => sets)).toFixed(0)
    ])
  }
  const compared = hunted.subjects.map(({ id }) => {
    const [unguided, guided] = [false, true].map((one) => of(one).filter((hunt) => hunt.id === id)) as [Hunt[], Hunt[]]
    return { id, unguided, guided, late: mean(unguided.map(({ commands }) => commands)) }
  })
  // Those that die last unguided are what a guide is for.
  for (const { id, unguided, guided, late } of compared
    .filter(({ late }) => late > budget / 3)
    .sort((a, b) => b.late - a.late)) {
    const killed = [unguided, guided].map((some) => `${some.filter((one) => one.killed).length} of ${seeds}`)
    hardest.push([
      `${hunted.role.role} ${id}`,
      ...killed,
      late.toFixed(0),
      mean(guided.map(({ commands }) => commands)).toFixed(0)
    ])
  }
}

process.stdout.write(
  `${budget} commands, ${seeds} seeds for each mutant from ${firstSeed} on; a mutant that lives counts with all commands\n\n${totals}\n\n${hardest}\n`
)
