import type { NodeAnswer, NodeRequest, Row, WorkId } from "../../../spec/sessions/messages.ts"
import type { Replica, Tablet } from "../../../spec/sessions/metadata.ts"
import { range } from "../ring.ts"
import type { Admission } from "./admission.ts"
import { land } from "./landing.ts"
import { found, type NodeContext } from "./node-context.ts"
import { Refused } from "./refused.ts"
import { lacking } from "./rows.ts"
import type { Shard } from "./shard.ts"

type RepairRows = Extract<NodeRequest, { readonly _tag: "RepairRows" }>

interface Follower {
  readonly shard: Shard
  readonly admission: Admission
  /** Whether it is writing: then it leaves by itself when it has done so. */
  busy: boolean
  /** Whether it is to leave. */
  over: boolean
}

/**
 * The repairs that this node follows. A follower holds its guard from its primary's start to its stop.
 *
 * Enabled when: a read barrier was passed, so that a session which was just set is there, and the session is open. Effect: a start
 * answers what the replica has, a put writes what it lacks and notes the deletions, a stop lets go. A follower whose primary is not heard of again is
 * removed when its session begins to close (M13); one that comes after that cleans itself up (M14). Refused with:
 * ReadBarrierFailed, NotThisReplica, SessionNotFound, GateClosed, AbortRequested; StreamFailed without a start.
 *
 * Source: repair/row_level.cc repair_row_level_start_handler, insert_repair_meta, remove_repair_meta.
 */
export class RepairFollowers {
  readonly #node: NodeContext
  readonly #followers = new Map<WorkId, Follower>()

  constructor(node: NodeContext) {
    this.#node = node
  }

  async round(request: RepairRows): Promise<NodeAnswer> {
    const { step, work } = request
    if (step === undefined || step === "start") await this.#start(request)
    const follower = found(this.#followers.get(work), "StreamFailed")
    const { shard } = follower
    const rows = await shard.run(() => this.#node.parts.store.rows(shard.id, request.tablet))
    if (step === undefined || step === "put") await this.#put(request, follower, lacking(rows, request.rows))
    if (step === undefined || step === "stop") this.#remove(work)
    return { _tag: "Rows", rows }
  }

  async #start({ tablet, session, work }: RepairRows): Promise<void> {
    await this.#node.parts.group0.readBarrier()
    if (this.#followers.has(work)) return
    const shard = this.#node.shardAmong(takingPart(this.#node.tablet(tablet)))
    const admission = shard.admit(session, work)
    this.#followers.set(work, { shard, admission, busy: false, over: false })
    if (admission.onAbort(() => this.#remove(work))) return
    this.#remove(work)
    throw new Refused("AbortRequested")
  }

  async #put(request: RepairRows, follower: Follower, rows: ReadonlyArray<Row>): Promise<void> {
    const { tablet, work } = request
    const { shard, admission } = follower
    if (follower.busy || follower.over) throw new Refused("StreamFailed")
    follower.busy = true
    try {
      // Of a topology request everybody has something to tell who was to have something done (S16).
      if (rows.length > 0 || tablet === range)
        await land(this.#node.parts, shard, tablet, admission, checked(admission, rows))
      await this.#note(request, follower)
    } finally {
      follower.busy = false
      if (follower.over) this.#remove(work)
    }
  }

  /** What a repair brings may be purged once group 0 says that it came to every replica. A rebuild's repair need not. */
  async #note({ tablet, rows }: RepairRows, { shard, admission }: Follower): Promise<void> {
    if (this.#node.tablet(tablet).transition?.stage !== "repair") return
    const deletions = rows.flatMap(({ key, timestamp, value }) => (value === null ? [{ key, timestamp }] : []))
    await this.#node.parts.store.noteRepair(shard.id, tablet, { session: admission.session, deletions })
  }

  /** A guard must outlive the write that it protects (M12), so a follower that is busy goes when it is done. */
  #remove(work: WorkId): void {
    const follower = this.#followers.get(work)
    if (follower === undefined) return
    follower.over = true
    if (follower.busy) return
    this.#followers.delete(work)
    follower.admission.leave()
  }
}

/** Of a tablet only those who have it, of the ring also those who are to own it. */
const takingPart = ({ tablet, replicas, transition }: Tablet): ReadonlyArray<Replica> =>
  tablet === range ? [...replicas, ...(transition?.next ?? [])] : replicas

async function* checked(admission: Admission, rows: ReadonlyArray<Row>): AsyncGenerator<Row> {
  for (const row of rows) {
    admission.check()
    yield row
  }
}
