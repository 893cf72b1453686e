import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import type { Answer, Setup } from "../../../../impl/dcp/consumer-operation.ts"
import { mutant } from "../mutant.ts"

/** M22 A shut is refused while a set-up is stuck. Pre-c67271517, MB-46253. Breaks S23. */
export const M22 = mutant(
  "M22",
  {
    breaks: ["S23"],
    origin: "pre-c67271517, MB-46253",
    sentence: "A shut is refused while a set-up is stuck."
  },
  {
    consumer: class extends ConsumerConnection {
      protected override shutWhileBusy(_setup: Setup, answer: Answer): void {
        this.refuse({ _tag: "ShutConnection" }, answer)
      }
    }
  }
)
