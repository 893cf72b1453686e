/** Clients of the cluster: what they have written, and what a base must hold of it in the end. */
import type { TableId } from "../../../spec/view-building/ids.ts"
import type { BaseRow } from "../../../spec/view-building/messages.ts"
import { inTime, limitMs, rest, Stuck, within } from "../waiting.ts"
import { Gate } from "./gate.ts"
import type { Ground } from "./ground.ts"
import { type ClientStep, keys } from "./plan.ts"

/**
 * The clients of one round. All of them share one clock, so that what is asked for later has the greater timestamp.
 *
 * Rows that come to some replicas alone are a repair's business and not that of the building of views. So whatever is asked for is
 * asked for again until all replicas have it, and a node is killed between two writes and not in one.
 */
export class Clients {
  readonly #ground: Ground
  readonly #base: TableId
  readonly #rows = new Map<string, BaseRow>()
  readonly #gate = new Gate()
  #asked = 0

  constructor(ground: Ground, base: TableId) {
    this.#ground = ground
    this.#base = base
  }

  get asked(): number {
    return this.#asked
  }

  /** What the base must hold: the last write of each key, deletions too. */
  get rows(): ReadonlyMap<string, BaseRow> {
    return this.#rows
  }

  /** One client does one thing after the other. */
  async run(steps: ReadonlyArray<ClientStep>): Promise<void> {
    for (const { what, via, key, restMs } of steps) {
      await rest(restMs)
      const row = this.#next(key, what === "delete")
      await this.#insist(() => this.#write(via, row), `a write of ${key} through ${via}`)
    }
  }

  /** Brings rows from elsewhere to every replica. */
  async load(all: ReadonlyArray<Pick<ClientStep, "what" | "key">>): Promise<void> {
    for (const { what, key } of all) {
      const row = this.#next(key, what === "delete")
      await this.#insist(() => this.#load(row), `a load of ${key}`)
    }
  }

  /** Has something done while nobody writes: first what is under way comes to its end. */
  async meanwhileNobody<A>(what: () => Promise<A>): Promise<A> {
    await inTime(this.#gate.close(), `a write to ${this.#base} does not end`)
    try {
      return await what()
    } finally {
      this.#gate.open()
    }
  }

  /** Whatever was written is gone. */
  truncated(): void {
    this.#rows.clear()
  }

  #next(key: string, isDeletion: boolean): BaseRow {
    const timestamp = ++this.#asked
    const token = keys.get(key)
    if (token === undefined) throw new RangeError(`there is no key ${key}`)
    const row = { key, token, timestamp, value: isDeletion ? null : `${key}-${timestamp}` }
    this.#rows.set(key, row)
    return row
  }

  async #insist(attempt: () => Promise<boolean>, what: string): Promise<void> {
    if (!(await within(limitMs, () => this.#gate.pass(attempt)))) throw new Stuck(`${what} does not succeed`)
  }

  async #write(via: ClientStep["via"], row: BaseRow): Promise<boolean> {
    return (await this.#ground.ask(via, { _tag: "Write", base: this.#base, row }))?._tag === "Done"
  }

  /** Nodes without a replica say that they have none. */
  async #load(row: BaseRow): Promise<boolean> {
    const answers = await Promise.all(
      this.#ground.nodes.map((node) => this.#ground.ask(node, { _tag: "Load", base: this.#base, row }))
    )
    return answers.some((answer) => answer?._tag === "Done")
  }
}
