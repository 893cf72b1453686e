import { existsSync, readFileSync } from "node:fs"
import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import type { NodeId } from "../../../spec/metadata.ts"
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { Child } from "../../runtime/child/child.ts"
import { JournalFile } from "../../runtime/child/journal-file.ts"
import type { JournalLine } from "../../runtime/child/journal-line.ts"
import { LamportClock } from "../../runtime/lamport-clock.ts"
import type { Address } from "../../runtime/wire/address.ts"
import { ControlAnswer, ControlCommand, LeaderAnswer, LeaderCommand } from "../control.ts"
import { leaderName } from "../group0/group-leader.ts"
import type { InjectionName } from "../injections.ts"
import type { LeaderConfiguration, NodeConfiguration } from "./configuration.ts"
import { upgradeJournal } from "./journal.ts"

const host = "127.0.0.1"

export interface ClusterOptions {
  /** Where everything is kept: logs, data and journals. */
  readonly directory: string
  /** The nodes of a cluster that is there, and knows nothing of group 0. */
  readonly nodes: ReadonlyArray<NodeId>
  /** How many times as short every rest between two tries is as in a database. */
  readonly haste: number
  /** The program of a node, unless it is the reference. */
  readonly nodeMain?: URL
}

export interface BootSettings {
  /** Whether group 0 is switched on, from now on. */
  readonly supports?: boolean
  /** Places that are enabled before the node does anything. */
  readonly enabled?: ReadonlyArray<InjectionName>
}

interface Kept {
  readonly number: number
  readonly peers: ReadonlyArray<NodeId> | null
  readonly contacts: ReadonlyArray<NodeId>
  supports: boolean
  child: Child<ControlCommand, ControlAnswer> | undefined
}

/** A cluster of processes on this machine on its way to group 0: one leads the groups, and one is each node. */
export class Cluster {
  readonly #options: ClusterOptions
  readonly #clock = new LamportClock()
  readonly #journal: JournalFile<RaftUpgradeLabel>
  readonly #nodes = new Map<NodeId, Kept>()
  readonly #addresses = new Map<string, Address>()
  #leader: Child<LeaderCommand, LeaderAnswer>

  private constructor(options: ClusterOptions) {
    this.#options = options
    this.#journal = new JournalFile(upgradeJournal, this.#path("cluster.journal"), "cluster", this.#clock)
    for (const [number, node] of options.nodes.entries()) {
      const peers = options.nodes.filter((other) => other !== node)
      this.#nodes.set(node, { number, peers, contacts: [], supports: false, child: undefined })
    }
    this.#leader = this.#spawnLeader()
  }

  /** Starts all processes, with group 0 switched off. Rejects, with what they said, if one of them ends before it serves. */
  static async start(options: ClusterOptions): Promise<Cluster> {
    await mkdir(options.directory, { recursive: true })
    const cluster = new Cluster(options)
    try {
      cluster.#addresses.set(leaderName, await cluster.#leader.listening)
      for (const node of options.nodes) await cluster.boot(node)
    } catch (error) {
      await cluster.killAll()
      throw error
    }
    return cluster
  }

  /** Asks a node for something. Rejects with `ChildGone` if it ends before it has answered. */
  control(node: NodeId, command: ControlCommand): Promise<ControlAnswer> {
    return this.process(node).ask(command)
  }

  isUp(node: NodeId): boolean {
    return this.#kept(node).child?.isGone === false
  }

  /** A node's process, as it is or was last. Throws where it was never started. */
  process(node: NodeId): Child<ControlCommand, ControlAnswer> {
    const { child } = this.#kept(node)
    if (child === undefined) throw new RangeError(`${node} was never started`)
    return child
  }

  /** Where a node keeps its data. */
  storeOf(node: NodeId): string {
    return this.#path(node)
  }

  /** Has a new node come, which asks those to be let in. */
  async add(node: NodeId, contacts: ReadonlyArray<NodeId>, settings: BootSettings = {}): Promise<void> {
    this.#nodes.set(node, { number: this.#nodes.size, peers: null, contacts, supports: true, child: undefined })
    await this.boot(node, settings)
  }

  /** Starts a node with what is on its disk. Rejects, with what it said, if it ends before it serves. */
  async boot(node: NodeId, { supports, enabled = [] }: BootSettings = {}): Promise<void> {
    const kept = this.#kept(node)
    if (this.isUp(node)) throw new RangeError(`${node} runs`)
    kept.supports = supports ?? kept.supports
    kept.child = this.#spawn(node, kept)
    this.#addresses.set(node, await kept.child.listening)
    for (const name of enabled) await kept.child.ask({ _tag: "Inject", action: "enable", name })
    await this.#tellAddresses()
  }

  /** Kills a node's process as it stands. */
  async kill(node: NodeId): Promise<void> {
    await this.#kept(node).child?.kill()
    this.#stopped(node)
  }

  /** Ends a node's process in good order. */
  async shutdown(node: NodeId): Promise<void> {
    const { child } = this.#kept(node)
    await child?.ask({ _tag: "Shutdown" })
    await child?.exited
    this.#stopped(node)
  }

  /** Kills the process that leads the groups, and starts another with what it has left. */
  async restartLeader(): Promise<void> {
    await this.#leader.kill()
    this.#clock.witness(this.#lastTold("group0.journal"))
    this.#leader = this.#spawnLeader()
    this.#addresses.set(leaderName, await this.#leader.listening)
    await this.#tellAddresses()
  }

  /** The operator tells that a node is dead. */
  declareLost(node: NodeId): void {
    this.#journal.journal({ _tag: "DeclaredLost", node })
  }

  /** What all processes have told so far, in an order in which no effect comes before its cause. */
  labels(): ReadonlyArray<RaftUpgradeLabel> {
    const names = ["cluster.journal", "group0.journal", ...[...this.#nodes.keys()].map((node) => `${node}.journal`)]
    return names
      .flatMap((name) => this.#lines(name))
      .sort((one, other) => one.clock - other.clock || (one.node < other.node ? -1 : 1) || one.seq - other.seq)
      .map(({ label }) => label)
  }

  /** Ends all processes. */
  async killAll(): Promise<void> {
    const children = [...this.#nodes.values()].flatMap(({ child }) => (child === undefined ? [] : [child]))
    await Promise.all([this.#leader, ...children].map((child) => child.kill()))
    this.#journal.close()
  }

  #stopped(node: NodeId): void {
    // Whatever the node has told of itself, it told before it stopped.
    this.#clock.witness(this.#lastTold(`${node}.journal`))
    this.#journal.journal({ _tag: "Stopped", node })
  }

  #spawn(self: NodeId, { number, peers, contacts, supports }: Kept): Child<ControlCommand, ControlAnswer> {
    const files = { journal: this.#path(`${self}.journal`), store: this.#path(self) }
    const { haste } = this.#options
    const clock = this.#clock.now
    const configuration: NodeConfiguration = { self, number, host, ...files, clock, haste, supports, peers, contacts }
    const main = this.#options.nodeMain ?? new URL("./node-main.ts", import.meta.url)
    const schemas = { command: ControlCommand, answer: ControlAnswer }
    return new Child({ name: self, main, configuration, clock: this.#clock, ...schemas })
  }

  #spawnLeader(): Child<LeaderCommand, LeaderAnswer> {
    const files = { journal: this.#path("group0.journal"), log: this.#path("group0.log") }
    const configuration: LeaderConfiguration = { host, ...files, clock: this.#clock.now, haste: this.#options.haste }
    const main = new URL("./group0-main.ts", import.meta.url)
    const schemas = { command: LeaderCommand, answer: LeaderAnswer }
    return new Child({ name: leaderName, main, configuration, clock: this.#clock, ...schemas })
  }

  /** Tells every running process where everybody is. */
  async #tellAddresses(): Promise<void> {
    const addresses = Object.fromEntries(this.#addresses)
    const running = [...this.#nodes.values()].flatMap(({ child }) => (child?.isGone === false ? [child] : []))
    await this.#leader.ask({ _tag: "Addresses", addresses })
    await Promise.all(running.map((child) => child.ask({ _tag: "Addresses", addresses })))
  }

  #kept(node: NodeId): Kept {
    const kept = this.#nodes.get(node)
    if (kept === undefined) throw new RangeError(`there is no node ${node}`)
    return kept
  }

  #path(name: string): string {
    return join(this.#options.directory, name)
  }

  /** The logical time of the last line of a journal. */
  #lastTold(name: string): number {
    const path = this.#path(name)
    const text = existsSync(path) ? readFileSync(path, "utf8") : ""
    const end = text.lastIndexOf("\n")
    const last = text.slice(text.lastIndexOf("\n", end - 1) + 1, end + 1)
    return upgradeJournal.parse(last, path).at(-1)?.clock ?? 0
  }

  #lines(name: string): ReadonlyArray<JournalLine<RaftUpgradeLabel>> {
    const path = this.#path(name)
    return existsSync(path) ? upgradeJournal.parse(readFileSync(path, "utf8"), path) : []
  }
}
