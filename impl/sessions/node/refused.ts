/** How a node says no, and what its answer is when something it needs says no to it. */
import type { NodeAnswer, Reason } from "../../../spec/sessions/messages.ts"
import { Injected, type Injections } from "../../runtime/injections.ts"
import { Unavailable } from "../group0/group0.ts"
import { ConnectionBroken } from "../network/network.ts"
import { refusalOf } from "../registry/refusals.ts"
import { StoreUnavailable } from "../storage/store.ts"

/** Thrown where a request cannot be done, for a reason that the protocol knows. */
export class Refused extends Error {
  override readonly name = "Refused"
  readonly reason: Reason

  constructor(reason: Reason) {
    super(`refused: ${reason}`)
    this.reason = reason
  }
}

export const ok: NodeAnswer = { _tag: "Ok" }

/** The reason that stands for a failure on the wire; a failure that the protocol does not know is a defect, and is thrown on. */
export const reasonOf = (error: unknown): Reason => {
  if (error instanceof Refused) return error.reason
  const refusal = refusalOf(error)
  if (refusal !== undefined) return refusal._tag
  if (error instanceof Unavailable) return "ReadBarrierFailed"
  // A node whose disk is closed is on its way out, and its connections with it.
  if (error instanceof ConnectionBroken || error instanceof StoreUnavailable) return "Disconnected"
  throw error
}

/** The answer to work that ends well or is refused. */
export const answerOf = async (work: Promise<NodeAnswer>): Promise<NodeAnswer> => {
  try {
    return await work
  } catch (error) {
    return { _tag: "Refused", reason: reasonOf(error) }
  }
}

/** A place where a test may have the node refuse with `reason`. */
export const failPoint = (injections: Injections, name: string, reason: Reason): void => {
  try {
    injections.fail(name)
  } catch (error) {
    throw error instanceof Injected ? new Refused(reason) : error
  }
}

/** Waits for work unless `signal` is given first. Work that is given up goes on, and nobody hears how it ends. */
export const unlessAborted = async <Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value> => {
  let stop = (): void => {}
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(new Refused("AbortRequested"))
    if (signal.aborted) stop()
    else signal.addEventListener("abort", stop, { once: true })
  })
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener("abort", stop)
  }
}
