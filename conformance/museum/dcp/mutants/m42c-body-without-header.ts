import { HeaderReader, headerLength } from "../../../../impl/dcp/mcbp/index.ts"
import { mutant } from "../mutant.ts"

class BodyOnly extends HeaderReader {
  override frameLength(bytes: Uint8Array, at: number): number {
    return super.frameLength(bytes, at) - headerLength
  }
}

/** M42c The length of the body is taken for the length of the frame. Plausible. Breaks S18. */
export const M42c = mutant(
  "M42c",
  {
    breaks: ["S18"],
    origin: "plausible",
    sentence: "The length of the body is taken for the length of the frame."
  },
  { reader: new BodyOnly() }
)
