/** An adapter as a child process: frames over its stdin and stdout, and its stderr as a log. */
import { type ChildProcessByStdio, spawn } from "node:child_process"
import type { Readable, Writable } from "node:stream"
import { goodbyeMs, maxLineBytes } from "../protocol/limits.ts"
import { LineReader } from "./line-reader.ts"
import type { Dialer, Ending, Link, LinkEars } from "./link.ts"
import { LogTail } from "./log-tail.ts"
import { endGroup, groupBegins, signalGroup } from "./process-groups.ts"

/** A command line, as a shell takes it. It runs in a process group of its own, so that nothing of it is left behind. */
export const childDialer = (command: string, patienceMs = goodbyeMs): Dialer => ({
  way: "stdio",
  target: command,
  dial: () => new ChildLink(command, patienceMs)
})

class ChildLink implements Link {
  readonly way = "stdio"
  private readonly child: ChildProcessByStdio<Writable, Readable, Readable>
  private readonly patienceMs: number
  private readonly errors = new LogTail()
  private readonly over: Promise<void>
  private isOver = false
  private ears: LinkEars | undefined
  private closing: Promise<void> | undefined

  constructor(command: string, patienceMs: number) {
    this.patienceMs = patienceMs
    this.child = spawn(command, { shell: true, detached: true, stdio: ["pipe", "pipe", "pipe"] })
    const { child } = this
    const group = child.pid
    if (group !== undefined) groupBegins(group)
    child.stdin.on("error", () => {
      // It stopped reading, which shows in how it ends or in what it does not answer.
    })
    child.stderr.on("data", (chunk: Uint8Array) => this.errors.push(chunk))
    let failed: Error | undefined
    child.on("error", (error) => {
      failed = error
    })
    let lettingGo: NodeJS.Timeout | undefined
    // Whatever it has started itself would keep its stdout open, so that its end would never be seen.
    child.on("exit", () => {
      if (group !== undefined) signalGroup(group, "SIGKILL")
      // Whoever has left the group is out of reach, and may hold its stdout for ever.
      lettingGo = setTimeout(() => [child.stdout, child.stderr].map((stream) => stream.destroy()), patienceMs)
    })
    this.over = new Promise((resolve) =>
      child.on("close", (code, signal) => {
        clearTimeout(lettingGo)
        this.isOver = true
        this.ears?.ended(this.ending(code, signal, failed))
        resolve(group === undefined ? undefined : endGroup(group, patienceMs))
      })
    )
  }

  send(line: string): void {
    if (!this.isOver && this.child.stdin.writable) this.child.stdin.write(`${line}\n`)
  }

  listen(ears: LinkEars): void {
    this.ears = ears
    const reader = new LineReader(maxLineBytes, ears)
    this.child.stdout.on("data", (chunk: Uint8Array) => reader.push(chunk))
    this.child.stdout.on("end", () => reader.end())
  }

  log(): ReadonlyArray<string> {
    return this.errors.shown()
  }

  close(): Promise<void> {
    this.closing ??= this.endInTime()
    return this.closing
  }

  /** Its stdin ends, then TERM for the whole group, then KILL. */
  private async endInTime(): Promise<void> {
    const { child } = this
    const group = child.pid
    child.stdin.end()
    if (group === undefined || this.isOver) return await this.over
    signalGroup(group, "SIGTERM")
    const timer = setTimeout(() => signalGroup(group, "SIGKILL"), this.patienceMs)
    await this.over
    clearTimeout(timer)
  }

  private ending(code: number | null, signal: string | null, failed: Error | undefined): Ending {
    const log = this.errors.shown()
    if (failed !== undefined) return { how: `it cannot be started: ${failed.message}`, log }
    return { how: signal === null ? `exit status ${code}` : `killed by ${signal}`, log }
  }
}
