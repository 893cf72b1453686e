import { leavingReplica, type NodeId, pendingReplica, type Replica, type Stage } from "../../../spec/metadata.ts"
import type { TableId } from "../../../spec/view-building/ids.ts"
import type { Committer } from "../../../spec/view-building/messages.ts"
import { rangesOf, type TabletRange, tableOf, tabletNamed } from "../../../spec/view-building/metadata.ts"
import { Aborted, sleep } from "../../runtime/waits.ts"
import { WakeUp } from "../../runtime/wake-up.ts"
import { ConnectionBroken, type NodeRequest } from "../network/network.ts"
import { type Office, TermOver } from "./term.ts"

const pauseMs = 1_000

/** The stages of a tablet that moves, one after another, forwards and back. */
const following: Partial<Record<Stage, Stage | null>> = {
  allow_write_both_read_old: "write_both_read_old",
  write_both_read_old: "streaming",
  rebuild_repair: "streaming",
  streaming: "write_both_read_new",
  write_both_read_new: "use_new",
  use_new: "cleanup",
  cleanup: "end_migration",
  end_migration: null,
  cleanup_target: "revert_migration",
  revert_migration: null
}

/** A place that a test turned into a failure, or a node that could not do what it was asked for. */
class NotDone extends Error {
  override readonly name = "NotDone"
}

/**
 * The part of the topology coordinator that moves tablets, stage by stage, each behind a barrier of all nodes.
 *
 * Source: service/topology_coordinator.cc handle_tablet_migration.
 */
export class TabletMover {
  readonly #office: Office
  readonly #by: Committer
  readonly #news = new WakeUp()
  readonly #stop = new AbortController()
  /** Tablets that something is being done with, by base and last token. */
  readonly #inHand = new Set<string>()

  constructor(office: Office) {
    this.#office = office
    this.#by = { _tag: "Coordinator", term: office.term }
  }

  notice(): void {
    this.#news.ring()
  }

  stop(): void {
    this.#stop.abort()
    this.#news.ring()
  }

  async run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      this.#news.read()
      for (const table of this.#office.parts.applied.state.tables)
        for (const tablet of rangesOf(table)) if (tablet.transition !== null) this.#take(table.base, tablet)
      await this.#news.sleep()
    }
  }

  #take(base: TableId, tablet: TabletRange): void {
    const name = JSON.stringify([base, tablet.lastToken])
    if (this.#inHand.has(name)) return
    this.#inHand.add(name)
    void this.#advance(base, tablet).finally(() => {
      this.#inHand.delete(name)
      this.#news.ring()
    })
  }

  /** One stage. What goes wrong is tried again after a pause. */
  async #advance(base: TableId, tablet: TabletRange): Promise<void> {
    const { clock, failed } = this.#office.parts
    try {
      const to = await this.#act(base, tablet)
      await this.#commit(base, tablet, to)
    } catch (error) {
      if (error instanceof TermOver || error instanceof Aborted) return
      if (!this.#office.isExpected(error) && !(error instanceof NotDone)) failed(error)
      await sleep(clock, pauseMs, this.#stop.signal).catch(() => {})
    }
  }

  /** Does what the stage is for, and says which comes next. */
  async #act(base: TableId, tablet: TabletRange): Promise<Stage | null> {
    const { injections } = this.#office.parts
    const { signal } = this.#stop
    const stage = tablet.transition!.stage
    await this.#barrier()
    // What is there to be repaired comes with the stream: the replicas of this twin are the same.
    if (stage === "write_both_read_old" && tablet.transition!.kind === "rebuild_v2") return "rebuild_repair"
    if (stage === "rebuild_repair" && injections.isEnabled("rebuild_repair_stage_fail")) return "cleanup_target"
    if (stage === "streaming" && !(await this.#stream(base, tablet))) {
      if (injections.isEnabled("stream_tablet_move_to_cleanup")) return "cleanup_target"
      throw new NotDone(`a stream of tablet ${tablet.lastToken} of ${base} has failed`)
    }
    if (stage === "cleanup") await this.#clean(base, tablet, leavingReplica(tablet))
    if (stage === "cleanup_target") await this.#clean(base, tablet, pendingReplica(tablet))
    if (stage === "end_migration") await injections.wait("handle_tablet_migration_end_migration", { signal })
    const to = following[stage]
    if (to === undefined) throw new RangeError(`no tablet that moves is in ${stage}`)
    return to
  }

  async #commit(base: TableId, tablet: TabletRange, to: Stage | null): Promise<void> {
    const operation = await this.#office.begin(this.#by)
    try {
      const now = tabletNamed(tableOf(operation.draft.before, base), tablet.lastToken)
      const from = tablet.transition!.stage
      if (now?.transition?.stage !== from) return
      const { changes, coordinator } = this.#office.parts
      changes.move(operation.draft, base, now, to, coordinator)
      await operation.commit({ _tag: "MoveTablet", base, lastToken: tablet.lastToken, from, to })
    } finally {
      operation.release()
    }
  }

  async #stream(base: TableId, tablet: TabletRange): Promise<boolean> {
    const to = pendingReplica(tablet)
    const from = leavingReplica(tablet) ?? tablet.replicas[0]
    if (to === undefined || from === undefined) return true
    const { after, lastToken } = tablet
    try {
      return await this.#ask(to.node, { _tag: "StreamTablet", base, after, lastToken, from, to })
    } catch (error) {
      if (error instanceof ConnectionBroken) return false
      throw error
    }
  }

  async #clean(base: TableId, { after, lastToken }: TabletRange, replica: Replica | undefined): Promise<void> {
    if (replica === undefined) return
    const { node, shard } = replica
    if (!(await this.#ask(node, { _tag: "CleanTablet", base, after, lastToken, shard })))
      throw new NotDone(`${node} has not dropped tablet ${lastToken} of ${base}`)
  }

  /** Every node knows what was committed, and does nothing any more by what it knew before. */
  async #barrier(): Promise<void> {
    const { nodes } = this.#office.parts.applied.state
    const done = await Promise.all(nodes.map((node) => this.#ask(node, { _tag: "Barrier" })))
    if (done.includes(false)) throw new NotDone("a barrier has failed")
  }

  async #ask(node: NodeId, request: NodeRequest): Promise<boolean> {
    this.#office.check()
    const answer = await this.#office.parts.network.ask(node, request)
    this.#office.check()
    return answer._tag === "Ok"
  }
}
