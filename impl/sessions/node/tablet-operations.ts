import type { SessionId } from "../../../spec/sessions/ids.ts"
import type { NodeAnswer, NodeRequest, Operation } from "../../../spec/sessions/messages.ts"
import type { Tablet, TabletId, Transition } from "../../../spec/sessions/metadata.ts"
import { found, type NodeContext } from "./node-context.ts"
import { answerOf, ok, Refused } from "./refused.ts"
import { TabletGuard } from "./tablet-guard.ts"

type Trigger = Extract<NodeRequest, { readonly _tag: "Trigger" }>

/** What a trigger asked for, as this node's metadata had it when the operation began. Nothing is looked up again later (M48). */
export interface Order {
  readonly tablet: Tablet
  readonly transition: Transition
  /** The session that came with the trigger. */
  readonly asked: SessionId | undefined
  /** Given when the tablet's transition moves on, or its table is split or merged. */
  readonly signal: AbortSignal
}

/** Work ready to be done, and the session it is done under, null where it needs none. */
export interface Job {
  readonly session: SessionId | null
  run(): Promise<void>
}

/** How one kind of operation is done: looks at the order without waiting, and refuses it or is ready. */
export type Plan = (order: Order) => Job

interface Running {
  readonly operation: Operation
  readonly asked: SessionId | undefined
  readonly was: Tablet
  readonly answer: Promise<NodeAnswer>
}

/**
 * The operations on tablets that this node was asked for: at most one for each tablet.
 *
 * Enabled when: a read barrier was passed and the tablet is in the stage that the trigger is for. Effect: the operation runs, and
 * the trigger is answered with how it ended; a second trigger for the same operation joins it. A leftover of something else is
 * waited for instead of joined, so that nobody takes its success for his own (M60, Q5). Refused with: ReadBarrierFailed,
 * NoSuchTablet, WrongStage, and what the operation is refused with.
 *
 * Source: service/storage_service.cc do_tablet_operation; dossier `sessions.md` 2.8.
 */
export class TabletOperations {
  readonly #node: NodeContext
  readonly #plans: Readonly<Record<Operation, Plan>>
  readonly #running = new Map<TabletId, Running>()

  constructor(node: NodeContext, plans: Readonly<Record<Operation, Plan>>) {
    this.#node = node
    this.#plans = plans
  }

  trigger(trigger: Trigger): Promise<NodeAnswer> {
    return answerOf(this.#obey(trigger))
  }

  async #obey(trigger: Trigger): Promise<NodeAnswer> {
    await this.#node.parts.group0.readBarrier()
    const { tablet } = trigger
    for (let running = this.#running.get(tablet); running !== undefined; running = this.#running.get(tablet)) {
      const { answer } = running
      if (this.#isFor(running, trigger)) return answer
      await answer
    }
    return this.#begin(trigger)
  }

  /** Whether a trigger asks for just what is going on, of the same transition. */
  #isFor({ operation, asked, was }: Running, trigger: Trigger): boolean {
    const now = this.#node.tablet(trigger.tablet).transition
    const same = was.transition?.stage === now?.stage && was.transition?.session === now?.session
    return same && operation === trigger.operation && asked === trigger.session
  }

  /** From the look at the metadata to the registration nothing waits. */
  #begin({ operation, tablet, session: asked }: Trigger): Promise<NodeAnswer> {
    const guard = new TabletGuard(this.#node.shards[0], tablet)
    try {
      const was = this.#node.tablet(tablet)
      const transition = found(was.transition ?? undefined, "WrongStage")
      const job = this.#plans[operation]({ tablet: was, transition, asked, signal: guard.signal })
      const answer = this.#run(operation, tablet, job, guard)
      this.#running.set(tablet, { operation, asked, was, answer })
      return answer
    } catch (error) {
      guard.release()
      if (error instanceof Refused)
        this.#tell({ _tag: "TriggerRefused", node: this.#node.self, operation, tablet, reason: error.reason })
      throw error
    }
  }

  async #run(operation: Operation, tablet: TabletId, job: Job, guard: TabletGuard): Promise<NodeAnswer> {
    const about = { node: this.#node.self, operation, tablet }
    this.#tell({ _tag: "OperationBegan", ...about, session: job.session })
    try {
      const answer = await answerOf(job.run().then(() => ok))
      this.#tell({ _tag: "OperationEnded", ...about, reason: answer._tag === "Refused" ? answer.reason : null })
      return answer
    } finally {
      this.#running.delete(tablet)
      guard.release()
    }
  }

  get #tell() {
    return this.#node.parts.journal
  }
}
