import type { NodeId } from "../../spec/metadata.ts"
import { ChildGone, type NodeProcesses } from "../adapters/processes.ts"
import { inTime, limitMs, Stuck, within } from "./waiting.ts"

/** A process answers a command, and may say that it cannot do it. */
export interface Answers {
  readonly _tag: string
  /** Why it cannot, where it is `Failed`. */
  readonly why?: string
  /** How often a place was reached, where it is `Reached`. */
  readonly times?: number
}

/** What a soak needs to know of the nodes that it has in hand. */
export interface NodesInHand<Command, Answer, Name> {
  readonly cluster: NodeProcesses<Command, Answer>
  /** The command that enables or disables a place, or asks how often it was reached. */
  readonly injecting: (action: "enable" | "enable-once" | "disable" | "query", name: Name) => Command
  /** How long to wait between two looks at what a cluster does: what it says may be long, and costs time to read. */
  readonly lookEveryMs: number
  /** Throws where the journal of a process that was ended is not whole. */
  readonly checkJournal: (teller: string) => void
}

/** The nodes of a running cluster in the hands of a round: who is up, what they are told, and how they are killed. */
export abstract class RunningNodes<Command extends { readonly _tag: string }, Answer extends Answers, Name> {
  readonly #inHand: NodesInHand<Command, Answer, Name>
  readonly #down = new Set<NodeId>()
  /** How often a process was ended with `kill -9`. */
  kills = 0

  constructor(inHand: NodesInHand<Command, Answer, Name>) {
    this.#inHand = inHand
  }

  /** Those that are there, and those that are to be there again. */
  abstract get nodes(): ReadonlyArray<NodeId>

  /** Looks until something is so, or the time is over. Says whether it was so. */
  protected within(ms: number, isSo: () => Promise<boolean>): Promise<boolean> {
    return within(ms, isSo, this.#inHand.lookEveryMs)
  }

  get up(): ReadonlyArray<NodeId> {
    return this.nodes.filter((node) => !this.#down.has(node))
  }

  /** What a node answers; undefined if it was ended before it has. */
  ask(node: NodeId, command: Command): Promise<Answer | undefined> {
    const answer = this.#inHand.cluster.control(node, command).catch((error: unknown) => {
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

  // ---- injections ----------------------------------------------------------------------------------------------------

  async inject(
    action: "enable" | "enable-once" | "disable",
    name: Name,
    nodes: ReadonlyArray<NodeId> = this.nodes
  ): Promise<void> {
    const up = this.up.filter((node) => nodes.includes(node))
    await Promise.all(up.map((node) => this.ask(node, this.#inHand.injecting(action, name))))
  }

  /** How often each node has come to a place while somebody was to be stopped there. */
  async reached(name: Name): Promise<ReadonlyMap<NodeId, number>> {
    const counts = this.up.map(async (node) => {
      const answer = await this.ask(node, this.#inHand.injecting("query", name))
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
    await this.#inHand.cluster.kill(node)
    // A process that starts again cuts off what the last one left unfinished, and nobody would know.
    this.#inHand.checkJournal(node)
  }

  /** A node that was killed runs again. */
  protected isBack(node: NodeId): void {
    this.#down.delete(node)
  }

  /** Throws if a node has ended that nobody killed. */
  checkUp(): void {
    for (const node of this.up) {
      const process = this.#inHand.cluster.process(node)
      if (process.isGone) throw new Stuck(`${node} has ended by itself: ${process.errors.join(" | ")}`)
    }
  }

  /** Starts all nodes again that were killed. Throws if one has ended that nobody killed. */
  async revive(): Promise<void> {
    this.checkUp()
    for (const node of [...this.#down]) {
      await this.#inHand.cluster.restart(node)
      this.isBack(node)
    }
  }
}
