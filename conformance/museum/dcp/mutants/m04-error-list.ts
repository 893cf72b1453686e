import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import type { Setup } from "../../../../impl/dcp/consumer-operation.ts"
import type { StreamEnd } from "../../../../impl/dcp/consumer-streams.ts"
import { mutant } from "../mutant.ts"

/**
 * M4 An early end is an error of the call; the response that comes late has nobody who waits for it, and crashes. Patch
 * set 4 of the review. Breaks S20, S6, L7.
 */
export const M04 = mutant(
  "M4",
  {
    breaks: ["S20", "S6", "L7"],
    origin: "patch set 4 of the review",
    sentence:
      "An early end is an error of the call; the response that comes late has nobody who waits for it, and crashes."
  },
  {
    consumer: class extends ConsumerConnection {
      protected override onEndBeforeAddResponse(setup: Setup, end: StreamEnd): void {
        setup.toAdd.take(end.vbucket)
        setup.fail({ _tag: "StreamEnded", reason: end.reason, vbucket: end.vbucket })
        this.replyIfDone(setup)
      }
    }
  }
)
