import type { NodeAnswer, NodeRequest, Row } from "../../../spec/sessions/messages.ts"
import type { Admission } from "./admission.ts"
import type { FileFetches } from "./file-fetches.ts"
import { land } from "./landing.ts"
import type { NodeContext } from "./node-context.ts"
import { ok } from "./refused.ts"

type StreamRows = Extract<NodeRequest, { readonly _tag: "StreamRows" }>

/**
 * Takes rows that were streamed to this node: one shard reads them, the shard that they are for writes them.
 *
 * Enabled when: the session is open on both shards; each lets the work in by itself, and keeps its guard until the rows are part
 * of the tablet's data or forgotten. Effect: the rows land. The reader looks at its guard before each row, and for a file at
 * whether the fetch is still waited for. Refused with: Malformed, SessionNotFound, GateClosed, AbortRequested, StreamFailed,
 * NoSuchTablet.
 *
 * Source: streaming/stream_session.cc STREAM_MUTATION_FRAGMENTS handler, streaming/consumer.cc make_streaming_consumer,
 * streaming/stream_blob.cc stream_blob_handler.
 */
export class StreamReceiver {
  readonly #node: NodeContext
  readonly #fetches: FileFetches

  constructor(node: NodeContext, fetches: FileFetches) {
    this.#node = node
    this.#fetches = fetches
  }

  async receive(request: StreamRows): Promise<NodeAnswer> {
    const { tablet, session, work, fetch } = request
    const via = this.#node.shard(request.via)
    const to = this.#node.shard(request.to)
    const { parts } = this.#node
    // The rows have arrived here, but nobody was let in yet: who is stopped in this place delays no barrier.
    await parts.injections.wait("stream_mutation_fragments")
    if (fetch !== undefined) this.#fetches.check(fetch)
    const reader = await via.run(() => via.admit(session, work))
    try {
      await to.run(async () => {
        // A writer that is turned away must not leave the reader behind (M54).
        const writer = to.admit(session, work)
        try {
          await land(parts, to, tablet, writer, this.#fragments(request, reader))
        } finally {
          writer.leave()
        }
      })
    } finally {
      reader.leave()
    }
    return ok
  }

  async *#fragments({ rows, fetch }: StreamRows, reader: Admission): AsyncGenerator<Row> {
    for (const row of rows) {
      reader.check()
      if (fetch !== undefined) this.#fetches.check(fetch)
      yield row
    }
  }
}
