import type { Replica, Term } from "../../../spec/metadata.ts"
import { CallId, type TaskId } from "../../../spec/view-building/ids.ts"
import { type CallAnswer, callBackoffMs } from "../../../spec/view-building/messages.ts"
import type { Clock } from "../../runtime/clock.ts"
import { sleep } from "../../runtime/waits.ts"
import type { Journal } from "../journal.ts"
import { ConnectionBroken, type Network } from "../network/network.ts"

export interface CallsParts {
  readonly term: Term
  readonly network: Network
  readonly clock: Clock
  readonly tell: Journal
  /** A call is over, and its replica may be asked again. */
  readonly over: () => void
  readonly failed: (error: unknown) => void
}

/** Names of calls are told apart by term, so that a worker may serve an old coordinator's beside a new one's. */
const callsPerTerm = 1_000_000

const nameOf = ({ node, shard }: Replica): string => JSON.stringify([node, shard])

/** A coordinator's calls to workers, one at a time for each replica, and what they have told it. */
export class Calls {
  readonly #parts: CallsParts
  readonly #out = new Set<string>()
  readonly #finished = new Map<string, Set<TaskId>>()
  readonly #stop = new AbortController()
  protected readonly backoffMs: number = callBackoffMs
  #count = 0

  constructor(parts: CallsParts) {
    this.#parts = parts
  }

  isOut(replica: Replica): boolean {
    return this.#out.has(nameOf(replica))
  }

  /** What a replica has done that is not collected yet. */
  finished(replica: Replica): ReadonlySet<TaskId> {
    return this.#finished.get(nameOf(replica)) ?? new Set()
  }

  allFinished(): ReadonlySet<TaskId> {
    return new Set([...this.#finished.values()].flatMap((tasks) => [...tasks]))
  }

  /** These were collected, or will never be. What has finished since is kept. */
  forget(tasks: ReadonlySet<TaskId>): void {
    for (const finished of this.#finished.values()) for (const task of tasks) finished.delete(task)
  }

  /** Nobody listens to calls any more. */
  stop(): void {
    this.#stop.abort()
  }

  send(replica: Replica, tasks: ReadonlyArray<TaskId>): void {
    const { term, tell, failed } = this.#parts
    const call = CallId.make(term * callsPerTerm + ++this.#count)
    this.#out.add(nameOf(replica))
    tell({ _tag: "CallSent", term, call, ...replica, tasks })
    this.#follow(call, replica, tasks).catch((error) => {
      if (!this.#stop.signal.aborted) failed(error)
    })
  }

  async #follow(call: CallId, replica: Replica, tasks: ReadonlyArray<TaskId>): Promise<void> {
    const { term, tell, clock, over } = this.#parts
    const answer = await this.#ask(call, replica, tasks)
    if (this.#stop.signal.aborted) return
    tell({ _tag: "CallEnded", term, call, answer })
    if (answer._tag === "Done") this.record(replica, answer.tasks)
    // The tasks are asked for again, but not at once: the replica may be down and nobody knows yet (M22).
    else await sleep(clock, this.backoffMs, this.#stop.signal)
    this.#out.delete(nameOf(replica))
    over()
  }

  /** A replica has told of these that they are done. */
  protected record(replica: Replica, tasks: ReadonlyArray<TaskId>): void {
    this.#finished.set(nameOf(replica), new Set([...this.finished(replica), ...tasks]))
  }

  async #ask(call: CallId, { node, shard }: Replica, tasks: ReadonlyArray<TaskId>): Promise<CallAnswer> {
    const { term, network } = this.#parts
    try {
      const answer = await network.ask(node, { _tag: "WorkOnTasks", call, term, shard, tasks })
      return answer._tag === "Worked" ? answer.answer : { _tag: "Refused", reason: "Disconnected" }
    } catch (error) {
      if (error instanceof ConnectionBroken) return { _tag: "Refused", reason: "Disconnected" }
      throw error
    }
  }
}
