import type { NodeId } from "../../spec/metadata.ts"
import { ChildGone, type Group0Answer, type Group0Command, type Processes } from "../adapters/processes.ts"
import { inTime, limitMs, rest, Stuck, within } from "./waiting.ts"

/** A process answers a command, and may say that it cannot do it. */
interface Answers {
  readonly _tag: string
  /** Why it cannot, where it is `Failed`. */
  readonly why?: string
  /** How often a place was reached, where it is `Reached`. */
  readonly times?: number
}

/** What a soak needs to know of the processes that it has in hand. */
export interface ProcessesInHand<Command, Answer, Metadata, Name> {
  readonly cluster: Processes<Command, Answer, Metadata>
  readonly nodes: ReadonlyArray<NodeId>
  /** The command that enables or disables a place, or asks how often it was reached. */
  readonly injecting: (action: "enable" | "enable-once" | "disable" | "query", name: Name) => Command
  /** How long to wait between two looks at what a cluster does: what it says may be long, and costs time to read. */
  readonly lookEveryMs: number
  /** Throws where the journal of a process that was ended is not whole. */
  readonly checkJournal: (teller: string) => void
}

/** A running cluster in the hands of a round: who is up, what group 0 says, and how to bring everything back into order. */
export class RunningCluster<Command extends { readonly _tag: string }, Answer extends Answers, Metadata, Name> {
  readonly nodes: ReadonlyArray<NodeId>
  readonly #parts: ProcessesInHand<Command, Answer, Metadata, Name>
  readonly #down = new Set<NodeId>()
  #isGroup0Starting = false
  /** How often a process was ended with `kill -9`. */
  kills = 0

  constructor(parts: ProcessesInHand<Command, Answer, Metadata, Name>) {
    this.#parts = parts
    this.nodes = parts.nodes
  }

  /** Looks until something is so, or the time is over. Says whether it was so. */
  protected within(ms: number, isSo: () => Promise<boolean>): Promise<boolean> {
    return within(ms, isSo, this.#parts.lookEveryMs)
  }

  get up(): ReadonlyArray<NodeId> {
    return this.nodes.filter((node) => !this.#down.has(node))
  }

  /** What a node answers; undefined if it was ended before it has. */
  ask(node: NodeId, command: Command): Promise<Answer | undefined> {
    const answer = this.#parts.cluster.control(node, command).catch((error: unknown) => {
      if (error instanceof ChildGone) return undefined
      throw error
    })
    return inTime(answer, `${node} does not answer ${command._tag}`)
  }

  /** Asks until a node has done it. Most that an operator wants is refused while nobody leads. */
  async insist(node: NodeId, command: Command): Promise<void> {
    let last = "nothing"
    const isDone = await this.within(limitMs, async () => {
      const answer = await this.ask(node, command)
      last = answer?.why ?? last
      return answer?._tag === "Done"
    })
    if (!isDone) throw new Stuck(`${node} does not obey ${command._tag}; it says: ${last}`)
  }

  /** Asks whoever is up until it is done, or group 0 shows that it was: whoever was asked may have been killed behind it. */
  async insistAnywhere(command: Command, wasDone: () => Promise<boolean>): Promise<void> {
    let last = "nothing"
    const isTaken = await this.within(limitMs, async () => {
      const [node] = this.up
      const answer = node === undefined ? undefined : await this.ask(node, command)
      last = answer?.why ?? last
      return answer?._tag === "Done" || (await wasDone())
    })
    if (!isTaken) throw new Stuck(`nobody obeys ${command._tag}; the last one says: ${last}`)
  }

  /** Ends all processes: in good order, or by force if they do not. */
  async end(): Promise<void> {
    const { cluster } = this.#parts
    const force = setTimeout(() => {
      for (const node of this.nodes) void cluster.kill(node)
      void cluster.killGroup0()
    }, limitMs / 4)
    try {
      await cluster.stop()
    } catch (error) {
      if (!(error instanceof ChildGone)) throw error
    } finally {
      clearTimeout(force)
    }
  }

  // ---- group 0 -------------------------------------------------------------------------------------------------------

  /** The last position of group 0's log. */
  async head(): Promise<number> {
    return (await this.status()).at
  }

  async status(): Promise<Extract<Group0Answer<Metadata>, { readonly _tag: "Status" }>> {
    const status = await this.#group0({ _tag: "Status" })
    if (status._tag !== "Status") throw new Stuck(`group 0 answers ${status._tag}`)
    return status
  }

  async elect(node: NodeId): Promise<void> {
    await this.#group0({ _tag: "Elect", node })
  }

  async cutOff(node: NodeId): Promise<void> {
    await this.#group0({ _tag: "Partition", node })
  }

  /** Lets group 0 talk with everybody. */
  async reconnect(): Promise<void> {
    for (const node of this.nodes) await this.#group0({ _tag: "Heal", node })
  }

  /** Asks group 0's process, or the next one if that is killed meanwhile. */
  async #group0(command: Group0Command): Promise<Group0Answer<Metadata>> {
    for (;;) {
      try {
        return await inTime(this.#parts.cluster.group0(command), `group 0 does not answer ${command._tag}`)
      } catch (error) {
        if (!(error instanceof ChildGone) || !this.#isGroup0Starting) throw error
        await rest(10)
      }
    }
  }

  // ---- injections ----------------------------------------------------------------------------------------------------

  async inject(
    action: "enable" | "enable-once" | "disable",
    name: Name,
    nodes: ReadonlyArray<NodeId> = this.nodes
  ): Promise<void> {
    const up = this.up.filter((node) => nodes.includes(node))
    await Promise.all(up.map((node) => this.ask(node, this.#parts.injecting(action, name))))
  }

  /** How often each node has come to a place while somebody was to be stopped there. */
  async reached(name: Name): Promise<ReadonlyMap<NodeId, number>> {
    const counts = this.up.map(async (node) => {
      const answer = await this.ask(node, this.#parts.injecting("query", name))
      return [node, answer?.times ?? 0] as const
    })
    return new Map(await Promise.all(counts))
  }

  /** The node that has come to a place since first, if any does in time. */
  async firstAt(name: Name, since: ReadonlyMap<NodeId, number>, patienceMs: number): Promise<NodeId | undefined> {
    let first: NodeId | undefined
    await this.within(patienceMs, async () => {
      for (const [node, times] of await this.reached(name)) if (times > (since.get(node) ?? 0)) first ??= node
      return first !== undefined
    })
    return first
  }

  // ---- faults --------------------------------------------------------------------------------------------------------

  async kill(node: NodeId): Promise<void> {
    if (this.#down.has(node)) return
    this.#down.add(node)
    this.kills++
    await this.#parts.cluster.kill(node)
    // A process that starts again cuts off what the last one left unfinished, and nobody would know.
    this.#parts.checkJournal(node)
  }

  /** Kills group 0's process and starts it again. */
  async killGroup0(): Promise<void> {
    this.kills++
    this.#isGroup0Starting = true
    await this.#parts.cluster.killGroup0()
    this.#parts.checkJournal("group0")
    await this.#parts.cluster.restartGroup0()
    this.#isGroup0Starting = false
  }

  /** Starts all nodes again that were killed. Throws if one has ended that nobody killed. */
  async revive(): Promise<void> {
    for (const node of this.up) {
      const process = this.#parts.cluster.process(node)
      if (process.isGone) throw new Stuck(`${node} has ended by itself: ${process.errors.join(" | ")}`)
    }
    for (const node of [...this.#down]) {
      await this.#parts.cluster.restart(node)
      this.#down.delete(node)
    }
  }

  /** Takes back all that was done to the cluster. */
  async heal(places: ReadonlyArray<Name>): Promise<void> {
    await this.revive()
    await this.reconnect()
    for (const name of places) await this.inject("disable", name)
  }
}
