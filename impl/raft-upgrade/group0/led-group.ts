import type { NodeId } from "../../../spec/metadata.ts"
import type { GroupId, OperationId } from "../../../spec/raft-upgrade/ids.ts"
import type { Command, Configuration } from "../../../spec/raft-upgrade/messages.ts"
import type { Clock } from "../../runtime/clock.ts"
import { Mutex } from "../../runtime/mutex.ts"
import { sleep } from "../../runtime/waits.ts"
import type { Journal } from "../journal.ts"
import { CallFailed, type Calls } from "../network/calls.ts"
import type { Change } from "../network/network.ts"
import { type changed, isMember, votersOf } from "./change.ts"
import type { Entry, Index, Numbered } from "./entry.ts"
import type { LeaderLog, LeaderRecord } from "./leader-log.ts"

/** How long a member has to say that it follows. */
const followMs = 1_000
/** How long it is left alone that did not take what it was told: twice as long each time, up to the greatest. */
const firstRestMs = 100
const greatestRestMs = 3_200

export interface LedGroupParts {
  readonly calls: Calls
  readonly clock: Clock
  readonly log: LeaderLog
  readonly tell: Journal
  readonly signal: AbortSignal
  /** What a change makes of a configuration. */
  readonly changed: typeof changed
}

/** One group as whoever leads it sees it: what was agreed on, who is in it, and how far each of them has come. */
export class LedGroup {
  readonly group: GroupId
  readonly #parts: LedGroupParts
  readonly #first: Index
  readonly #entries: Numbered[] = []
  readonly #reached = new Map<NodeId, Index>()
  readonly #telling = new Set<NodeId>()
  /** Those who are left alone for a while, and how that is ended. */
  readonly #resting = new Map<NodeId, () => void>()
  readonly #mutex = new Mutex()
  #configuration: Configuration

  constructor(founded: Extract<LeaderRecord, { readonly _tag: "Founded" }>, parts: LedGroupParts) {
    this.group = founded.group
    this.#parts = parts
    this.#first = founded.first
    this.#configuration = founded.configuration
    this.#reached.set(founded.creator, founded.first)
  }

  get configuration(): Configuration {
    return this.#configuration
  }

  /** Takes what was agreed on before. */
  recall(numbered: Numbered): void {
    this.#entries.push(numbered)
    if (numbered.entry._tag === "Configured") this.#configuration = numbered.entry.configuration
  }

  /** A member has come back, and may be behind. */
  here(node: NodeId): void {
    this.#resting.get(node)?.()
    this.#catchUp(node)
  }

  /** Changes who is in the group. Rejects with `CallFailed` where there is no majority, of those before or of those after. */
  reconfigure({ purpose, member }: Change): Promise<Index> {
    return this.#alone(async () => {
      const before = this.#configuration
      const configuration = this.#parts.changed(before, { purpose, member })
      if (configuration === before) return this.#last
      await this.#requireMajority(before, configuration)
      const index = await this.#agree({ _tag: "Configured", purpose, of: member.node, configuration })
      this.#configuration = configuration
      this.#parts.tell({ _tag: "Reconfigured", group: this.group, purpose, of: member.node, configuration })
      for (const { node } of before.members) if (!isMember(configuration, node)) this.#sayGoodbye(node)
      this.#catchUpAll()
      return index
    })
  }

  /** Puts a command behind all others, whatever it goes by. Rejects with `CallFailed` where there is no majority. */
  commit(by: NodeId, operation: OperationId, command: Command): Promise<Index> {
    return this.#alone(async () => {
      await this.#requireMajority(this.#configuration)
      const index = await this.#agree({ _tag: "Commanded", by, operation, command })
      this.#parts.tell({ _tag: "CommandCommitted", group: this.group, by, operation, ...command })
      this.#catchUpAll()
      return index
    })
  }

  /** How far the log goes, as a majority confirms. */
  barrier(): Promise<Index> {
    return this.#alone(async () => {
      await this.#requireMajority(this.#configuration)
      return this.#last
    })
  }

  get #last(): Index {
    return this.#entries.at(-1)?.index ?? this.#first
  }

  async #alone<Value>(work: () => Promise<Value>): Promise<Value> {
    await this.#mutex.take()
    try {
      return await work()
    } finally {
      this.#mutex.give()
    }
  }

  async #agree(entry: Entry): Promise<Index> {
    const numbered = { index: this.#last + 1, entry }
    await this.#parts.log.append({ _tag: "Agreed", group: this.group, numbered })
    this.#entries.push(numbered)
    return numbered.index
  }

  async #requireMajority(...configurations: ReadonlyArray<Configuration>): Promise<void> {
    const voters = [...new Set(configurations.flatMap(votersOf))]
    const { calls, signal } = this.#parts
    const follow = { _tag: "Follow", group: this.group } as const
    const answers = await Promise.all(voters.map((voter) => calls.tryAsk(voter, follow, "Ok", signal, followMs)))
    const there = new Set(voters.filter((_, at) => answers[at] !== undefined))
    for (const configuration of configurations) {
      const counted = votersOf(configuration)
      if (counted.filter((voter) => there.has(voter)).length * 2 <= counted.length)
        throw new CallFailed("NoQuorum", `group ${this.group}`)
    }
  }

  // ---- members that are behind -----------------------------------------------------------------------------------------

  #catchUpAll(): void {
    for (const { node } of this.#configuration.members) this.#catchUp(node)
  }

  #catchUp(node: NodeId): void {
    if (this.#telling.has(node)) return
    this.#telling.add(node)
    void this.#tellUntilItHasAll(node)
      // The leader has been stopped.
      .catch(() => {})
      .finally(() => this.#telling.delete(node))
  }

  async #tellUntilItHasAll(node: NodeId): Promise<void> {
    let rest = firstRestMs
    while (isMember(this.#configuration, node) && (this.#reached.get(node) ?? 0) < this.#last) {
      const reached = await this.#append(node)
      if (reached === undefined) {
        await this.#rest(node, rest)
        rest = Math.min(2 * rest, greatestRestMs)
      } else {
        this.#reached.set(node, reached.index)
        rest = firstRestMs
      }
    }
  }

  #append(node: NodeId) {
    const from = this.#reached.get(node) ?? 0
    const entries = this.#entries.filter(({ index }) => index > from)
    const holders = this.#configuration.members.map((member) => member.node).filter((one) => one !== node)
    const append = { group: this.group, first: this.#first, holders, entries }
    const { calls, signal } = this.#parts
    return calls.tryAsk(node, { _tag: "Append", append }, "Reached", signal)
  }

  async #rest(node: NodeId, milliseconds: number): Promise<void> {
    const { clock, signal } = this.#parts
    const woken = new Promise<void>((resolve) => this.#resting.set(node, resolve))
    await Promise.race([sleep(clock, milliseconds, signal), woken])
    this.#resting.delete(node)
  }

  /** Who is out is told so once, if it is there. */
  #sayGoodbye(node: NodeId): void {
    void this.#append(node).catch(() => {})
  }
}
