import { HeaderReader, littleEndianHostOpaque } from "../../../../impl/dcp/mcbp/index.ts"
import { mutant } from "../mutant.ts"

class SwappedOpaque extends HeaderReader {
  override streamOpaque(bytes: Uint8Array, at: number): number {
    return littleEndianHostOpaque(super.streamOpaque(bytes, at))
  }
}

/** M42b The stream opaque in the extras of a response is read as a little-endian host would. Plausible. Breaks S18. */
export const M42b = mutant(
  "M42b",
  {
    breaks: ["S18"],
    origin: "plausible",
    sentence: "The stream opaque in the extras of a response is read as a little-endian host would."
  },
  { reader: new SwappedOpaque() }
)
