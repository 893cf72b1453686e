import { mutant } from "../mutant.ts"

import { M01 } from "./m01-ignore-early-end.ts"
/**
 * M2 An end before the ADD_STREAM response is ignored, and the response that comes after all is believed. MB-51223.
 * Breaks S3w, S4, L5.
 */
export const M02 = mutant(
  "M2",
  {
    breaks: ["S3w", "S4", "L5"],
    origin: "MB-51223",
    sentence: "An end before the ADD_STREAM response is ignored, and the response that comes after all is believed."
  },
  M01.subject
)
