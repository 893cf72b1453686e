/** A running cluster in the hands of a round: who is up, what group 0 says, and how to bring everything back into order. */
import type { NodeId, Tablet, TabletId } from "../../../spec/sessions/metadata.ts"
import {
  ChildGone,
  type Cluster,
  type ControlAnswer,
  type ControlCommand,
  type Group0Answer,
  type InjectionName,
  injectionNames
} from "../../adapters/sessions-processes.ts"
import { wholeJournal } from "./history.ts"

/** The longest that anything may take which has to end: as long as a machine can be busy, for it is reached only by a fault. */
export const limitMs = 240_000

const lookEveryMs = 10

/** Something that has to happen did not happen within the limit, or happened that must not. */
export class Stuck extends Error {
  override readonly name = "Stuck"
}

export const rest = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** What comes of something that has to come. */
const inTime = async <A>(what: Promise<A>, otherwise: string): Promise<A> => {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Stuck(`${otherwise} within ${limitMs / 1000} s`)), limitMs)
  })
  try {
    return await Promise.race([what, tooLate])
  } finally {
    clearTimeout(timer)
  }
}

/** Looks until something is so, or the time is over. Says whether it was so. */
export const within = async (ms: number, isSo: () => Promise<boolean>): Promise<boolean> => {
  const end = performance.now() + ms
  for (;;) {
    if (await isSo()) return true
    if (performance.now() > end) return false
    await rest(lookEveryMs)
  }
}

export type Dumped = Extract<ControlAnswer, { readonly _tag: "Dumped" }>

export class Ground {
  readonly nodes: ReadonlyArray<NodeId>
  readonly #cluster: Cluster
  readonly #directory: string
  readonly #down = new Set<NodeId>()
  #isGroup0Starting = false
  /** How often a process was ended with `kill -9`. */
  kills = 0

  constructor(cluster: Cluster, nodes: ReadonlyArray<NodeId>, directory: string) {
    this.#cluster = cluster
    this.#directory = directory
    this.nodes = nodes
  }

  get up(): ReadonlyArray<NodeId> {
    return this.nodes.filter((node) => !this.#down.has(node))
  }

  /** What a node answers; undefined if it was ended before it has. */
  ask(node: NodeId, command: ControlCommand): Promise<ControlAnswer | undefined> {
    const answer = this.#cluster.control(node, command).catch((error: unknown) => {
      if (error instanceof ChildGone) return undefined
      throw error
    })
    return inTime(answer, `${node} does not answer ${command._tag}`)
  }

  /** Asks until a node has done it. Most that an operator wants is refused while nobody leads. */
  async insist(node: NodeId, command: ControlCommand): Promise<void> {
    let last = "nothing"
    const isDone = await within(limitMs, async () => {
      const answer = await this.ask(node, command)
      if (answer?._tag === "Failed") last = answer.why
      return answer?._tag === "Done"
    })
    if (!isDone) throw new Stuck(`${node} does not obey ${command._tag}; it says: ${last}`)
  }

  /** Ends all processes: in good order, or by force if they do not. */
  async end(): Promise<void> {
    const force = setTimeout(() => {
      for (const node of this.nodes) void this.#cluster.kill(node)
      void this.#cluster.killGroup0()
    }, limitMs / 4)
    try {
      await this.#cluster.stop()
    } catch (error) {
      if (!(error instanceof ChildGone)) throw error
    } finally {
      clearTimeout(force)
    }
  }

  /** Has the operator do something with a tablet, through any node. Resolves once group 0 has taken it. */
  async order(tablet: TabletId, command: ControlCommand): Promise<void> {
    const was = JSON.stringify((await this.tablet(tablet)).replicas)
    let last = "nothing"
    const isTaken = await within(limitMs, async () => {
      const [node] = this.up
      const answer = node === undefined ? undefined : await this.ask(node, command)
      if (answer?._tag === "Done") return true
      if (answer?._tag === "Failed") last = answer.why
      // Whoever was asked may have been killed after it was taken, or may not know.
      const { transition, replicas } = await this.tablet(tablet)
      return transition !== null || JSON.stringify(replicas) !== was
    })
    if (!isTaken) throw new Stuck(`nobody obeys ${command._tag}; the last one says: ${last}`)
  }

  // ---- group 0 -------------------------------------------------------------------------------------------------------

  /** The last position of group 0's log. */
  async head(): Promise<number> {
    return (await this.#status()).at
  }

  async tablet(tablet: TabletId): Promise<Tablet> {
    const found = (await this.#status()).metadata.tablets.find((known) => known.tablet === tablet)
    if (found === undefined) throw new RangeError(`there is no tablet ${tablet}`)
    return found
  }

  async isIdle(tablet: TabletId): Promise<boolean> {
    return (await this.tablet(tablet)).transition === null
  }

  /** Resolves when a tablet is in no transition. */
  async untilIdle(tablet: TabletId): Promise<void> {
    if (await within(limitMs, () => this.isIdle(tablet))) return
    const { transition } = await this.tablet(tablet)
    throw new Stuck(`${tablet} has been in ${transition?.stage} for ${limitMs / 1000} s and nobody is in its way`)
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

  async #status() {
    const status = await this.#group0({ _tag: "Status" })
    if (status._tag !== "Status") throw new Stuck(`group 0 answers ${status._tag}`)
    return status
  }

  /** Asks group 0's process, or the next one if that is killed meanwhile. */
  async #group0(command: Parameters<Cluster["group0"]>[0]): Promise<Group0Answer> {
    for (;;) {
      try {
        return await inTime(this.#cluster.group0(command), `group 0 does not answer ${command._tag}`)
      } catch (error) {
        if (!(error instanceof ChildGone) || !this.#isGroup0Starting) throw error
        await rest(lookEveryMs)
      }
    }
  }

  // ---- injections ----------------------------------------------------------------------------------------------------

  async inject(
    action: "enable" | "enable-once" | "disable",
    name: InjectionName,
    nodes: ReadonlyArray<NodeId> = this.nodes
  ): Promise<void> {
    const up = this.up.filter((node) => nodes.includes(node))
    await Promise.all(up.map((node) => this.ask(node, { _tag: "Inject", action, name })))
  }

  /** How often each node has come to a place while somebody was to be stopped there. */
  async reached(name: InjectionName): Promise<ReadonlyMap<NodeId, number>> {
    const counts = this.up.map(async (node) => {
      const answer = await this.ask(node, { _tag: "Inject", action: "query", name })
      return [node, answer?._tag === "Reached" ? answer.times : 0] as const
    })
    return new Map(await Promise.all(counts))
  }

  // ---- faults --------------------------------------------------------------------------------------------------------

  async kill(node: NodeId): Promise<void> {
    if (this.#down.has(node)) return
    this.#down.add(node)
    this.kills++
    await this.#cluster.kill(node)
    // A process that starts again cuts off what the last one left unfinished, and nobody would know.
    wholeJournal(this.#directory, node)
  }

  /** Kills group 0's process and starts it again. */
  async killGroup0(): Promise<void> {
    this.kills++
    this.#isGroup0Starting = true
    await this.#cluster.killGroup0()
    wholeJournal(this.#directory, "group0")
    await this.#cluster.restartGroup0()
    this.#isGroup0Starting = false
  }

  /** Starts all nodes again that were killed. Throws if one has ended that nobody killed. */
  async revive(): Promise<void> {
    for (const node of this.up) {
      const process = this.#cluster.process(node)
      if (process.isGone) throw new Stuck(`${node} has ended by itself: ${process.errors.join(" | ")}`)
    }
    for (const node of [...this.#down]) {
      await this.#cluster.restart(node)
      this.#down.delete(node)
    }
  }

  /** Takes back all that was done to the cluster. */
  async heal(): Promise<void> {
    await this.revive()
    await this.reconnect()
    for (const name of injectionNames) await this.inject("disable", name)
  }

  /** Resolves with what every node has, once all of them have applied all that group 0 says. */
  async dumps(): Promise<ReadonlyMap<NodeId, Dumped>> {
    const dumped = new Map<NodeId, Dumped>()
    const isCaughtUp = await within(limitMs, async () => {
      const { at } = await this.#status()
      for (const node of this.nodes) {
        const answer = await this.ask(node, { _tag: "Dump" })
        if (answer?._tag !== "Dumped" || answer.at < at) return false
        dumped.set(node, answer)
      }
      return true
    })
    if (!isCaughtUp) throw new Stuck("some node does not catch up with group 0")
    return dumped
  }
}
