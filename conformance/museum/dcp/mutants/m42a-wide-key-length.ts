import { readUint16 } from "../../../../impl/dcp/mcbp/bytes.ts"
import { HeaderReader } from "../../../../impl/dcp/mcbp/index.ts"
import { mutant } from "../mutant.ts"

class WideKeyLength extends HeaderReader {
  override keyLength(bytes: Uint8Array, at: number): number {
    return readUint16(bytes, at + 2)
  }
}

/** M42a The length of the key is read as two bytes under an alternative magic too. Plausible. Breaks S18. */
export const M42a = mutant(
  "M42a",
  {
    breaks: ["S18"],
    origin: "plausible",
    sentence: "The length of the key is read as two bytes under an alternative magic too."
  },
  { reader: new WideKeyLength() }
)
