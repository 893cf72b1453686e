import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import type { Takeover } from "../../../../impl/dcp/consumer-operation.ts"
import type { Opaque } from "../../../../spec/ids.ts"
import { mutant } from "../mutant.ts"

/**
 * M17 The opaque of a takeover's stream is learned from the ADD_STREAM response, which may come last. Pre-cde29b364,
 * MB-10465. Breaks S24.
 */
export const M17 = mutant(
  "M17",
  {
    breaks: ["S24"],
    origin: "pre-cde29b364, MB-10465",
    sentence: "The opaque of a takeover's stream is learned from the ADD_STREAM response, which may come last."
  },
  {
    consumer: class extends ConsumerConnection {
      private seen: Opaque | undefined

      protected override onTakeoverStreamRequest(_takeover: Takeover, opaque: Opaque): void {
        this.seen = opaque
      }

      protected override onTakeoverAdded(takeover: Takeover): void {
        // kv puts into the response what STREAM_REQ has told already.
        if (this.seen !== undefined) super.onTakeoverStreamRequest(takeover, this.seen)
      }
    }
  }
)
