import { SessionId } from "../../../spec/sessions/ids.ts"
import type { Metadata, Tablet, TabletId, Transition } from "../../../spec/sessions/metadata.ts"
import type { Clock } from "../../runtime/clock.ts"
import { Injected, type Injections } from "../../runtime/injections.ts"
import { WakeUp } from "../../runtime/wake-up.ts"
import { type CommitGuard, Unavailable } from "../group0/group0.ts"
import { topologyOf } from "../ring.ts"
import { ActionTable, type Settle, throttleMs } from "./action-table.ts"
import { balanced } from "./balancer.ts"
import { gone, raised, repairedBy, withTablet } from "./changes.ts"
import { type Decision, decide } from "./decision.ts"
import { GlobalBarrier } from "./global-barrier.ts"
import { stageTable } from "./stage-table.ts"
import type { Round, Task } from "./tasks.ts"
import { TermOfOffice, TermOver, type TermParts } from "./term.ts"
import { TopologyTrack } from "./topology-track.ts"

export interface CoordinatorParts extends TermParts {
  readonly clock: Clock
  readonly injections: Injections
  /** Whether it may start transitions by itself, asked in each pass. */
  readonly mayBalance: () => boolean
}

/** A tablet whose transition is under way. */
interface Moving {
  readonly tablet: Tablet
  readonly transition: Transition
}

/** Who waits for the barrier of a pass; no tablet where it is for whatever was left to be drained when the term began. */
interface BarrierRequest {
  readonly tablet?: TabletId
  readonly settle: Settle
}

/**
 * The topology coordinator of one term: takes every tablet in transition from stage to stage.
 *
 * One pass looks at all transitions under one right to commit, starts what their stages ask for, and commits all that changes in
 * one command. Then the stages that need a barrier share one; it begins after they were committed, so it counts for them (M36).
 * All that a coordinator knows of its own is lost with it, and its successor goes on from what group 0 says.
 *
 * Source: service/topology_coordinator.cc run, handle_tablet_migration; dossier `sessions.md` 3.3.
 */
export class TopologyCoordinator {
  readonly #track: TopologyTrack
  readonly #parts: CoordinatorParts
  readonly #term: TermOfOffice
  readonly #barrier: GlobalBarrier
  readonly #news = new WakeUp()
  readonly #actions: ActionTable
  #isFenced = false
  /** Whether a barrier has drained what earlier coordinators left, who may have been content with the nodes that could be reached. */
  #isDrained = false
  #endPause = (): void => {}

  constructor(term: TermOfOffice["term"], parts: CoordinatorParts) {
    this.#parts = parts
    this.#term = new TermOfOffice(term, parts)
    this.#barrier = new GlobalBarrier(this.#term)
    this.#actions = new ActionTable(parts.clock, () => this.#news.ring())
    const { injections } = parts
    this.#track = new TopologyTrack({
      term: this.#term,
      barrier: this.#barrier,
      injections,
      pause: () => this.#pause()
    })
  }

  /** Group 0 says something new, or the operator has changed his mind. */
  wake(): void {
    this.#news.ring()
  }

  /** Ends the term as far as this coordinator goes. What it waits for may still come, and is not acted upon. */
  stop(): void {
    this.#term.end()
    this.#actions.stop()
    this.#endPause()
    this.#news.ring()
  }

  /** Runs until the term is over. */
  async run(): Promise<void> {
    for (;;) {
      try {
        this.#news.read()
        this.#term.check()
        if (this.#isFenced) await this.#pass()
        else await this.#fencePrevious()
      } catch (error) {
        if (error instanceof TermOver) return this.stop()
        if (!(error instanceof Unavailable || error instanceof Injected)) throw error
        await this.#pause()
      }
    }
  }

  /** A commit that changes nothing takes from every earlier coordinator the right to commit (M74). */
  async #fencePrevious(): Promise<void> {
    const guard = await this.#term.start()
    this.#isFenced = await this.#term.commit(guard, guard.seen.metadata)
  }

  async #pass(): Promise<void> {
    const guard = await this.#term.start()
    if (await this.#track.handle(guard)) return
    const { metadata, at } = guard.seen
    const moving = movingIn(metadata)
    this.#actions.keepOnly(new Set(moving.map(({ tablet }) => tablet.tablet)))
    const decided = moving.map((one) => ({ ...one, decision: this.#decide(one, metadata) }))
    let changed = metadata
    for (const { tablet, transition, decision } of decided) {
      if (decision._tag !== "Leave") continue
      // The tablet's next transition may have begun before this coordinator looks again. If the commit fails, the worst that comes
      // of it is one more barrier.
      if (decision.way.to === "done" || decision.way.to === "undone") this.#actions.forget(tablet.tablet)
      if (decision.way.to === "done") await this.#parts.injections.wait("handle_tablet_migration_end_migration")
      const task = this.#actions.state(tablet.tablet, `${transition.stage} task`)
      const after = gone(tablet, transition, decision.way, at)
      changed = withTablet(changed, { ...after, ...repairedBy(tablet, transition, task, metadata.ignored) })
    }
    const requests = this.#begin(decided)
    const next = changed === metadata ? this.#balanced(guard) : raised(changed)
    if (next === undefined && requests.length === 0) return this.#news.sleep()
    const ok = await this.#commitAndPass(guard, next, requests)
    for (const { settle } of requests) settle(ok)
  }

  /** A barrier whose pass could not commit has failed without having run. */
  async #commitAndPass(
    guard: CommitGuard,
    next: Metadata | undefined,
    requests: ReadonlyArray<BarrierRequest>
  ): Promise<boolean> {
    try {
      if (next !== undefined && !(await this.#term.commit(guard, next))) return false
      return requests.length === 0 || (await this.#runBarrier(guard, requests))
    } catch (error) {
      for (const { settle } of requests) settle(false)
      throw error
    }
  }

  #runBarrier({ seen }: CommitGuard, requests: ReadonlyArray<BarrierRequest>): Promise<boolean> {
    return this.#barrier.run(
      requests.flatMap(({ tablet }) => tablet ?? []),
      seen.metadata.ignored
    )
  }

  #decide({ tablet, transition }: Moving, metadata: Metadata): Decision {
    const { stage } = transition
    if (stage === "streaming" && this.#parts.injections.isEnabled("stream_tablet_move_to_cleanup"))
      return { _tag: "Leave", way: stageTable.streaming.back }
    return decide(tablet, transition, metadata, (kind) => this.#actions.state(tablet.tablet, `${stage} ${kind}`))
  }

  /** Starts what was decided to be started, and says who waits for a barrier now. */
  #begin(decided: ReadonlyArray<Moving & { readonly decision: Decision }>): ReadonlyArray<BarrierRequest> {
    const requests: BarrierRequest[] = []
    if (!this.#isDrained && this.#actions.state(undefined, "drain") !== "running") {
      const settle = this.#actions.begin(undefined, "drain")
      requests.push({
        settle: (ok) => {
          this.#isDrained = ok
          settle(ok)
        }
      })
    }
    for (const {
      tablet: { tablet },
      transition: { stage },
      decision
    } of decided) {
      if (decision._tag === "AskForBarrier")
        requests.push({ tablet, settle: this.#actions.begin(tablet, `${stage} barrier`) })
      if (decision._tag === "Start") void this.#ask(decision.rounds, this.#actions.begin(tablet, `${stage} task`))
    }
    return requests
  }

  /** Asks all nodes of a round at once, and begins with the next when all of them have done it. */
  async #ask(rounds: ReadonlyArray<Round>, settle: Settle): Promise<void> {
    for (const round of rounds) {
      const asked = round.map(({ node, trigger }) => this.#term.ask(node, this.#tampered(trigger)))
      const answers = await Promise.all(asked)
      const isFull = answers.some((answer) => answer._tag === "Refused" && answer.reason === "DiskFull")
      if (answers.some(({ _tag }) => _tag !== "Ok")) return settle(false, isFull)
    }
    settle(true)
  }

  #tampered(trigger: Task["trigger"]): Task["trigger"] {
    const isRandom =
      trigger.operation === "repair" &&
      this.#parts.injections.isEnabled("handle_tablet_migration_repair_random_session")
    return isRandom ? { ...trigger, session: SessionId.make("random") } : trigger
  }

  #balanced({ seen }: CommitGuard): Metadata | undefined {
    const isWaitedFor = topologyOf(seen.metadata).queue.length > 0
    return this.#parts.mayBalance() && !isWaitedFor ? balanced(seen) : undefined
  }

  #pause(): Promise<void> {
    return new Promise((over) => {
      const cancel = this.#parts.clock.setTimer(throttleMs, over)
      this.#endPause = () => {
        cancel()
        over()
      }
    })
  }
}

const movingIn = ({ tablets }: Metadata): ReadonlyArray<Moving> =>
  tablets.flatMap((tablet) => (tablet.transition === null ? [] : [{ tablet, transition: tablet.transition }]))
