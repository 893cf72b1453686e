/** How a worker says no, and what its answer is when something that it needs says no to it. */
import type { CallAnswer, Reason } from "../../spec/view-building/messages.ts"
import { Broken } from "../runtime/breakable-mutex.ts"
import { ConnectionBroken } from "../runtime/network/network.ts"
import { Unavailable } from "./group0/group0.ts"

/** Thrown where a call cannot be served, for a reason that the protocol knows. */
export class Refused extends Error {
  override readonly name = "Refused"
  readonly reason: Reason

  constructor(reason: Reason) {
    super(`refused: ${reason}`)
    this.reason = reason
  }
}

/** The reason that stands for a failure on the wire; a failure that the protocol does not know is a defect, and is thrown on. */
const reasonOf = (error: unknown): Reason => {
  if (error instanceof Refused) return error.reason
  if (error instanceof Unavailable) return "ReadBarrierFailed"
  if (error instanceof ConnectionBroken) return "Disconnected"
  // Nobody breaks a worker's mutex but its drain.
  if (error instanceof Broken) return "Drained"
  throw error
}

export const answerOf = async (work: Promise<CallAnswer>): Promise<CallAnswer> => {
  try {
    return await work
  } catch (error) {
    return { _tag: "Refused", reason: reasonOf(error) }
  }
}
