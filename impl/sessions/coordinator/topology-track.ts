import type { SessionId } from "../../../spec/sessions/ids.ts"
import { type NodeRequest, WorkId } from "../../../spec/sessions/messages.ts"
import type { Metadata, NodeId, TopologyRequest } from "../../../spec/sessions/metadata.ts"
import type { Injections } from "../../runtime/injections.ts"
import type { CommitGuard } from "../group0/group0.ts"
import { type Current, range, streamersOf, tabletIn, topologyOf } from "../ring.ts"
import type { GlobalBarrier, Insists } from "./global-barrier.ts"
import { obstacle } from "./ring-orders.ts"
import type { TermOfOffice } from "./term.ts"
import { finished, isOfRing, takenUp, turnedDown, wentOn } from "./topology-changes.ts"

export interface TopologyTrackParts {
  readonly term: TermOfOffice
  readonly barrier: GlobalBarrier
  readonly injections: Injections
  /** Waits a while before something is tried again (M79). */
  readonly pause: () => Promise<void>
}

/**
 * What is done under the session of the topology: one request of group 0's queue at a time.
 *
 * Enabled when: no tablet is in transition; none begins before the request is over. Effect: each call brings the request in hand
 * one stage further. Where it stands, under which session and whether it has failed is all in group 0, so that whoever coordinates
 * next goes on from there. The session goes before the last barrier, and that barrier before the end: nothing of a request that is
 * reported as over can still happen.
 *
 * Source: service/topology_coordinator.cc handle_topology_transition, handle_truncate_table, rollback_current_topology_op;
 * dossier `sessions.md` 2.6 and 3.5. A failed request clears its session on its way back (Q4), as a leave streams under it.
 */
export class TopologyTrack {
  readonly #parts: TopologyTrackParts

  constructor(parts: TopologyTrackParts) {
    this.#parts = parts
  }

  /** Does what there is to do, and says whether group 0 may say something else now. Rejects with `Unavailable`, `TermOver`. */
  async handle(guard: CommitGuard): Promise<boolean> {
    const { metadata } = guard.seen
    const { current, queue } = topologyOf(metadata)
    if (current !== null) {
      await this.#goOn(metadata, current)
      return true
    }
    const [next] = queue
    if (next === undefined || !mayBegin(metadata, next)) return false
    const { at } = guard.seen
    const isPossible = obstacle(metadata, next) === undefined
    await this.#parts.term.commit(guard, isPossible ? takenUp(metadata, next, at) : turnedDown(metadata, next))
    return true
  }

  #goOn(metadata: Metadata, current: Current): Promise<void> {
    switch (current.stage) {
      case "write_both_read_old":
        return this.#moveData(metadata, current)
      case "write_both_read_new":
        return this.#finish(metadata, current, "everybody")
      case "rollback_to_normal":
        return this.#finish(metadata, current, "reachable")
      case "rebuilding":
        return this.#rebuild(metadata, current)
      case "rebuilt":
        return this.#finish(metadata, current, "everybody")
      case "truncate_table":
      case "snapshot_tables":
        // A request whose session is gone was carried out, if it was: it is only to be ended.
        return metadata.session === null
          ? this.#finish(metadata, current, "everybody")
          : this.#askReplicas(metadata, current, metadata.session)
    }
  }

  async #moveData(metadata: Metadata, current: Current): Promise<void> {
    if (!(await this.#fence(metadata, current, "reachable"))) return
    const ok = await this.#stream(metadata, current)
    await this.#commit(current, (now) => wentOn(now, current, ok ? "write_both_read_new" : "rollback_to_normal", !ok))
  }

  /** Nobody's requests go elsewhere while a node is rebuilt, so it needs no barrier before. */
  async #rebuild(metadata: Metadata, current: Current): Promise<void> {
    const ok = await this.#stream(metadata, current)
    await this.#commit(current, (now) => wentOn(now, current, "rebuilt", !ok))
  }

  /** The session was read with the right to commit: it is this request's own, whatever group 0 says by now (M47). */
  async #askReplicas(metadata: Metadata, current: Current, session: SessionId): Promise<void> {
    if (!(await this.#fence(metadata, current, "everybody"))) return
    const { tablet = range } = current
    const replicas = tabletIn(metadata, tablet)?.replicas ?? []
    const nodes = new Set(replicas.map(({ node }) => node).filter((node) => !metadata.ignored.includes(node)))
    const asked = [...nodes].map((node) => this.#askReplica(node, current, session))
    const ok = (await Promise.all(asked)).every((done) => done)
    await this.#commit(current, (now) => wentOn(now, current, current.stage, !ok))
    this.#parts.injections.fail("truncate_crash_after_session_clear")
  }

  async #askReplica(node: NodeId, { request, kind, tablet = range }: Current, session: SessionId): Promise<boolean> {
    const { term } = this.#parts
    const work = WorkId.make(`${session}/${term.term}.${term.nextIndex()}/${node}`)
    term.journal({ _tag: "WorkSent", by: `coordinator ${term.term}`, request, session, work })
    const message: NodeRequest = { _tag: kind === "snapshot" ? "Snapshot" : "Truncate", tablet, session, work }
    return (await term.ask(node, message))._tag === "Ok"
  }

  async #stream(metadata: Metadata, current: Current): Promise<boolean> {
    const { term } = this.#parts
    const index = term.nextIndex()
    const command = { _tag: "TopologyCommand", term: term.term, index, command: "stream_ranges" } as const
    const asked = streamersOf(metadata, current).map((node) => term.ask(node, command))
    return (await Promise.all(asked)).every(({ _tag }) => _tag === "Ok")
  }

  async #finish(metadata: Metadata, current: Current, insists: Insists): Promise<void> {
    if (await this.#fence(metadata, current, insists)) await this.#commit(current, (now) => finished(now, current))
  }

  /** A barrier that is content with who can be reached is on behalf of nobody, for it proves nothing about sessions. */
  async #fence({ ignored }: Metadata, { tablet = range }: Current, insists: Insists): Promise<boolean> {
    const ok = await this.#parts.barrier.run(insists === "everybody" ? [tablet] : [], ignored, insists)
    if (!ok) await this.#parts.pause()
    return ok
  }

  /** Commits a change of the request in hand, computed anew as long as somebody else is faster and the request stands where it did. */
  async #commit(was: Current, change: (metadata: Metadata) => Metadata): Promise<void> {
    for (;;) {
      const guard = await this.#parts.term.start()
      const { metadata } = guard.seen
      const { current } = topologyOf(metadata)
      if (current?.request !== was.request || current.stage !== was.stage) return
      if (await this.#parts.term.commit(guard, change(metadata))) return
    }
  }
}

/** Nobody gets a range back before it has dropped what it should not have. */
const mayBegin = ({ tablets, ignored, topology }: Metadata, request: TopologyRequest): boolean =>
  tablets.every(({ transition }) => transition === null) &&
  !(isOfRing(request) && topology?.dirty.some((node) => !ignored.includes(node)))
