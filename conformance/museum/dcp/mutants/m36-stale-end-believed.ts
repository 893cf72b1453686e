import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import type { StreamEnd } from "../../../../impl/dcp/consumer-streams.ts"
import { mutant } from "../mutant.ts"

/** M36 The late end of an earlier stream removes the stream that took its place. HEAD, inferred. Breaks S4. */
export const M36 = mutant(
  "M36",
  {
    breaks: ["S4"],
    origin: "HEAD, inferred",
    sentence: "The late end of an earlier stream removes the stream that took its place."
  },
  {
    consumer: class extends ConsumerConnection {
      protected override endsOpenStream(end: StreamEnd): boolean {
        return this.isOpen(end.vbucket)
      }
    }
  }
)
