/** An adapter after its handshake: who it is, what it can do, and one way to ask it anything. */
import { Result, Schema } from "effect"
import { type Event, HelloAnswer } from "../protocol/answers.ts"
import type { isDefinite } from "../protocol/error-table.ts"
import { maxDepth, maxLineBytes } from "../protocol/limits.ts"
import { inOneLine } from "../protocol/read-frame.ts"
import type { Op, Start } from "../protocol/requests.ts"
import { offered, wasOffered } from "../protocol/versions.ts"
import type { Dialer } from "../transport/link.ts"
import type { AdapterTrouble } from "./adapter-trouble.ts"
import type { Budgets } from "./budgets.ts"
import type { Clock } from "./clock.ts"
import { Conversation, type Reply } from "./conversation.ts"
import type { RoleSpec } from "./remote-role.ts"
import { NoSuchWord } from "./wire-words.ts"

/** Who calls, and with which words. */
export interface Caller {
  readonly version: string
  readonly specs: ReadonlyArray<RoleSpec>
  readonly budgets: Budgets
  /** What every implementation is told of its surroundings when it is started; nothing unless told. */
  readonly config?: Start["config"]
  /** What budgets are measured by; the wall clock unless told. */
  readonly clock?: Clock
}

const decodeHello = Schema.decodeUnknownResult(HelloAnswer)

/** Calls an adapter and shakes hands. `begun` is told of the conversation before. Rejects with `AdapterTrouble`. */
export const shakeHands = async (
  dialer: Dialer,
  caller: Caller,
  begun: (conversation: Conversation) => void
): Promise<Peer> => {
  const conversation = new Conversation(dialer.dial(), caller.clock)
  begun(conversation)
  try {
    const reply = await conversation.ask(
      "hello",
      {
        protocol: offered,
        kit: { name: "portcullis", version: caller.version },
        spec: caller.specs,
        limits: { line: maxLineBytes, depth: maxDepth }
      },
      caller.budgets.handshake
    )
    return new Peer(conversation, helloOf(reply, conversation, caller.budgets), caller)
  } catch (error) {
    await conversation.end()
    throw error
  }
}

const helloOf = (reply: Reply, conversation: Conversation, { handshake }: Budgets): HelloAnswer => {
  if (reply._tag === "Late") throw conversation.told("silent", `it did not answer hello within ${handshake} ms`)
  if (reply._tag === "Err")
    throw conversation.told("stranger", `it refused hello: ${reply.err.code}${reasonOf(reply.err.message)}`)
  const hello = decodeHello(reply.ok)
  if (Result.isFailure(hello))
    throw conversation.violated(`its answer to hello is not as agreed: ${inOneLine(hello.failure)}`)
  const { protocol } = hello.success
  if (!wasOffered(protocol))
    throw conversation.told("stranger", `it chose version ${protocol.major}.${protocol.minor}, which was not offered`)
  return hello.success
}

export const reasonOf = (message: string | undefined): string => (message === undefined ? "" : `, ${message}`)

/** How something that was asked went, with its answer read. */
export type Asked<A> =
  | { readonly _tag: "Ok"; readonly ok: A }
  /** It did not happen, and will not. */
  | { readonly _tag: "Definite"; readonly why: string }
  /** It did not happen, and nothing of the kind ever will: only an input may be answered so. */
  | { readonly _tag: "Unsupported"; readonly why: string }
  /** It may have happened, or may still. */
  | { readonly _tag: "Indefinite"; readonly why: string; readonly late: boolean }

export class Peer {
  readonly hello: HelloAnswer
  readonly conversation: Conversation
  readonly budgets: Budgets
  private readonly config: Start["config"]
  private epochs = 0
  private events: Array<unknown> = []
  private lastSeq = 0

  constructor(
    conversation: Conversation,
    hello: HelloAnswer,
    { budgets, config = {} }: Pick<Caller, "budgets" | "config">
  ) {
    this.conversation = conversation
    this.hello = hello
    this.budgets = budgets
    this.config = config
    conversation.onEvent = (event) => this.hear(event)
  }

  get epoch(): number {
    return this.epochs
  }

  /** Events since the last time that somebody took them, and the number of the last one in this life. */
  takeEvents(): { readonly events: ReadonlyArray<unknown>; readonly lastSeq: number } {
    const { events, lastSeq } = this
    this.events = []
    return { events, lastSeq }
  }

  private hear({ epoch, seq, output }: Event): void {
    // What is left of an older life says nothing about this one.
    if (epoch < this.epochs) return
    const why =
      this.hello.caps?.events !== true
        ? "it sent an event, but it has no capability events"
        : epoch > this.epochs
          ? `it sent an event of epoch ${epoch}, which has not begun`
          : seq !== this.lastSeq + 1
            ? `it sent event ${seq} behind event ${this.lastSeq}`
            : undefined
    if (why !== undefined) return void this.conversation.violated(why)
    this.lastSeq = seq
    this.events.push(output)
  }

  /** The start of a new life in a role; `more` is said of its surroundings besides what every life is told. */
  nextStart(role: string, seed: number, more: Start["config"] = {}): Start {
    this.events = []
    this.lastSeq = 0
    return { epoch: ++this.epochs, role, config: { ...this.config, ...more }, seed }
  }

  /** Asks, and reads the answer. Rejects with `AdapterTrouble` where it cannot be read, or the adapter is at fault itself. */
  async ask<A>(
    op: Op,
    fields: object,
    read: (ok: unknown) => Result.Result<A, Error>,
    budgetMs: number
  ): Promise<Asked<A>> {
    const reply = await this.conversation.ask(op, fields, budgetMs)
    switch (reply._tag) {
      case "Late":
        return { _tag: "Indefinite", why: `no answer to ${op} within ${budgetMs} ms`, late: true }
      case "Ok": {
        const answer = read(reply.ok)
        if (Result.isSuccess(answer)) return { _tag: "Ok", ok: answer.success }
        throw this.conversation.violated(`its answer to ${op} is not as agreed: ${inOneLine(answer.failure)}`)
      }
      case "Err":
        return this.refused(op, reply.err)
    }
  }

  /** Reads an answer in the words of a role. Words that are none are the adapter's fault. */
  inWords<A>(read: () => A): A {
    try {
      return read()
    } catch (error) {
      if (error instanceof NoSuchWord) throw this.conversation.violated(error.message)
      throw error
    }
  }

  private refused(op: Op, err: Parameters<typeof isDefinite>[0]): Asked<never> {
    const why = `${op} was answered ${err.code}${reasonOf(err.message)}`
    switch (err.code) {
      case "definite-failure":
        return { _tag: "Definite", why }
      case "indefinite":
        return { _tag: "Indefinite", why, late: false }
      case "unsupported":
        if (op === "input" || op === "inputs") return { _tag: "Unsupported", why }
        throw this.trouble(why)
      default:
        // The other codes say that the kit was not understood or the adapter failed: nothing is known of the implementation.
        throw this.trouble(why)
    }
  }

  /** That the adapter is at fault itself. */
  trouble(why: string): AdapterTrouble {
    return this.conversation.told("fault", why)
  }
}
