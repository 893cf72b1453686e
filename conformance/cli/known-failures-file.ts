/** A list of known failures, which somebody has written by hand. */
import { readFileSync } from "node:fs"
import { Result, Schema } from "effect"
import { inOneLine } from "../protocol/read-frame.ts"
import { type KnownFailure, KnownFailures } from "../remote/known-failures.ts"
import { UsageError } from "./usage-error.ts"

/** A name that is misspelt would make an entry say less than its writer thinks. */
const decode = Schema.decodeUnknownResult(Schema.fromJsonString(KnownFailures), { onExcessProperty: "error" })

/** The list in a file. Throws `UsageError`, which says what is wrong with it. */
export const knownFailuresIn = (file: string): ReadonlyArray<KnownFailure> => {
  let text: string
  try {
    text = readFileSync(file, "utf8")
  } catch (error) {
    throw new UsageError(`cannot read the known failures: ${error instanceof Error ? error.message : error}`)
  }
  const list = decode(text)
  if (Result.isSuccess(list)) return list.success
  throw new UsageError(`${file} is no list of known failures: ${inOneLine(list.failure)}`)
}
