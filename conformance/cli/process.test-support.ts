/** The command line as a process of its own, as whoever installed it starts it. */
import { type ChildProcess, spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import { compiledCommand } from "../package/compiled.test-support.ts"
import type { Ran } from "./shell.test-support.ts"

const bin = fileURLToPath(new URL("bin.mjs", import.meta.url))

/** Starts the command, as the package has it. */
export const started = (...argv: ReadonlyArray<string>): ChildProcess => spawned(compiledCommand(), argv)

/** Starts the command as the repository has it. */
export const startedFromSources = (...argv: ReadonlyArray<string>): ChildProcess => spawned(bin, argv)

const spawned = (program: string, argv: ReadonlyArray<string>): ChildProcess =>
  spawn(process.execPath, [program, ...argv], { stdio: ["ignore", "pipe", "pipe"] })

/** All that a process prints until it ends. */
export const ended = async (child: ChildProcess): Promise<Ran> => {
  const texts = { out: "", err: "" }
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    texts.out += text
  })
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    texts.err += text
  })
  const status = await new Promise<number>((resolve) => child.on("close", (code) => resolve(code ?? -1)))
  return { status, ...texts }
}
