import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import { Status as StatusCode } from "../../../../impl/dcp/mcbp/index.ts"
import type { Status } from "../../../../spec/ids.ts"
import { mutant } from "../mutant.ts"

/** M12 A close that is answered with KEY_ENOENT has failed. Pre-d8a8b8928, MB-15926. Breaks S12. */
export const M12 = mutant(
  "M12",
  {
    breaks: ["S12"],
    origin: "pre-d8a8b8928, MB-15926",
    sentence: "A close that is answered with KEY_ENOENT has failed."
  },
  {
    consumer: class extends ConsumerConnection {
      protected override toleratedOnClose(status: Status): boolean {
        return status !== StatusCode.KeyEnoent && super.toleratedOnClose(status)
      }
    }
  }
)
