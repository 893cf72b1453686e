import type { NodeId } from "../../spec/metadata.ts"
import { ChildGone, type Group0Answer, type Group0Command, type Processes } from "../adapters/processes.ts"
import { type Answers, type NodesInHand, RunningNodes } from "./nodes.ts"
import { inTime, limitMs, rest, Stuck } from "./waiting.ts"

/** What a soak needs to know of the processes that it has in hand. */
export interface ProcessesInHand<Command, Answer, Metadata, Name> extends NodesInHand<Command, Answer, Name> {
  readonly cluster: Processes<Command, Answer, Metadata>
  readonly nodes: ReadonlyArray<NodeId>
}

/** A running cluster in the hands of a round: who is up, what group 0 says, and how to bring everything back into order. */
export class RunningCluster<
  Command extends { readonly _tag: string },
  Answer extends Answers,
  Metadata,
  Name
> extends RunningNodes<Command, Answer, Name> {
  readonly nodes: ReadonlyArray<NodeId>
  readonly #parts: ProcessesInHand<Command, Answer, Metadata, Name>
  #isGroup0Starting = false

  constructor(parts: ProcessesInHand<Command, Answer, Metadata, Name>) {
    super(parts)
    this.#parts = parts
    this.nodes = parts.nodes
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

  // ---- faults --------------------------------------------------------------------------------------------------------

  /** Kills group 0's process and starts it again. */
  async killGroup0(): Promise<void> {
    this.kills++
    this.#isGroup0Starting = true
    await this.#parts.cluster.killGroup0()
    this.#parts.checkJournal("group0")
    await this.#parts.cluster.restartGroup0()
    this.#isGroup0Starting = false
  }

  /** Takes back all that was done to the cluster. */
  async heal(places: ReadonlyArray<Name>): Promise<void> {
    await this.revive()
    await this.reconnect()
    for (const name of places) await this.inject("disable", name)
  }
}
