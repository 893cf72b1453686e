/** The command of a soak: a cluster of processes under load while processes are killed, judged by the laws of a protocol. */
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Command, CommanderError } from "commander"
import { type ExitStatus, exitStatus } from "../cli/exit-status.ts"
import { defaultSeed, fromRoundFrom, roundsFrom, seedFrom } from "../cli/numbers.ts"
import { ProgressLine } from "../cli/progress-line.ts"
import { UsageError } from "../cli/usage-error.ts"
import { type Asked, progressText, soakText, statusOf } from "./report.ts"
import type { Soak, SoakOptions } from "./soak.ts"

export interface SoakCommand {
  /** The npm script, such as `soak:sessions`. */
  readonly script: string
  readonly description: string
  readonly defaultRounds: number
  /** What `--unfenced` switches off. */
  readonly unfenced: string
  readonly soak: (options: SoakOptions) => Promise<Soak>
}

let pressed = false

const run = async ({ soak }: SoakCommand, asked: Asked): Promise<ExitStatus> => {
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
const askedBy = ({ script, description, defaultRounds, unfenced }: SoakCommand, argv: ReadonlyArray<string>): Asked => {
  const program = new Command(script)
    .description(description)
    .option("--rounds <n>", "how many rounds", roundsFrom, defaultRounds)
    .option("--seed <n>", "what the rounds are drawn from", seedFrom, defaultSeed)
    .option("--from <n>", "the number of the first round", fromRoundFrom, 0)
    .option("--unfenced", unfenced, false)
    .addHelpText("after", "\nExit status: 0 pass, 1 fail, 2 unknown, 3 adapter trouble, 4 usage.")
    .configureOutput({ writeErr: () => undefined })
    .exitOverride((error) => {
      throw error.exitCode === 0 ? error : new UsageError(error.message.replace(/^error: /, ""))
    })
    .parse(argv, { from: "user" })
  return { script, ...program.opts<Omit<Asked, "script">>() }
}

/** Runs the command, and sets the process's exit status. */
export const runSoak = async (command: SoakCommand, argv: ReadonlyArray<string>): Promise<void> => {
  // The children get Ctrl-C from the terminal as well, and end; so what goes on cannot be judged, and is not.
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => {
      if (pressed) process.exit(exitStatus.unknown)
      pressed = true
    })
  try {
    process.exitCode = await run(command, askedBy(command, argv))
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`${command.script}: ${error.message}\n`)
      process.exitCode = exitStatus.usage
    } else if (!(error instanceof CommanderError)) throw error
  }
}
