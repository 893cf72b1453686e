import { existsSync, readFileSync } from "node:fs"
import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import type { Metadata, NodeId } from "../../../spec/sessions/metadata.ts"
import { ControlAnswer, ControlCommand } from "../control.ts"
import { Group0Answer, Group0Command } from "../group0/control.ts"
import { LamportClock } from "../lamport-clock.ts"
import type { Address } from "../wire/address.ts"
import { Child } from "./child.ts"
import type { Group0Configuration, NodeConfiguration } from "./configuration.ts"
import { JournalFile } from "./journal-file.ts"
import { type JournalLine, parseJournal } from "./journal-line.ts"

const host = "127.0.0.1"

const fileName = /^[A-Za-z0-9_-]+$/
/** The processes that are no nodes. */
const others: ReadonlySet<string> = new Set(["group0", "cluster"])

export interface ClusterOptions {
  /** Where everything is kept: logs, data and journals. What a cluster left there before, the next one goes on with. */
  readonly directory: string
  readonly nodes: ReadonlyArray<NodeId>
  readonly shards: number
  /** What group 0 says first. */
  readonly first: Metadata
  /** The program of a node; the honest one, unless told. */
  readonly nodeMain?: URL
}

type NodeChild = Child<ControlCommand, ControlAnswer>
type Group0Child = Child<Group0Command, Group0Answer>

/** A cluster of processes on this machine: one holds group 0, and one is each node. */
export class Cluster {
  readonly #options: ClusterOptions
  readonly #clock = new LamportClock()
  readonly #journal: JournalFile
  readonly #nodes = new Map<NodeId, NodeChild>()
  readonly #addresses = new Map<NodeId, Address>()
  #group0: Group0Child
  #group0Address: Address | undefined

  private constructor(options: ClusterOptions) {
    for (const node of options.nodes)
      if (!fileName.test(node) || others.has(node))
        throw new RangeError(
          `"${node}" cannot be a node's name here: it names files, beside ${[...others].join(" and ")}`
        )
    this.#options = options
    this.#journal = new JournalFile(this.#path("cluster.journal"), "cluster", this.#clock)
    this.#group0 = this.#spawnGroup0()
  }

  /** Starts all processes. Resolves when every node serves; rejects, with what they said, if one of them ends before. */
  static async start(options: ClusterOptions): Promise<Cluster> {
    await mkdir(options.directory, { recursive: true })
    const cluster = new Cluster(options)
    try {
      for (const node of options.nodes) cluster.#nodes.set(node, cluster.#spawnNode(node))
      cluster.#group0Address = await cluster.#group0.listening
      for (const [node, child] of cluster.#nodes) cluster.#addresses.set(node, await child.listening)
      await cluster.#tellAddresses()
    } catch (error) {
      await cluster.#killAll()
      throw error
    }
    return cluster
  }

  /** Asks a node for something. Rejects with `ChildGone` if it ends before it has answered. */
  control(node: NodeId, command: ControlCommand): Promise<ControlAnswer> {
    return this.#child(node).ask(command)
  }

  group0(command: Group0Command): Promise<Group0Answer> {
    return this.#group0.ask(command)
  }

  /** The process of a node, for those who want to know what it said. */
  process(node: NodeId): NodeChild {
    return this.#child(node)
  }

  /** Where a node listens for the others. */
  address(node: NodeId): Address | undefined {
    return this.#addresses.get(node)
  }

  /** Where group 0 listens for its members. */
  get group0Address(): Address | undefined {
    return this.#group0Address
  }

  /** Kills a node's process as it stands. */
  async kill(node: NodeId): Promise<void> {
    await this.#child(node).kill()
    // Whatever the node has told of itself, it told before it stopped.
    this.#clock.witness(this.#lines(this.#journalOf(node)).at(-1)?.clock ?? 0)
    this.#journal.journal({ _tag: "Stopped", node })
  }

  /** Starts a node that was killed, with the data that it left. */
  async restart(node: NodeId): Promise<void> {
    if (!this.#child(node).isGone) throw new Error(`${node} runs; only a node that was killed can be started again`)
    this.#journal.journal({ _tag: "Restarted", node })
    const child = this.#spawnNode(node)
    this.#nodes.set(node, child)
    this.#addresses.set(node, await child.listening)
    await this.#tellAddresses()
  }

  async killGroup0(): Promise<void> {
    await this.#group0.kill()
  }

  async restartGroup0(): Promise<void> {
    if (!this.#group0.isGone) throw new Error("group 0 runs; only one that was killed can be started again")
    this.#group0 = this.#spawnGroup0()
    this.#group0Address = await this.#group0.listening
    await this.#tellAddresses()
  }

  /** What all processes have told so far, process by process. */
  journals(): ReadonlyArray<JournalLine> {
    const nodes = this.#options.nodes.map((node) => this.#journalOf(node))
    return [this.#path("cluster.journal"), this.#path("group0.journal"), ...nodes].flatMap((path) => this.#lines(path))
  }

  /** Ends all processes in good order. */
  async stop(): Promise<void> {
    const running = [...this.#nodes.values()].filter(({ isGone }) => !isGone)
    await Promise.all(running.map((child) => child.ask({ _tag: "Shutdown" }).then(() => child.exited)))
    if (!this.#group0.isGone) {
      await this.#group0.ask({ _tag: "Shutdown" })
      await this.#group0.exited
    }
    this.#journal.close()
  }

  async #killAll(): Promise<void> {
    await Promise.all([this.#group0, ...this.#nodes.values()].map((child) => child.kill()))
    this.#journal.close()
  }

  // ---- processes -----------------------------------------------------------------------------------------------------

  #spawnNode(self: NodeId): NodeChild {
    const { shards, nodeMain } = this.#options
    const files = { journal: this.#journalOf(self), store: this.#path(self) }
    const configuration: NodeConfiguration = { self, shards, host, ...files, clock: this.#clock.now }
    const main = nodeMain ?? new URL("./node-main.ts", import.meta.url)
    const schemas = { command: ControlCommand, answer: ControlAnswer }
    return new Child({ name: self, main, configuration, clock: this.#clock, ...schemas })
  }

  #spawnGroup0(): Group0Child {
    const { nodes, first } = this.#options
    const files = { journal: this.#path("group0.journal"), log: this.#path("group0.log") }
    const configuration: Group0Configuration = { host, ...files, members: nodes, first, clock: this.#clock.now }
    const main = new URL("./group0-main.ts", import.meta.url)
    const schemas = { command: Group0Command, answer: Group0Answer }
    return new Child({ name: "group0", main, configuration, clock: this.#clock, ...schemas })
  }

  /** Tells every running node where everybody is. */
  async #tellAddresses(): Promise<void> {
    const group0 = this.#group0Address
    if (group0 === undefined) return
    const nodes = Object.fromEntries(this.#addresses)
    const running = [...this.#nodes.values()].filter(({ isGone }) => !isGone)
    await Promise.all(running.map((child) => child.ask({ _tag: "Addresses", group0, nodes })))
  }

  #child(node: NodeId): NodeChild {
    const child = this.#nodes.get(node)
    if (child !== undefined) return child
    throw new RangeError(`there is no node ${node}; the nodes are ${this.#options.nodes.join(", ")}`)
  }

  // ---- files ---------------------------------------------------------------------------------------------------------

  #path(name: string): string {
    return join(this.#options.directory, name)
  }

  #journalOf(node: NodeId): string {
    return this.#path(`${node}.journal`)
  }

  #lines(path: string): ReadonlyArray<JournalLine> {
    return existsSync(path) ? parseJournal(readFileSync(path, "utf8"), path) : []
  }
}
