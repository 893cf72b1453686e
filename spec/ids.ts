import { Schema } from "effect"

const u16 = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 0xffff }))
const u32 = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 0xffffffff }))

/** A partition of a bucket, 0 to 65535. Couchbase calls it vBucket. */
export const VBucket = u16.pipe(Schema.brand("VBucket"))
export type VBucket = typeof VBucket.Type

/** The 32-bit tag of a memcached packet, copied from a request into its response. */
export const Opaque = u32.pipe(Schema.brand("Opaque"))
export type Opaque = typeof Opaque.Type

/** A memcached status code, 0 for success. */
export const Status = u16.pipe(Schema.brand("Status"))
export type Status = typeof Status.Type

/** One call to a process, answered at most once. */
export const CallId = Schema.String.check(Schema.isNonEmpty()).pipe(Schema.brand("CallId"))
export type CallId = typeof CallId.Type
