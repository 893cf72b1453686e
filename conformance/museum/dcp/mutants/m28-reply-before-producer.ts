import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import type { Setup } from "../../../../impl/dcp/consumer-operation.ts"
import { mutant } from "../mutant.ts"

/** M28 A set-up is answered although the producer has not closed its side. Plausible. Breaks S5, S9. */
export const M28 = mutant(
  "M28",
  {
    breaks: ["S5", "S9"],
    origin: "plausible",
    sentence: "A set-up is answered although the producer has not closed its side."
  },
  {
    consumer: class extends ConsumerConnection {
      protected override isDone(setup: Setup): boolean {
        return setup.toAdd.isEmpty && setup.toClose.isEmpty
      }
    }
  }
)
