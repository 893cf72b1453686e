import { ProducerConnection } from "../../../../impl/dcp/producer-connection.ts"
import type { ProducerCast } from "../../../../spec/dcp/messages.ts"
import { mutant } from "../mutant.ts"

/** M43a The producer connection tells its partner of a chunk after the chunk was passed on. Plausible. Breaks S25. */
export const M43a = mutant(
  "M43a",
  {
    breaks: ["S25"],
    origin: "plausible",
    sentence: "The producer connection tells its partner of a chunk after the chunk was passed on."
  },
  {
    producer: class extends ProducerConnection {
      private readonly due: ProducerCast[] = []

      protected override tellPartner(cast: ProducerCast): void {
        this.due.push(cast)
      }

      protected override processChunk(bytes: Uint8Array): void {
        super.processChunk(bytes)
        for (const cast of this.due.splice(0)) super.tellPartner(cast)
      }
    }
  }
)
