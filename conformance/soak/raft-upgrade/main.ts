/** `npm run soak:raft-upgrade`: clusters of processes go to group 0 while they are killed, judged by the laws. */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Command, CommanderError } from "commander"
import { type ExitStatus, exitStatus } from "../../cli/exit-status.ts"
import { defaultSeed, fromRoundFrom, roundsFrom, seedFrom } from "../../cli/numbers.ts"
import { UsageError } from "../../cli/usage-error.ts"
import { planOf } from "./plan.ts"
import { Round } from "./round.ts"

const defaultRounds = 500

interface Asked {
  readonly rounds: number
  readonly seed: number
  readonly from: number
}

/** Runs one round after the other, and ends with the first that goes wrong, whose files stay. */
const run = async ({ rounds, seed, from }: Asked): Promise<ExitStatus> => {
  const { stdout } = process
  for (let number = from; number < from + rounds; number++) {
    const directory = mkdtempSync(join(tmpdir(), "portcullis-soak-"))
    const plan = planOf(seed, number)
    const wrong = await Round.run(plan, directory)
    if (wrong.length > 0) {
      stdout.write(`round ${number} of seed ${seed} went wrong:\n${wrong.map((one) => `  ${one}\n`).join("")}`)
      stdout.write(`  its plan: ${JSON.stringify(plan)}\n  its files: ${directory}\n`)
      return exitStatus.fail
    }
    rmSync(directory, { recursive: true, force: true })
  }
  stdout.write(`${rounds} rounds of seed ${seed} from ${from}: no law was broken\n`)
  return exitStatus.pass
}

/** The options. Throws `UsageError` where they are wrong. */
const askedBy = (argv: ReadonlyArray<string>): Asked => {
  const program = new Command("soak:raft-upgrade")
    .description(
      "Takes clusters of three processes to group 0 while they are killed, and judges every history by the laws."
    )
    .option("--rounds <n>", "how many rounds", roundsFrom, defaultRounds)
    .option("--seed <n>", "what the rounds are drawn from", seedFrom, defaultSeed)
    .option("--from <n>", "the number of the first round", fromRoundFrom, 0)
    .addHelpText("after", "\nExit status: 0 pass, 1 fail, 3 adapter trouble, 4 usage.")
    .configureOutput({ writeErr: () => undefined })
    .exitOverride((error) => {
      throw error.exitCode === 0 ? error : new UsageError(error.message.replace(/^error: /, ""))
    })
    .parse(argv, { from: "user" })
  return program.opts<Asked>()
}

try {
  process.exitCode = await run(askedBy(process.argv.slice(2)))
} catch (error) {
  if (error instanceof UsageError) {
    process.stderr.write(`soak:raft-upgrade: ${error.message}\n`)
    process.exitCode = exitStatus.usage
  } else if (!(error instanceof CommanderError)) throw error
}
