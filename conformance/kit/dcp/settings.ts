/** The settings that DCP implementations are checked in unless told otherwise. */
import { maybeClose, setup, shutConnection, small, takeover } from "../../../model/dcp/bounds.ts"
import type { DcpSetting } from "./dcp-roles.ts"

const requests = [setup(), setup(0), setup(1), setup(0, 1), maybeClose(0), takeover(0), shutConnection]

/** A connection alone, with two vBuckets and single packets: anything may come at any time, so deep stories are rare. */
export const alone: DcpSetting = {
  environment: "alone",
  variant: "reference",
  bounds: { ...small, vbuckets: 2, chunk: 1, requests }
}

/** The same with whole chunks and with calls that name a vBucket twice: whatever may come of two streams in one call. */
export const twoStreams: DcpSetting = {
  ...alone,
  bounds: { ...alone.bounds, chunk: 2, requests: [...requests, setup(0, 0)] }
}

/** A connection, or a pair, between kv ends with a dozen calls and one break: only what kv does, so stories go deep. */
export const between: DcpSetting = {
  environment: "pair",
  variant: "reference",
  bounds: { ...small, vbuckets: 2, calls: 12, overlap: true, breaks: 1, requests }
}

/** A connection alone with one vBucket: small enough for a tour of everything that may come in every state. */
export const oneStream: DcpSetting = {
  ...alone,
  bounds: { ...alone.bounds, vbuckets: 1, requests: [setup(), setup(0), maybeClose(0), takeover(0), shutConnection] }
}
