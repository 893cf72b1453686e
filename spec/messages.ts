/** What nodes say to each other in more than one protocol. */
import { Schema } from "effect"

/** One write of one key. The greatest timestamp wins; a value of null is a tombstone. */
export const Row = Schema.Struct({
  key: Schema.String,
  timestamp: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
  value: Schema.NullOr(Schema.String)
})
export type Row = typeof Row.Type
