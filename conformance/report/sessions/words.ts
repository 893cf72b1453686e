/** The small words that stories of sessions are made of. */
import type { Row } from "../../../spec/sessions/messages.ts"
import type { NodeId, ShardId } from "../../../spec/sessions/metadata.ts"

/** A shard by its node's name and its number, such as `B.1`. */
export const place = ({ node, shard }: { readonly node: NodeId; readonly shard: ShardId }): string => `${node}.${shard}`

/** Names as a sentence lists them: `A`, `A and B`, `A, B and C`. */
export const listed = (names: ReadonlyArray<string>): string =>
  names.length < 2 ? (names[0] ?? "nobody") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`

/** A verb after those names. */
export const verb = (names: ReadonlyArray<string>, one: string, many: string): string =>
  names.length === 1 ? one : many

/** Rows, each as what it says of its key. The number is the timestamp, which tells the newer one. */
export const rowsInWords = (rows: ReadonlyArray<Row>): string =>
  rows.length === 0
    ? "nothing"
    : rows
        .map(({ key, timestamp, value }) =>
          value === null ? `${key} deleted @${timestamp}` : `${key} = ${value} @${timestamp}`
        )
        .join(", ")

export const unique = <A>(all: ReadonlyArray<A>): ReadonlyArray<A> => [...new Set(all)]
