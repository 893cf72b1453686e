import { existsSync, readFileSync } from "node:fs"
import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import type { Schema } from "effect"
import type { NodeId } from "../../spec/metadata.ts"
import { Child } from "../runtime/child/child.ts"
import { JournalFile } from "../runtime/child/journal-file.ts"
import type { JournalLine, JournalLines } from "../runtime/child/journal-line.ts"
import { LamportClock } from "../runtime/lamport-clock.ts"
import type { Address } from "../runtime/wire/address.ts"
import type { Group0Configuration } from "./configuration.ts"
import { type Group0Answer, Group0Command } from "./control.ts"
import type { Words } from "./words.ts"

const host = "127.0.0.1"

const fileName = /^[A-Za-z0-9_-]+$/
/** The processes that are no nodes. */
const others: ReadonlySet<string> = new Set(["group0", "cluster"])

/** Where a node's process is told to keep its files, and when it is started. */
export interface NodeStart {
  readonly self: NodeId
  readonly host: string
  /** The file that labels are appended to. */
  readonly journal: string
  /** The directory of the node's data. */
  readonly store: string
  readonly clock: number
}

/** What a protocol's cluster is made of. */
export interface ClusterKind<Command, Answer, Metadata, By, Label> {
  readonly words: Words<Metadata, By>
  readonly journal: JournalLines<Label>
  readonly command: Schema.Codec<Command, unknown>
  readonly answer: Schema.Codec<Answer, unknown>
  /** The program of a node. */
  readonly nodeMain: URL
  /** The program of the process that holds group 0. */
  readonly group0Main: URL
  /** What a node's process is told when it starts, as JSON. */
  configuration(start: NodeStart): unknown
  /** Tells a node where everybody is; the first time it begins with that. */
  addresses(group0: Address, nodes: Readonly<Record<string, Address>>): Command
  readonly shutdown: Command
  /** How it is told that a node was killed, and that it was started again. */
  stopped(node: NodeId): Label
  restarted(node: NodeId): Label
}

export interface ClusterOptions<Metadata> {
  /** Where everything is kept: logs, data and journals. What a cluster left there before, the next one goes on with. */
  readonly directory: string
  readonly nodes: ReadonlyArray<NodeId>
  /** What group 0 says first. */
  readonly first: Metadata
}

/** A cluster of processes on this machine: one holds group 0, and one is each node. */
export class ProcessCluster<Command, Answer, Metadata, By, Label> {
  readonly #kind: ClusterKind<Command, Answer, Metadata, By, Label>
  readonly #options: ClusterOptions<Metadata>
  readonly #clock = new LamportClock()
  readonly #journal: JournalFile<Label>
  readonly #nodes = new Map<NodeId, Child<Command, Answer>>()
  readonly #addresses = new Map<NodeId, Address>()
  #group0: Child<Group0Command, Group0Answer<Metadata>>
  #group0Address: Address | undefined

  private constructor(kind: ClusterKind<Command, Answer, Metadata, By, Label>, options: ClusterOptions<Metadata>) {
    this.#kind = kind
    for (const node of options.nodes)
      if (!fileName.test(node) || others.has(node))
        throw new RangeError(
          `"${node}" cannot be a node's name here: it names files, beside ${[...others].join(" and ")}`
        )
    this.#options = options
    this.#journal = new JournalFile(kind.journal, this.#path("cluster.journal"), "cluster", this.#clock)
    this.#group0 = this.#spawnGroup0()
  }

  /** Starts all processes. Resolves when every node serves; rejects, with what they said, if one of them ends before. */
  static async start<Command, Answer, Metadata, By, Label>(
    kind: ClusterKind<Command, Answer, Metadata, By, Label>,
    options: ClusterOptions<Metadata>
  ): Promise<ProcessCluster<Command, Answer, Metadata, By, Label>> {
    await mkdir(options.directory, { recursive: true })
    const cluster = new ProcessCluster(kind, options)
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
  control(node: NodeId, command: Command): Promise<Answer> {
    return this.#child(node).ask(command)
  }

  group0(command: Group0Command): Promise<Group0Answer<Metadata>> {
    return this.#group0.ask(command)
  }

  /** The process of a node, for those who want to know what it said. */
  process(node: NodeId): Child<Command, Answer> {
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
    this.#journal.journal(this.#kind.stopped(node))
  }

  /** Starts a node that was killed, with the data that it left. */
  async restart(node: NodeId): Promise<void> {
    if (!this.#child(node).isGone) throw new Error(`${node} runs; only a node that was killed can be started again`)
    this.#journal.journal(this.#kind.restarted(node))
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
  journals(): ReadonlyArray<JournalLine<Label>> {
    const nodes = this.#options.nodes.map((node) => this.#journalOf(node))
    return [this.#path("cluster.journal"), this.#path("group0.journal"), ...nodes].flatMap((path) => this.#lines(path))
  }

  /** Ends all processes in good order. */
  async stop(): Promise<void> {
    const running = [...this.#nodes.values()].filter(({ isGone }) => !isGone)
    await Promise.all(running.map((child) => child.ask(this.#kind.shutdown).then(() => child.exited)))
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

  #spawnNode(self: NodeId): Child<Command, Answer> {
    const { nodeMain: main, command, answer } = this.#kind
    const files = { journal: this.#journalOf(self), store: this.#path(self) }
    const configuration = this.#kind.configuration({ self, host, ...files, clock: this.#clock.now })
    return new Child({ name: self, main, configuration, clock: this.#clock, command, answer })
  }

  #spawnGroup0(): Child<Group0Command, Group0Answer<Metadata>> {
    const { nodes, first } = this.#options
    const { group0Main: main, words } = this.#kind
    const files = { journal: this.#path("group0.journal"), log: this.#path("group0.log") }
    const configuration: Group0Configuration<Metadata> = {
      host,
      ...files,
      members: nodes,
      first,
      clock: this.#clock.now
    }
    const schemas = { command: Group0Command, answer: words.answer }
    return new Child({ name: "group0", main, configuration, clock: this.#clock, ...schemas })
  }

  /** Tells every running node where everybody is. */
  async #tellAddresses(): Promise<void> {
    const group0 = this.#group0Address
    if (group0 === undefined) return
    const nodes = Object.fromEntries(this.#addresses)
    const running = [...this.#nodes.values()].filter(({ isGone }) => !isGone)
    await Promise.all(running.map((child) => child.ask(this.#kind.addresses(group0, nodes))))
  }

  #child(node: NodeId): Child<Command, Answer> {
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

  #lines(path: string): ReadonlyArray<JournalLine<Label>> {
    return existsSync(path) ? this.#kind.journal.parse(readFileSync(path, "utf8"), path) : []
  }
}
