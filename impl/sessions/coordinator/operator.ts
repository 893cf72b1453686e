import type { ControlAnswer } from "../control.ts"
import { type Group0, Unavailable } from "../group0/group0.ts"
import type { Change } from "./changes.ts"

/**
 * Changes group 0 on behalf of an operator, from any node and beside the coordinator: whoever is slower computes its change again.
 *
 * Source: service/storage_service.cc try_transit_tablet, exec_tablet_update.
 */
export const ordered = async (group0: Group0, change: Change): Promise<ControlAnswer> => {
  try {
    for (;;) {
      const guard = await group0.start()
      const next = change(guard.seen)
      if (typeof next === "string") return failed(next)
      if (next === guard.seen.metadata) return { _tag: "Done" }
      const answer = await group0.commit(guard, { _tag: "Operator" }, next)
      if (answer._tag === "Committed") return { _tag: "Done" }
      if (answer._tag === "StatusUnknown") return failed("nobody knows whether group 0 has taken it")
    }
  } catch (error) {
    if (error instanceof Unavailable) return failed(error.message)
    throw error
  }
}

export const failed = (why: string): ControlAnswer => ({ _tag: "Failed", why })
