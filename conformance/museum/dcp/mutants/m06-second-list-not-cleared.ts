import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import type { Setup } from "../../../../impl/dcp/consumer-operation.ts"
import type { StreamEnd } from "../../../../impl/dcp/consumer-streams.ts"
import type { Status, VBucket } from "../../../../spec/ids.ts"
import { mutant } from "../mutant.ts"

/**
 * M6 Early ends go to a second list, to be reported with their responses, and that list outlives the call. Second list
 * of the review. Breaks S10, L1, L7.
 */
export const M06 = mutant(
  "M6",
  {
    breaks: ["S10", "L1", "L7"],
    origin: "second list of the review",
    sentence: "Early ends go to a second list, to be reported with their responses, and that list outlives the call."
  },
  {
    consumer: class extends ConsumerConnection {
      private readonly ended = new Map<VBucket, StreamEnd>()

      protected override onEndBeforeAddResponse(_setup: Setup, end: StreamEnd): void {
        this.ended.set(end.vbucket, end)
      }

      protected override onStreamAdded(setup: Setup, vbucket: VBucket, status: Status): void {
        const end = this.ended.get(vbucket)
        if (end === undefined || !this.toleratedOnAdd(status)) super.onStreamAdded(setup, vbucket, status)
        else setup.fail({ _tag: "StreamEnded", reason: end.reason, vbucket: end.vbucket })
      }
    }
  }
)
