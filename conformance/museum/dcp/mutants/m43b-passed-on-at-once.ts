import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import type { Frame } from "../../../../impl/dcp/mcbp/index.ts"
import type { Fate } from "../../../../impl/dcp/proxy-process.ts"
import { mutant } from "../mutant.ts"

/** M43b The consumer connection passes each packet on at once instead of after the chunk. Plausible. Breaks S15. */
export const M43b = mutant(
  "M43b",
  {
    breaks: ["S15"],
    origin: "plausible",
    sentence: "The consumer connection passes each packet on at once instead of after the chunk."
  },
  {
    consumer: class extends ConsumerConnection {
      protected override packetFate(frame: Frame): Fate {
        const fate = super.packetFate(frame)
        if (fate === "proxy") this.forward([frame])
        return "block"
      }
    }
  }
)
