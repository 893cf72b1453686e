import type { NodeId } from "../../../spec/metadata.ts"
import type { CallFailure } from "../../../spec/raft-upgrade/messages.ts"
import type { Clock } from "../../runtime/clock.ts"
import { Aborted, unlessAborted } from "../../runtime/waits.ts"
import { ConnectionBroken, type Network, type NodeAnswer, type NodeRequest } from "./network.ts"

/** A call came to nothing that one could use. */
export class CallFailed extends Error {
  override readonly name = "CallFailed"
  readonly failure: CallFailure

  constructor(failure: CallFailure, what: string) {
    super(`${what}: ${failure}`)
    this.failure = failure
  }
}

type AnswerTo<Tag extends NodeAnswer["_tag"]> = Extract<NodeAnswer, { readonly _tag: Tag }>

/** How long a call is waited for, unless told. Source: dossier 2.14. */
const usualMs = 5_000

/** Calls of other nodes, each with an end: an answer of the kind expected, or `CallFailed`. */
export class Calls {
  readonly #network: Network
  readonly #clock: Clock

  constructor(network: Network, clock: Clock) {
    this.#network = network
    this.#clock = clock
  }

  /** Rejects with `CallFailed`; also, as `Aborted`, once the signal is given, and nobody hears how the call ends. */
  async ask<Tag extends NodeAnswer["_tag"]>(
    to: NodeId,
    request: NodeRequest,
    expected: Tag,
    signal: AbortSignal,
    milliseconds = usualMs
  ): Promise<AnswerTo<Tag>> {
    const what = `${request._tag} to ${to}`
    let stop = (): void => {}
    const late = new Promise<never>((_, reject) => {
      stop = this.#clock.setTimer(milliseconds, () => reject(new CallFailed("TimedOut", what)))
    })
    late.catch(() => {})
    try {
      const answer = await unlessAborted(signal, Promise.race([this.#network.ask(to, request), late]))
      if (isA(answer, expected)) return answer
      throw new CallFailed(answer._tag === "Failed" ? answer.failure : "Garbled", what)
    } catch (error) {
      if (error instanceof ConnectionBroken) throw new CallFailed("Disconnected", what)
      throw error
    } finally {
      stop()
    }
  }

  /** The same, with nothing in place of a failure. */
  async tryAsk<Tag extends NodeAnswer["_tag"]>(
    to: NodeId,
    request: NodeRequest,
    expected: Tag,
    signal: AbortSignal,
    milliseconds = usualMs
  ): Promise<AnswerTo<Tag> | undefined> {
    try {
      return await this.ask(to, request, expected, signal, milliseconds)
    } catch (error) {
      if (error instanceof CallFailed) return undefined
      throw error
    }
  }

  /** Sends something that nobody answers: what becomes of it, nobody hears. */
  send(to: NodeId, request: NodeRequest): void {
    this.#network.ask(to, request).catch(() => {})
  }
}

const isA = <Tag extends NodeAnswer["_tag"]>(answer: NodeAnswer, tag: Tag): answer is AnswerTo<Tag> =>
  answer._tag === tag

/** Why a call failed, where an error says that it did; any other error is a defect, and is thrown on. */
export const failureOf = (error: unknown): CallFailure => {
  if (error instanceof CallFailed) return error.failure
  if (error instanceof Aborted) return "Aborted"
  throw error
}
