/**
 * A process as Erlang has them: a mailbox, one message at a time, and a death that others learn of.
 *
 * Source: the OTP notions on which ns_server's proxies are built (gen_server, links, exit signals, trap_exit).
 */
import { type Clock, systemClock } from "./clock.ts"
import { CallTimeout, type CommonExit, Crash, type ExitReason, ProcessExit } from "./exit.ts"
import { Mailbox } from "./mailbox.ts"

/** Any process, whatever it receives. */
export type AnyProcess = Process<unknown, ExitReason>

/** How long a caller waits; forever if nothing is told. */
export interface CallOptions {
  readonly timeoutMs?: number
}

/**
 * Receives messages one after another; while a handler's promise is open, the next message waits.
 *
 * Messages are handled in a microtask, never inside `post`. A handler that throws ends the process: with the reason of a
 * `Crash`, or as a `Defect`. Nothing restarts a process.
 */
export abstract class Process<Message, Reason extends ExitReason> {
  readonly #clock: Clock
  readonly #mailbox = new Mailbox<Message>()
  readonly #links = new Set<AnyProcess>()
  readonly #callers = new Set<(reason: ExitReason) => void>()
  #exitListeners: Array<() => void> = []
  #whenSettled: Array<() => void> = []
  /** Whether messages are being handled, or a microtask that will do so is on its way. */
  #busy = false
  #exitReason: Reason | CommonExit | undefined

  constructor(clock: Clock = systemClock) {
    this.#clock = clock
  }

  /** Handles one message. A promise returned holds the next message back. */
  protected abstract receive(message: Message): Promise<void> | void

  /** Turns the exit of a linked process into a message, so as to survive it. Who does not trap exits dies with it. */
  protected trapExit(_from: AnyProcess, _reason: ExitReason): Message | undefined {
    return undefined
  }

  /** Lets go of what the process owns. Runs once, at once and first when the process ends. */
  protected release(_reason: Reason | CommonExit): void {}

  /** The clock that timeouts of this process go by. */
  protected get clock(): Clock {
    return this.#clock
  }

  get isAlive(): boolean {
    return this.#exitReason === undefined
  }

  /** Puts a message into the mailbox. A dead process takes it and does nothing. */
  post(message: Message): void {
    if (this.#exitReason !== undefined) return
    this.#mailbox.put(message)
    if (this.#busy) return
    this.#busy = true
    queueMicrotask(this.#drain)
  }

  /** Posts a message that carries a way to answer it, and waits for the answer or the exit, whichever comes first. */
  protected ask<Answer>(
    message: (answer: (value: Answer) => void) => Message,
    options: CallOptions = {}
  ): Promise<Answer> {
    const reason = this.#exitReason
    if (reason !== undefined) return Promise.reject(new ProcessExit(reason))
    return new Promise((resolve, reject) => {
      const { timeoutMs } = options
      const exited = (reason: ExitReason) => conclude(() => reject(new ProcessExit(reason)))
      const cancel =
        timeoutMs === undefined
          ? undefined
          : this.#clock.setTimer(timeoutMs, () => conclude(() => reject(new CallTimeout(timeoutMs))))
      const conclude = (outcome: () => void) => {
        this.#callers.delete(exited)
        cancel?.()
        outcome()
      }
      this.#callers.add(exited)
      this.post(message((value) => conclude(() => resolve(value))))
    })
  }

  /** Ties two lives together: when one ends for any reason but `Normal`, the other ends too, or traps it. */
  link(other: AnyProcess): void {
    const here = this.#exitReason
    const there = other.#exitReason
    if (there !== undefined) this.#linkedExit(other, there)
    else if (here !== undefined) other.#linkedExit(this, here)
    else {
      this.#links.add(other)
      other.#links.add(this)
    }
  }

  /** Ends the process now, whatever it is doing; the messages that wait are lost. */
  exit(reason: Reason | CommonExit): void {
    if (this.#exitReason !== undefined) return
    this.#exitReason = reason
    this.#mailbox.clear()
    this.release(reason)
    for (const exited of [...this.#callers]) exited(reason)
    for (const tell of this.#exitListeners) tell()
    for (const linked of this.#links) {
      linked.#links.delete(this)
      linked.#linkedExit(this, reason)
    }
    this.#links.clear()
    this.#exitListeners = []
    this.#settle()
  }

  /** Calls back when the process has ended, at once if it has already. */
  onExit(listener: (reason: Reason | CommonExit) => void): void {
    const reason = this.#exitReason
    if (reason !== undefined) listener(reason)
    else this.#exitListeners.push(() => listener(this.#exitReason!))
  }

  /** Why the process ended, once it has. */
  get exited(): Promise<Reason | CommonExit> {
    return new Promise((resolve) => this.onExit(resolve))
  }

  /** Resolves when the mailbox is empty and no handler is in flight, or the process is dead. */
  settled(): Promise<void> {
    if (!this.#busy) return Promise.resolve()
    return new Promise((resolve) => this.#whenSettled.push(resolve))
  }

  readonly #drain = (): void => {
    // One loop over everything that waits: what a handler posts to itself costs no further microtask.
    while (this.#exitReason === undefined && this.#mailbox.length > 0) {
      try {
        const handled = this.receive(this.#mailbox.take())
        if (handled !== undefined) {
          handled.then(this.#drain, this.#fail)
          return
        }
      } catch (error) {
        this.#fail(error)
      }
    }
    this.#settle()
  }

  readonly #fail = (error: unknown): void => {
    // A handler throws only what its own class made, so a crash's reason is one of this process's reasons.
    if (error instanceof Crash) this.exit(error.reason as Reason)
    else this.exit({ _tag: "Defect", error })
  }

  #linkedExit(from: AnyProcess, reason: ExitReason): void {
    if (this.#exitReason !== undefined) return
    const message = this.trapExit(from, reason)
    if (message !== undefined) this.post(message)
    else if (reason._tag !== "Normal") this.exit({ _tag: "Linked", reason })
  }

  #settle(): void {
    this.#busy = false
    const waiting = this.#whenSettled
    this.#whenSettled = []
    for (const resolve of waiting) resolve()
  }
}
