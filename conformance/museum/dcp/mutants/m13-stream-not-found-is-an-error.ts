import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import { Status as StatusCode } from "../../../../impl/dcp/mcbp/index.ts"
import type { Status } from "../../../../spec/ids.ts"
import { mutant } from "../mutant.ts"

/** M13 A close that is answered with DCP_STREAM_NOT_FOUND has failed. HEAD, inferred. Breaks S12. */
export const M13 = mutant(
  "M13",
  {
    breaks: ["S12"],
    origin: "HEAD, inferred",
    sentence: "A close that is answered with DCP_STREAM_NOT_FOUND has failed."
  },
  {
    consumer: class extends ConsumerConnection {
      protected override toleratedOnClose(status: Status): boolean {
        return status !== StatusCode.DcpStreamNotFound && super.toleratedOnClose(status)
      }
    }
  }
)
