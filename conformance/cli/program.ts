/** The commands and their options, and what becomes of everything that goes wrong in them. */
import { Command, CommanderError } from "commander"
import { ModelError } from "../../model/explorer/errors.ts"
import { UnknownOverride } from "../../model/kernel/scope.ts"
import { TokenError } from "../kit/sealed.ts"
import { BadLine } from "../vectors/lines.ts"
import { addCheck } from "./commands/check.ts"
import { addExplore } from "./commands/explore.ts"
import { addInit } from "./commands/init.ts"
import { addJudge } from "./commands/judge.ts"
import { addList } from "./commands/list.ts"
import { addMuseum } from "./commands/museum.ts"
import { addReplay } from "./commands/replay.ts"
import { addReport } from "./commands/report.ts"
import { addVectors } from "./commands/vectors.ts"
import { type ExitStatus, exitStatus, type Finish } from "./exit-status.ts"
import { kitVersion } from "./kit-version.ts"
import type { Shell } from "./shell.ts"
import { usageOf } from "./usage.ts"
import { UsageError } from "./usage-error.ts"

/** Runs one command line. It never throws: whatever goes wrong is said on stderr and in the exit status. */
export const run = async (argv: ReadonlyArray<string>, shell: Shell): Promise<ExitStatus> => {
  let status: ExitStatus = exitStatus.pass
  const program = programFor(shell, async (done) => {
    status = await done
  })
  if (argv.length === 0) {
    shell.complain(program.helpInformation().trimEnd())
    return exitStatus.usage
  }
  try {
    await program.parseAsync(argv, { from: "user" })
    return status
  } catch (error) {
    return failed(error, shell)
  }
}

const programFor = (shell: Shell, finish: Finish): Command => {
  const program = new Command("portcullis")
    .description("An executable specification and conformance kit for fencing protocols.")
    .version(kitVersion)
    .helpCommand(false)
    .configureOutput({ writeOut: (text) => shell.print(text.trimEnd()), writeErr: () => undefined })
    .addHelpText("after", "\nExit status: 0 pass, 1 fail, 2 unknown, 3 adapter trouble, 4 usage; the highest wins.")
  for (const add of [addCheck, addExplore, addMuseum, addReplay, addReport, addList, addInit, addVectors, addJudge])
    add(program, shell, finish)
  for (const command of [program, ...program.commands])
    command.exitOverride((error) => {
      throw error.exitCode === 0 ? error : new UsageError(usageOf(error, command))
    })
  return program
}

const failed = (error: unknown, shell: Shell): ExitStatus => {
  // Help and version are thrown too, once they are printed.
  if (error instanceof CommanderError && error.exitCode === 0) return exitStatus.pass
  if (
    error instanceof UsageError ||
    error instanceof UnknownOverride ||
    error instanceof TokenError ||
    error instanceof BadLine
  ) {
    shell.complain(`portcullis: ${error.message}`)
    return exitStatus.usage
  }
  if (error instanceof ModelError) {
    shell.complain(`portcullis: the model is at fault: ${error.message}`)
    return exitStatus.adapterTrouble
  }
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error)
  shell.complain(`portcullis: this is a bug of portcullis: ${what}`)
  return exitStatus.adapterTrouble
}
