import { type NodeAnswer, type NodeRequest, type Row, WorkId } from "../../../spec/sessions/messages.ts"
import type { NodeId } from "../../../spec/sessions/metadata.ts"
import type { NodeContext } from "./node-context.ts"
import { ok, Refused } from "./refused.ts"

type Fetch = Extract<NodeRequest, { readonly _tag: "Fetch" }>
type StreamRows = Extract<NodeRequest, { readonly _tag: "StreamRows" }>

/** How many rows one file of a snapshot has. */
export const rowsPerFile = 2

/**
 * Sends a snapshot of a tablet to whoever fetches it. The source has no effects, so it holds no guard; it passes the id on.
 *
 * Enabled when: this node has a replica. Effect: the rows of the snapshot go to the receiver's shard, as one stream of mutations
 * or file by file. Refused with: NotThisReplica, NoSuchTablet; StreamFailed if the receiver did not take all of it.
 *
 * Source: streaming/stream_transfer_task.cc; streaming/stream_blob.cc tablet_stream_files.
 */
export class StreamSource {
  readonly #node: NodeContext

  constructor(node: NodeContext) {
    this.#node = node
  }

  async send(to: NodeId, fetch: Fetch): Promise<NodeAnswer> {
    const shard = this.#node.shardAmong(this.#node.tablet(fetch.tablet).replicas)
    const snapshot = await shard.run(() => this.#node.parts.store.rows(shard.id, fetch.tablet))
    for (const rows of fetch.path === "files" ? files(snapshot) : [snapshot]) {
      const answer = await this.#node.parts.network.ask(to, this.#message(fetch, rows, shard.id))
      if (answer._tag !== "Ok") throw new Refused("StreamFailed")
    }
    return ok
  }

  /** Connections lead from a shard to the shard of the same number, which need not be the one that the rows are for. */
  #message({ tablet, session, to, path, work }: Fetch, rows: ReadonlyArray<Row>, via: StreamRows["via"]): StreamRows {
    const stream = { _tag: "StreamRows", tablet, session, via, to: to.shard, rows } as const
    return path === "mutations" ? { ...stream, work } : { ...stream, work: this.#fileOf(work), fetch: work }
  }

  #files = 0

  #fileOf(fetch: WorkId): WorkId {
    return WorkId.make(`${fetch}/${this.#node.self}.${++this.#files}`)
  }
}

function* files(rows: ReadonlyArray<Row>): Generator<ReadonlyArray<Row>> {
  for (let from = 0; from < rows.length; from += rowsPerFile) yield rows.slice(from, from + rowsPerFile)
}
