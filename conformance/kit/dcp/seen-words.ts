/** How what came out of an implementation reads. */
import type { VBucket } from "../../../spec/ids.ts"
import { isDied, isStrange, type Seen } from "../role-under-test.ts"

/** What a consumer connection shows of its state: the streams that it believes open. */
export type Partitions = ReadonlyArray<VBucket>

/** An output of the role in its own words, or what else was seen. */
export const tellSeen = <O>(output: Seen<O>, tell: (output: O) => string): string => {
  if (isDied(output)) return output.why === null ? "dead" : `dead: ${output.why}`
  return isStrange(output) ? `${output.channel}: ${output.what}` : tell(output)
}

export const tellPartitions = (partitions: Partitions | null): string =>
  partitions === null ? "believes nothing any more" : `believes open [${partitions.join(", ")}]`
