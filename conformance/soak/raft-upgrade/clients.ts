/** Clients that change the schema, and do not wait for what becomes of it. */
import type { NodeId } from "../../../spec/metadata.ts"
import { Mutation, OperationId } from "../../../spec/raft-upgrade/ids.ts"
import { inTime, limitMs, Stuck, within } from "../waiting.ts"
import type { Ground } from "./ground.ts"

export class Clients {
  readonly #ground: Ground
  readonly #pending = new Set<Promise<boolean>>()
  readonly #acknowledged: string[] = []
  #asked = 0

  constructor(ground: Ground) {
    this.#ground = ground
  }

  /** How often a client wanted something. */
  get asked(): number {
    return this.#asked
  }

  /** What clients were told is done. */
  get acknowledged(): ReadonlyArray<string> {
    return this.#acknowledged
  }

  /** Asks a node for a change. What becomes of it, the client may never hear. */
  change(node: NodeId): void {
    void this.#change(node)
  }

  /** Resolves once every client has an answer, or a node that is gone. Throws `Stuck` where one waits for ever. */
  async settled(): Promise<void> {
    await inTime(Promise.all(this.#pending), "clients have no answers")
  }

  /** Asks a node for changes until one is done. */
  async insist(node: NodeId): Promise<void> {
    const isDone = await within(limitMs, () => this.#change(node))
    if (!isDone) throw new Stuck(`${node} makes no change within ${limitMs / 1000} s`)
  }

  #change(node: NodeId): Promise<boolean> {
    const operation = OperationId.make(++this.#asked)
    const mutation = Mutation.make(`m${operation}`)
    const answered = this.#ground.ask(node, { _tag: "Change", operation, mutation }).then((answer) => {
      const isDone = answer?._tag === "Done"
      if (isDone) this.#acknowledged.push(mutation)
      return isDone
    })
    this.#pending.add(answered)
    const forget = (): boolean => this.#pending.delete(answered)
    // Whoever waits for it hears of the failure.
    answered.then(forget, forget)
    return answered
  }
}
