import { Replicator } from "../../../../impl/dcp/replicator.ts"
import type { ReplyValue } from "../../../../spec/dcp/messages.ts"
import { mutant } from "../mutant.ts"

/** M50 A caller of the replicator is not told that it has died. Plausible. Breaks L2. */
export const M50 = mutant(
  "M50",
  {
    breaks: ["L2"],
    origin: "plausible",
    sentence: "A caller of the replicator is not told that it has died."
  },
  {
    replicator: class extends Replicator {
      override setupReplication(...call: Parameters<Replicator["setupReplication"]>): Promise<ReplyValue> {
        return new Promise((resolve) => void super.setupReplication(...call).then(resolve, () => undefined))
      }
    }
  }
)
