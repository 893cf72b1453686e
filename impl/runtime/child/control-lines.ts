import type { Readable, Writable } from "node:stream"
import { Result, Schema } from "effect"
import { ClockReading, type LamportClock } from "../lamport-clock.ts"
import { complaint } from "../wire/complaint.ts"
import { LineReader, maxLineBytes } from "../wire/lines.ts"

const Line = Schema.Struct({
  id: Schema.Int.check(Schema.isGreaterThanOrEqualTo(1)),
  clock: ClockReading,
  command: Schema.Unknown
})
const decodeLine = Schema.decodeUnknownResult(Schema.fromJsonString(Line))

export interface ControlLinesOptions<Command, Answer> {
  readonly input: Readable
  readonly output: Writable
  readonly clock: LamportClock
  readonly command: Schema.Codec<Command, unknown>
  readonly answer: Schema.Codec<Answer, unknown>
  /** Does what a command says. */
  readonly obey: (command: Command) => Promise<Answer>
  /** Told once that nobody will command any more. */
  readonly abandoned: () => void
}

/**
 * A process's control channel: a command a line comes in, `{ id, clock, command }`, an answer a line goes out, `{ id, clock,
 * answer }`. Commands run side by side. A line that is no command is answered `{ id, clock, error }`, with the id or null.
 */
export class ControlLines<Command, Answer> {
  readonly #options: ControlLinesOptions<Command, Answer>
  readonly #decode: (command: unknown) => Result.Result<Command, Schema.SchemaError>
  readonly #encode: (answer: Answer) => unknown
  #lines = 0

  constructor(options: ControlLinesOptions<Command, Answer>) {
    this.#options = options
    this.#decode = Schema.decodeUnknownResult(options.command)
    this.#encode = Schema.encodeSync(options.answer)
    const reader = new LineReader(
      (text) => {
        this.#lines++
        this.#take(text)
      },
      () => {
        this.#lines++
        this.#complain(null, `longer than the ${maxLineBytes} bytes allowed`)
      }
    )
    options.input.on("data", (chunk: Uint8Array) => reader.push(chunk))
    options.input.once("close", options.abandoned)
  }

  /** Writes a line that answers nothing. */
  tell(event: Readonly<Record<string, unknown>>): void {
    this.#options.output.write(`${JSON.stringify({ ...event, clock: this.#options.clock.now })}\n`)
  }

  #take(text: string): void {
    const line = decodeLine(text)
    if (Result.isFailure(line)) {
      this.#complain(null, `expected { id, clock, command } in JSON: ${complaint(line.failure)}`)
      return
    }
    const { id, clock, command } = line.success
    this.#options.clock.witness(clock)
    const decoded = this.#decode(command)
    if (Result.isFailure(decoded)) this.#complain(id, `no command: ${complaint(decoded.failure)}`)
    else void this.#obey(id, decoded.success)
  }

  async #obey(id: number, command: Command): Promise<void> {
    try {
      const answer = await this.#options.obey(command)
      this.tell({ id, answer: this.#encode(answer) })
    } catch (error) {
      this.tell({ id, error: `the command failed: ${error instanceof Error ? error.message : String(error)}` })
    }
  }

  #complain(id: number | null, what: string): void {
    if (id === null) this.tell({ id, error: `line ${this.#lines}: ${what}` })
    else this.tell({ id, error: what })
  }
}
