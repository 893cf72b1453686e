import type { SessionId } from "../../../spec/sessions/ids.ts"
import type { Row, StreamPath } from "../../../spec/sessions/messages.ts"
import { leavingReplica, type NodeId, pendingReplica, type Replica } from "../../../spec/sessions/metadata.ts"
import { streamSources } from "../coordinator/sources.ts"
import type { FileFetches } from "./file-fetches.ts"
import { fullDisk, land } from "./landing.ts"
import { found, type NodeContext } from "./node-context.ts"
import { failPoint, Refused, unlessAborted } from "./refused.ts"
import type { Order, Plan } from "./tablet-operations.ts"

/**
 * Fetches a tablet to this node, its pending replica.
 *
 * Enabled when: the stage is streaming, the transition has a session, and the pending replica is this node's. Effect: the rows of
 * every source have landed here under the session. The operation holds no metadata while it waits (M59), so other tablets'
 * barriers do not wait for it. Refused with: WrongStage, NoSession, NotThisReplica, StreamFailed, DiskFull,
 * AbortRequested.
 *
 * Source: service/storage_service.cc stream_tablet, clone_locally_tablet_storage.
 */
export const streamPlan =
  (node: NodeContext, fetches: FileFetches, path: StreamPath): Plan =>
  (order) => {
    const { transition, tablet } = order
    if (transition.stage !== "streaming") throw new Refused("WrongStage")
    const pending = found(pendingReplica(tablet), "NotThisReplica")
    if (pending.node !== node.self) throw new Refused("NotThisReplica")
    const session = found(transition.session ?? undefined, "NoSession")
    return { session, run: () => stream(node, fetches, { order, session, pending, path }) }
  }

interface Stream {
  readonly order: Order
  readonly session: SessionId
  readonly pending: Replica
  readonly path: StreamPath
}

const stream = async (node: NodeContext, fetches: FileFetches, task: Stream): Promise<void> => {
  const { injections } = node.parts
  const { signal, transition } = task.order
  await unlessAborted(signal, injections.wait("migration_streaming_wait"))
  failPoint(injections, "stream_tablet_fail", "StreamFailed")
  try {
    if (transition.kind === "intranode_migration") await copy(node, task)
    else await fetchAll(node, fetches, task)
  } catch (error) {
    // The source only knows that not all was taken. That there is no room is for the coordinator to hear, from here.
    failPoint(injections, fullDisk, "DiskFull")
    throw error
  }
  await unlessAborted(signal, injections.wait("stream_tablet_wait"))
}

/** A tablet that nobody is left to stream from is lost, and must not pass for an empty one. */
const fetchAll = async (node: NodeContext, fetches: FileFetches, task: Stream): Promise<void> => {
  const sources = streamSources(task.order.tablet, node.ignored)
  if (sources.length === 0) throw new Refused("StreamFailed")
  for (const source of sources) await fetch(node, fetches, task, source)
}

const fetch = async (node: NodeContext, fetches: FileFetches, task: Stream, source: NodeId): Promise<void> => {
  const { order, session, pending, path } = task
  const { signal, tablet } = order
  await unlessAborted(signal, node.parts.injections.wait("block_tablet_streaming"))
  const work = node.newWork()
  const over = fetches.begin(work)
  try {
    const asked = { _tag: "Fetch", tablet: tablet.tablet, session, to: pending, path, work } as const
    const answer = await unlessAborted(signal, node.parts.network.ask(source, asked))
    if (answer._tag !== "Ok") throw new Refused("StreamFailed")
  } finally {
    over()
  }
}

/**
 * Copies a tablet from one shard of this node to another. Upstream nothing but the tablet's own guard protects the copy; here
 * the shard that takes it enters the session as well, so that every effect of a transition is under its session.
 */
const copy = async (node: NodeContext, { order, session, pending }: Stream): Promise<void> => {
  const { tablet, signal } = order
  const from = node.shard(found(leavingReplica(tablet), "NotThisReplica").shard)
  const to = node.shard(pending.shard)
  const rows = await from.run(() => node.parts.store.rows(from.id, tablet.tablet))
  await to.run(async () => {
    const admission = to.admit(session, node.newWork())
    try {
      await land(node.parts, to, tablet.tablet, admission, whileWanted(signal, rows))
    } finally {
      admission.leave()
    }
  })
}

async function* whileWanted(signal: AbortSignal, rows: ReadonlyArray<Row>): AsyncGenerator<Row> {
  for (const row of rows) {
    if (signal.aborted) throw new Refused("AbortRequested")
    yield row
  }
}
