import { type ChildProcess, spawn } from "node:child_process"
import { Result, Schema } from "effect"
import { ClockReading, type LamportClock } from "../lamport-clock.ts"
import { Address } from "../wire/address.ts"
import { complaint } from "../wire/complaint.ts"
import { LineReader } from "../wire/lines.ts"
import { programOf } from "./program.ts"

/** How much of what a child says on its standard error is kept, for those who ask why it ended. */
const keptErrorLines = 32

/** What a child writes on a line: that it listens, an answer, or what was wrong with a command. */
const ChildLine = Schema.Union([
  Schema.Struct({ clock: ClockReading, event: Schema.Literal("listening"), address: Address }),
  Schema.Struct({ clock: ClockReading, id: Schema.Int, answer: Schema.Unknown }),
  Schema.Struct({ clock: ClockReading, id: Schema.NullOr(Schema.Int), error: Schema.String })
])
const decodeLine = Schema.decodeUnknownResult(Schema.fromJsonString(ChildLine))

/** The child is gone; whether it did what it was asked for, nobody knows. */
export class ChildGone extends Error {
  override readonly name = "ChildGone"
}

export interface ChildOptions<Command, Answer> {
  readonly name: string
  /** The program: a TypeScript file. */
  readonly main: URL
  readonly configuration: unknown
  readonly clock: LamportClock
  readonly command: Schema.Codec<Command, unknown>
  readonly answer: Schema.Codec<Answer, unknown>
}

interface Pending {
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: Error) => void
}

/** A child process that is commanded over its standard input and output. */
export class Child<Command, Answer> {
  readonly #options: ChildOptions<Command, Answer>
  readonly #process: ChildProcess
  readonly #pending = new Map<number, Pending>()
  readonly #errors: string[] = []
  #asked = 0
  #gone: ChildGone | undefined
  /** Where the child listens, once it does. */
  readonly listening: Promise<Address>
  readonly #exited: Promise<void>
  #isListening: (address: Address) => void = () => {}
  #cannotListen: (error: Error) => void = () => {}

  constructor(options: ChildOptions<Command, Answer>) {
    this.#options = options
    this.listening = new Promise((resolve, reject) => {
      this.#isListening = resolve
      this.#cannotListen = reject
    })
    // Whoever waits for it hears of the failure; nobody need wait.
    this.listening.catch(() => {})
    const args = [programOf(options.main), JSON.stringify(options.configuration)]
    this.#process = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "pipe"] })
    this.#exited = new Promise((resolve) => {
      // Behind the last line that the child wrote, unlike the event `exit`.
      this.#process.once("close", (code, signal) => {
        this.#end(signal ?? `status ${code}`)
        resolve()
      })
    })
    this.#listen()
  }

  /** The operating system's name of the process. */
  get pid(): number | undefined {
    return this.#process.pid
  }

  get isGone(): boolean {
    return this.#gone !== undefined
  }

  /** What the child said last on its standard error. */
  get errors(): ReadonlyArray<string> {
    return this.#errors
  }

  /** Resolves with the answer. Rejects with `ChildGone` if the child ends before it has answered. */
  async ask(command: Command): Promise<Answer> {
    if (this.#gone !== undefined) throw this.#gone
    const id = ++this.#asked
    const encoded = Schema.encodeSync(this.#options.command)(command)
    this.#process.stdin?.write(`${JSON.stringify({ id, clock: this.#options.clock.now, command: encoded })}\n`)
    const answer = await new Promise<unknown>((resolve, reject) => this.#pending.set(id, { resolve, reject }))
    return Schema.decodeUnknownSync(this.#options.answer)(answer)
  }

  /** Kills the process as it stands, and resolves when it is gone. */
  kill(): Promise<void> {
    this.#process.kill("SIGKILL")
    return this.#exited
  }

  /** Resolves when the process is gone. */
  get exited(): Promise<void> {
    return this.#exited
  }

  #listen(): void {
    const out = new LineReader(
      (text) => this.#take(text),
      () => this.#errors.push("a line was too long")
    )
    const err = new LineReader(
      (text) => this.#keep(text),
      () => this.#errors.push("a line was too long")
    )
    this.#process.stdout?.on("data", (chunk: Uint8Array) => out.push(chunk))
    this.#process.stderr?.on("data", (chunk: Uint8Array) => err.push(chunk))
    // A child that is gone does not read; that it is gone is told by itself.
    this.#process.stdin?.on("error", () => {})
    this.#process.once("error", (error) => this.#end(error.message))
  }

  #take(text: string): void {
    const decoded = decodeLine(text)
    if (Result.isFailure(decoded)) {
      this.#keep(`not understood: ${text.slice(0, 200)}: ${complaint(decoded.failure)}`)
      return
    }
    const line = decoded.success
    this.#options.clock.witness(line.clock)
    if ("event" in line) this.#isListening(line.address)
    else if ("answer" in line) this.#settle(line.id, ({ resolve }) => resolve(line.answer))
    else if (line.id === null) this.#keep(line.error)
    else this.#settle(line.id, ({ reject }) => reject(new Error(`${this.#options.name}: ${line.error}`)))
  }

  #settle(id: number, settle: (pending: Pending) => void): void {
    const pending = this.#pending.get(id)
    this.#pending.delete(id)
    if (pending !== undefined) settle(pending)
  }

  #keep(line: string): void {
    this.#errors.push(line)
    if (this.#errors.length > keptErrorLines) this.#errors.shift()
  }

  #end(how: string): void {
    const said = this.#errors.length === 0 ? "" : `; it said: ${this.#errors.join(" | ")}`
    const gone = new ChildGone(`${this.#options.name} ended with ${how}${said}`)
    this.#gone ??= gone
    this.#cannotListen(gone)
    for (const { reject } of this.#pending.values()) reject(gone)
    this.#pending.clear()
  }
}
