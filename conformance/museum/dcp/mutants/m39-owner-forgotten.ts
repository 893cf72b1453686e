import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import { mutant } from "../mutant.ts"

/** M39 A shut that takes a set-up over forgets the caller of the set-up. HEAD. Breaks L1. */
export const M39 = mutant(
  "M39",
  {
    breaks: ["L1"],
    origin: "HEAD",
    sentence: "A shut that takes a set-up over forgets the caller of the set-up."
  },
  {
    consumer: class extends ConsumerConnection {
      protected override interruptOwner(): void {}
    }
  }
)
