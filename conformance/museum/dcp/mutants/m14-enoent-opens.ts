import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import { Status as StatusCode } from "../../../../impl/dcp/mcbp/index.ts"
import type { Status } from "../../../../spec/ids.ts"
import { mutant } from "../mutant.ts"

/** M14 KEY_ENOENT is tolerated on ADD_STREAM as it is on CLOSE_STREAM. Plausible. Breaks S2, S4. */
export const M14 = mutant(
  "M14",
  {
    breaks: ["S2", "S4"],
    origin: "plausible",
    sentence: "KEY_ENOENT is tolerated on ADD_STREAM as it is on CLOSE_STREAM."
  },
  {
    consumer: class extends ConsumerConnection {
      protected override toleratedOnAdd(status: Status): boolean {
        return status === StatusCode.KeyEnoent || super.toleratedOnAdd(status)
      }
    }
  }
)
