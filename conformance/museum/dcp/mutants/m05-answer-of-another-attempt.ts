import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import type { Setup } from "../../../../impl/dcp/consumer-operation.ts"
import type { StreamEnd } from "../../../../impl/dcp/consumer-streams.ts"
import { mutant } from "../mutant.ts"

/**
 * M5 An early end is an error of the call and its late response is passed over, until the caller tries again under the
 * same opaque. Plausible. Breaks S6, L7.
 */
export const M05 = mutant(
  "M5",
  {
    breaks: ["S6", "L7"],
    origin: "plausible",
    sentence:
      "An early end is an error of the call and its late response is passed over, until the caller tries again under the same opaque."
  },
  {
    consumer: class extends ConsumerConnection {
      protected override onEndBeforeAddResponse(setup: Setup, end: StreamEnd): void {
        setup.toAdd.take(end.vbucket)
        setup.late.expect([end.vbucket])
        setup.fail({ _tag: "StreamEnded", reason: end.reason, vbucket: end.vbucket })
        this.replyIfDone(setup)
      }
    }
  }
)
