import type { Frame } from "../../../../impl/dcp/mcbp/index.ts"
import { ProducerConnection } from "../../../../impl/dcp/producer-connection.ts"
import type { Fate } from "../../../../impl/dcp/proxy-process.ts"
import { mutant } from "../mutant.ts"

/** M32 The producer connection keeps STREAM_END from the kv consumer. Plausible. Breaks S14. */
export const M32 = mutant(
  "M32",
  {
    breaks: ["S14"],
    origin: "plausible",
    sentence: "The producer connection keeps STREAM_END from the kv consumer."
  },
  {
    producer: class extends ProducerConnection {
      protected override onStreamEnd(frame: Frame): Fate {
        super.onStreamEnd(frame)
        return "block"
      }
    }
  }
)
