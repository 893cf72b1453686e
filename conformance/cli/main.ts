/**
 * The command line's first thread: it prints, hears Ctrl-C, and leaves the work to a second one.
 *
 * Exploring is one long computation that never looks up. So it has a thread of its own, and this one stays awake.
 */
import { constants } from "node:os"
import { Worker } from "node:worker_threads"
import { programBeside } from "../package/program.ts"
import { signalGroup } from "../transport/process-groups.ts"
import { type ExitStatus, exitStatus } from "./exit-status.ts"
import type { ThreadData, ThreadMessage } from "./thread-messages.ts"

const stop = new SharedArrayBuffer(4)
const { stdout, stderr, env } = process

const workerData: ThreadData = {
  argv: process.argv.slice(2),
  stop,
  outIsTerminal: stdout.isTTY === true,
  errIsTerminal: stderr.isTTY === true,
  columns: stdout.columns ?? 0,
  colour: stdout.isTTY === true && (env.NO_COLOR ?? "") === ""
}

/** Launchers pass on the Ctrl-C that this process got from the terminal as well: one press may arrive twice. */
const samePressMs = 500

let pressedAt: number | undefined

/** Process groups of adapters. However this process ends, they end with it. */
const groups = new Set<number>()

process.on("exit", () => {
  for (const group of groups) signalGroup(group, "SIGKILL")
})

const worker = new Worker(programBeside(import.meta.url, "command-thread"), { workerData, execArgv: [] })

const leave = (status: ExitStatus): void => {
  process.exitCode = status
  // What was printed into a pipe is still on its way, so the process ends by itself and not by force.
  void worker.terminate()
}

worker.on("message", (message: ThreadMessage) => {
  switch (message._tag) {
    case "Out":
      stdout.write(message.text)
      break
    case "Err":
      stderr.write(message.text)
      break
    case "Group":
      if (message.lives) groups.add(message.group)
      else groups.delete(message.group)
      break
    case "Done":
      leave(message.status)
  }
})

worker.on("error", (error) => {
  stderr.write(`portcullis: this is a bug of portcullis: ${error.stack ?? error}\n`)
  leave(exitStatus.adapterTrouble)
})

/** By convention, whoever is ended by a signal has this exit status. */
const endedBy = (signal: keyof typeof constants.signals): number => 128 + constants.signals[signal]

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(signal, () => {
    const now = Date.now()
    if (pressedAt === undefined) {
      pressedAt = now
      Atomics.store(new Int32Array(stop), 0, 1)
      if (workerData.errIsTerminal) stderr.write("\nStopping; press Ctrl-C again not to wait for what was found.\n")
    } else if (now - pressedAt > samePressMs) {
      // The line of progress that may stand there is nobody's any more.
      if (workerData.errIsTerminal) stderr.write("\r\u001b[K")
      process.exit(endedBy(signal))
    }
  })

// A terminal that was hung up takes no words, and there is nobody to tell.
stderr.on("error", () => undefined)

// Whoever reads our output may stop reading, as `head` does. That is no reason to complain.
stdout.on("error", () => process.exit(exitStatus.unknown))
