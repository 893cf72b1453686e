/** `npm run soak:sessions`: a cluster of processes under load while connections and processes are killed, judged by the laws. */
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Command, CommanderError } from "commander"
import { type ExitStatus, exitStatus } from "../../cli/exit-status.ts"
import { defaultSeed, fromRoundFrom, roundsFrom, seedFrom } from "../../cli/numbers.ts"
import { ProgressLine } from "../../cli/progress-line.ts"
import { UsageError } from "../../cli/usage-error.ts"
import { type Asked, progressText, soakText, statusOf } from "./report.ts"
import { soak } from "./soak.ts"

const defaultRounds = 1000

let pressed = false

const run = async (asked: Asked): Promise<ExitStatus> => {
  const { stdout, stderr } = process
  const progress = new ProgressLine(
    (text) => (stderr.isTTY ? stderr.write(text) : undefined),
    () => performance.now()
  )
  const directory = mkdtempSync(join(tmpdir(), "portcullis-soak-"))
  const began = performance.now()
  const done = await soak({
    ...asked,
    fence: asked.unfenced ? "off" : "on",
    directory,
    progress: (soFar) => progress.show(() => progressText(soFar, asked)),
    interrupted: () => pressed
  })
  progress.clear()
  stdout.write(`${soakText(done, asked, (performance.now() - began) / 1000)}\n`)
  return statusOf(done, asked)
}

/** The options. Throws `UsageError` where they are wrong. */
const askedBy = (argv: ReadonlyArray<string>): Asked => {
  const program = new Command("soak:sessions")
    .description("Soaks a cluster of three processes and group 0, and judges every history by the laws of sessions.")
    .option("--rounds <n>", "how many rounds", roundsFrom, defaultRounds)
    .option("--seed <n>", "what the rounds are drawn from", seedFrom, defaultSeed)
    .option("--from <n>", "the number of the first round", fromRoundFrom, 0)
    .option("--unfenced", "with nodes whose fence is switched off; this must fail", false)
    .addHelpText("after", "\nExit status: 0 pass, 1 fail, 2 unknown, 3 adapter trouble, 4 usage.")
    .configureOutput({ writeErr: () => undefined })
    .exitOverride((error) => {
      throw error.exitCode === 0 ? error : new UsageError(error.message.replace(/^error: /, ""))
    })
    .parse(argv, { from: "user" })
  return program.opts<Asked>()
}

// The children get Ctrl-C from the terminal as well, and end; so what goes on cannot be judged, and is not.
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, () => {
    if (pressed) process.exit(exitStatus.unknown)
    pressed = true
  })

try {
  process.exitCode = await run(askedBy(process.argv.slice(2)))
} catch (error) {
  if (error instanceof UsageError) {
    process.stderr.write(`soak:sessions: ${error.message}\n`)
    process.exitCode = exitStatus.usage
  } else if (!(error instanceof CommanderError)) throw error
}
