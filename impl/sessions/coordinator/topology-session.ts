import type { SessionId } from "../../../spec/sessions/ids.ts"
import { WorkId } from "../../../spec/sessions/messages.ts"
import type { Metadata, NodeId, TabletId } from "../../../spec/sessions/metadata.ts"
import type { CommitGuard } from "../group0/group0.ts"
import type { Injections } from "../injections.ts"
import { freshSession } from "./changes.ts"
import type { GlobalBarrier } from "./global-barrier.ts"
import type { TermOfOffice } from "./term.ts"

interface Truncation {
  readonly tablet: TabletId
  readonly settle: (ok: boolean) => void
}

/**
 * What is done under the session of the topology: here, truncations.
 *
 * Enabled when: no tablet is in transition; none begins before it is over. Effect: the session is set, a barrier opens it on every
 * node, the replicas truncate, the session is cleared, and the next barrier drains it; only then the truncation is done. The
 * session is cleared however it went, also by the next coordinator, which does not go on with it (Q4): nobody but the one who set
 * it works under it (M47).
 *
 * Source: service/topology_coordinator.cc handle_truncate_table; dossier `sessions.md` 3.5.
 */
export class TopologySession {
  readonly #term: TermOfOffice
  readonly #barrier: GlobalBarrier
  readonly #injections: Injections
  readonly #news: () => void
  readonly #waiting: Truncation[] = []
  #running: Truncation | undefined
  /** What is told of the barrier that drains the last session. At first it is for whatever an earlier coordinator left. */
  #undrained: ((ok: boolean) => void) | undefined = () => {}

  constructor(term: TermOfOffice, barrier: GlobalBarrier, injections: Injections, news: () => void) {
    this.#term = term
    this.#barrier = barrier
    this.#injections = injections
    this.#news = news
  }

  /** Resolves with whether the tablet was truncated everywhere, and nothing of it can still be going on. */
  truncate(tablet: TabletId): Promise<boolean> {
    return new Promise((settle) => {
      this.#waiting.push({ tablet, settle })
      this.#news()
    })
  }

  /** Whether a truncation waits for the transitions to end. */
  get isWaiting(): boolean {
    return this.#waiting.length > 0
  }

  /** Whether a barrier has to drain a session that was cleared. */
  get isUndrained(): boolean {
    return this.#undrained !== undefined
  }

  /** A barrier that began after the session was cleared has succeeded. */
  drained(): void {
    this.#undrained?.(true)
    this.#undrained = undefined
  }

  /** Does what there is to do, and says whether group 0 may say something else now. */
  async handle(guard: CommitGuard): Promise<boolean> {
    const { metadata } = guard.seen
    if (metadata.session !== null) {
      await this.#term.commit(guard, { ...metadata, session: null })
      this.#undrained ??= () => {}
      return true
    }
    const isBusy = this.isUndrained || metadata.tablets.some(({ transition }) => transition !== null)
    this.#running = isBusy ? undefined : this.#waiting.shift()
    if (this.#running === undefined) return false
    await this.#run(guard, this.#running)
    this.#running = undefined
    return true
  }

  /** Nobody will truncate here any more. */
  stop(): void {
    for (const { settle } of this.#waiting.splice(0)) settle(false)
    this.#running?.settle(false)
    this.#undrained?.(false)
    this.#undrained = undefined
  }

  async #run(guard: CommitGuard, truncation: Truncation): Promise<void> {
    const { tablet, settle } = truncation
    const { metadata, at } = guard.seen
    const session = freshSession(`truncate-${tablet}`, at)
    try {
      // Somebody else was faster, or nobody knows: the next pass sees which, and this truncation comes first again.
      if (!(await this.#term.commit(guard, { ...metadata, session }))) return void this.#waiting.unshift(truncation)
      const ok =
        (await this.#barrier.run([tablet], metadata.ignored)) && (await this.#truncateAll(tablet, session, metadata))
      await this.#clear(session)
      this.#undrained = () => settle(ok)
      this.#injections.fail("truncate_crash_after_session_clear")
    } catch (error) {
      settle(false)
      throw error
    }
  }

  async #truncateAll(tablet: TabletId, session: SessionId, { tablets, ignored }: Metadata): Promise<boolean> {
    const replicas = tablets.find((known) => known.tablet === tablet)?.replicas ?? []
    const nodes = [...new Set(replicas.map(({ node }) => node))].filter((node) => !ignored.includes(node))
    const asked = nodes.map((node) => this.#truncateAt(node, tablet, session))
    return (await Promise.all(asked)).every((done) => done)
  }

  async #truncateAt(node: NodeId, tablet: TabletId, session: SessionId): Promise<boolean> {
    const work = WorkId.make(`${session}/${node}`)
    const answer = await this.#term.ask(node, { _tag: "Truncate", tablet, session, work })
    return answer._tag === "Ok"
  }

  async #clear(session: SessionId): Promise<void> {
    for (;;) {
      const guard = await this.#term.start()
      const { metadata } = guard.seen
      if (metadata.session !== session) return
      await this.#term.commit(guard, { ...metadata, session: null })
    }
  }
}
