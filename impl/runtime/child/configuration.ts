/** What a process is told when it starts, as JSON in its only argument. */
import { Result, Schema } from "effect"
import { complaint } from "../wire/complaint.ts"

/** Reads a process's configuration from its arguments. Throws with what is wrong in one sentence. */
export function readConfiguration<Configuration>(
  schema: Schema.Codec<Configuration, unknown>,
  argument: string | undefined
): Configuration {
  const decoded = Schema.decodeUnknownResult(Schema.fromJsonString(schema))(argument)
  if (Result.isSuccess(decoded)) return decoded.success
  throw new Error(`the first argument must be the configuration in JSON: ${complaint(decoded.failure)}`)
}
