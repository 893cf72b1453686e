import { ConnectionBroken } from "../../../../impl/runtime/network/network.ts"
import { type Attempt, attempts, type Send, send } from "../../../../impl/view-building/worker/attempt.ts"
import { ShardWorker } from "../../../../impl/view-building/worker/shard-worker.ts"
import type { ShardSurroundings } from "../../../../impl/view-building/worker/surroundings.ts"
import { mutant } from "../mutant.ts"

/** What a replica has not taken is kept for it, and the batch does not wait. */
const sendOrKeep: Send = async (...what) => {
  try {
    await send(...what)
  } catch (error) {
    if (!(error instanceof ConnectionBroken)) throw error
  }
}

class TrustsHints extends ShardWorker {
  protected override attempting(parts: ShardSurroundings): Attempt {
    return attempts(parts, sendOrKeep)
  }
}

export const M32 = mutant(
  "M32",
  {
    sentence: "A range is done while rows of it are only kept as hints for a replica of the view.",
    origin: "scylladb issue 23930",
    breaks: ["D1"],
    seenIn: "a replica of a view takes no rows for a while"
  },
  { machinery: { ShardWorker: TrustsHints } }
)
