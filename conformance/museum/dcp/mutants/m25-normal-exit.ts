import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import { ProducerConnection } from "../../../../impl/dcp/producer-connection.ts"
import { mutant } from "../mutant.ts"

const normal = { _tag: "Normal" } as const

/**
 * M25 A proxy whose socket closes exits as if its work were done, which links do not follow. Pre-59feda6fd, MB-21511.
 * Breaks S17, L6.
 */
export const M25 = mutant(
  "M25",
  {
    breaks: ["S17", "L6"],
    origin: "pre-59feda6fd, MB-21511",
    sentence: "A proxy whose socket closes exits as if its work were done, which links do not follow."
  },
  {
    consumer: class extends ConsumerConnection {
      protected override exitOnSocketClosed(): typeof normal {
        return normal
      }
    },
    producer: class extends ProducerConnection {
      protected override exitOnSocketClosed(): typeof normal {
        return normal
      }
    }
  }
)
