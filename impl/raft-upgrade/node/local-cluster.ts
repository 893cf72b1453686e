import { NodeId } from "../../../spec/metadata.ts"
import { GroupId, Mutation, OperationId, ServerId, StateId } from "../../../spec/raft-upgrade/ids.ts"
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import type { Edit, SchemaSet } from "../../../spec/raft-upgrade/messages.ts"
import { post, type UpgradeState } from "../../../spec/raft-upgrade/states.ts"
import { VirtualClock } from "../../runtime/clock.ts"
import { Holds } from "../../runtime/holds.ts"
import type { Fate, OnItsWay } from "../../runtime/network/local-network.ts"
import type { Turn } from "../../runtime/turn.ts"
import { GroupLeader, leaderName } from "../group0/group-leader.ts"
import { memoryLeaderLog } from "../group0/leader-log.ts"
import { type InjectionName, UpgradeInjections } from "../injections.ts"
import { LocalNetwork } from "../network/local-network.ts"
import type { Network } from "../network/network.ts"
import { reference, type UpgradeOptions } from "../options.ts"
import type { ChangeOutcome } from "../schema/schema-changes.ts"
import { MemoryDisk } from "../storage/memory-disk.ts"
import type { NodeStore } from "../storage/node-store.ts"
import type { Mint } from "../upgrade/context.ts"
import { ClusterNode } from "./cluster-node.ts"
import { type Machinery, machinery } from "./machinery.ts"

interface Life {
  readonly network: Network
  readonly store: NodeStore
  readonly running: ClusterNode
  /** A node that has fallen is heard no more. */
  readonly mute: () => void
}

interface Member {
  readonly injections: UpgradeInjections
  readonly disk: MemoryDisk
  servers: number
  supports: boolean
  contacts: ReadonlyArray<NodeId>
  life: Life | undefined
}

export interface ClusterOptions {
  /** The nodes of a cluster that is there, and knows nothing of group 0; those of the first names have the smaller servers. */
  readonly nodes?: ReadonlyArray<string>
  /** Whom a node of these takes for its peers; all others, unless told. */
  readonly knows?: Readonly<Record<string, ReadonlyArray<string>>>
  readonly upgrade?: Partial<UpgradeOptions>
  /** Parts in the place of the reference's. */
  readonly machinery?: Partial<Machinery>
  /** A node in the place of the reference's. */
  readonly Node?: typeof ClusterNode
  /** Whether group 0 is switched on from the beginning. */
  readonly supports?: boolean
  /** What the operator does not do of what he is told to do by hand: nothing, unless told. */
  readonly leavesOut?: (name: string, what: Edit["_tag"] | "MakesSure") => boolean
  readonly fate?: (message: OnItsWay) => Fate | undefined
  /** Decides which message arrives next. */
  readonly turn?: Turn
}

/** How much time passes at once. */
const step = 500

/** Nodes in one process, whose time passes only when told to. */
export class Cluster {
  readonly labels: RaftUpgradeLabel[] = []
  readonly clock = new VirtualClock()
  readonly network: LocalNetwork
  /** What nobody foresaw. A test that does not expect any fails. */
  readonly defects: unknown[] = []
  readonly #options: ClusterOptions
  readonly #machinery: Machinery
  readonly #members = new Map<string, Member>()
  readonly #apart = new Set<string>()
  readonly #lost = new Set<string>()
  readonly #holds = new Holds()
  #operations = 0
  #groups = 0
  #states = 0

  private constructor(options: ClusterOptions) {
    this.#options = options
    this.#machinery = { ...machinery, ...options.machinery }
    const { turn = this.#holds.turn } = options
    this.network = new LocalNetwork({ fate: (message) => this.#fate(message), turn })
    const { clock } = this
    const network = this.network.join(leaderName)
    const { changed } = this.#machinery
    const tell = (label: RaftUpgradeLabel): unknown => this.labels.push(label)
    new GroupLeader({ network, clock, log: memoryLeaderLog(), tell, changed }).start()
  }

  /** A cluster of the time before group 0. */
  static async start(options: ClusterOptions = {}): Promise<Cluster> {
    const cluster = new Cluster(options)
    const names = (options.nodes ?? ["A", "B", "C"]).map((name) => NodeId.make(name))
    for (const self of names) {
      const disk = new MemoryDisk()
      const store = await cluster.#machinery.NodeStore.open(disk.open())
      const known = options.knows?.[self]?.map((name) => NodeId.make(name))
      const peers = known ?? names.filter((name) => name !== self)
      await store.ring.update((row) => ({ ...row, bootstrap: "completed", peers }))
      const { supports = true } = options
      const fresh = { servers: 0, supports, contacts: [], life: undefined }
      cluster.#members.set(self, { injections: new UpgradeInjections(), disk, ...fresh })
    }
    return cluster
  }

  /** The same, with all nodes running. */
  static async running(options: ClusterOptions = {}): Promise<Cluster> {
    const cluster = await Cluster.start(options)
    for (const name of cluster.names) await cluster.boot(name)
    await cluster.flush()
    return cluster
  }

  get names(): ReadonlyArray<string> {
    return [...this.#members.keys()]
  }

  // ---- nodes -----------------------------------------------------------------------------------------------------------

  async boot(name: string): Promise<void> {
    const member = this.member(name)
    const self = NodeId.make(name)
    const { injections, disk, supports, contacts } = member
    let isHeard = true
    const tell = (label: RaftUpgradeLabel): void => {
      if (isHeard) this.labels.push(label)
    }
    const network = this.network.join(self)
    const store = await this.#machinery.NodeStore.open(disk.open())
    const { Node = ClusterNode } = this.#options
    const running = new Node(
      {
        self,
        store,
        network,
        clock: this.clock,
        injections,
        tell,
        options: { ...reference, ...this.#options.upgrade },
        mint: this.#mint(name),
        supports,
        contacts,
        failed: (error) => isHeard && this.defects.push(error)
      },
      this.#machinery
    )
    const mute = (): void => {
      isHeard = false
    }
    member.life = { network, store, running, mute }
    running.start()
  }

  /** A new node, which knows those of whom it asks to be let in. */
  async add(name: string, ...contacts: ReadonlyArray<string>): Promise<void> {
    this.prepare(name, ...contacts)
    await this.boot(name)
    await this.flush()
  }

  /** The same, for one that is to be stopped at a place before it begins. */
  prepare(name: string, ...contacts: ReadonlyArray<string>): UpgradeInjections {
    const injections = new UpgradeInjections()
    const asked = contacts.map((contact) => NodeId.make(contact))
    const known = { servers: 0, supports: true, contacts: asked, life: undefined }
    this.#members.set(name, { injections, disk: new MemoryDisk(), ...known })
    return injections
  }

  /** The node is gone at once, with everything that is not on its disk. */
  async crash(name: string): Promise<void> {
    const member = this.member(name)
    const { life } = member
    if (life === undefined) return
    life.mute()
    member.disk.open()
    life.running.stop()
    await life.network.close()
    member.life = undefined
    this.labels.push({ _tag: "Stopped", node: NodeId.make(name) })
    await this.flush()
  }

  async restart(name: string, settings: { readonly supports?: boolean } = {}): Promise<void> {
    await this.crash(name)
    const member = this.member(name)
    member.supports = settings.supports ?? member.supports
    await this.boot(name)
    await this.flush()
  }

  member(name: string): Member {
    const member = this.#members.get(name)
    if (member === undefined) throw new RangeError(`there is no node ${name}`)
    return member
  }

  on(name: string): ClusterNode {
    const { life } = this.member(name)
    if (life === undefined) throw new RangeError(`${name} is down`)
    return life.running
  }

  inject(name: string, place: InjectionName, once = false): UpgradeInjections {
    const { injections } = this.member(name)
    injections.enable(place, { once })
    return injections
  }

  // ---- the operator ----------------------------------------------------------------------------------------------------

  /** Changes what is on a node's disk by hand, whether it runs or not. */
  async edit(name: string, edit: Edit): Promise<void> {
    if (this.#options.leavesOut?.(name, edit._tag) === true) return
    const { life, disk } = this.member(name)
    const store = life?.store ?? (await this.#machinery.NodeStore.open(disk.open()))
    await store.edit(edit)
    this.labels.push({ _tag: "Edited", node: NodeId.make(name), edit })
  }

  /** The operator made sure that a node is dead. */
  async lose(name: string): Promise<void> {
    if (this.#options.leavesOut?.(name, "MakesSure") !== true) await this.crash(name)
    this.labels.push({ _tag: "DeclaredLost", node: NodeId.make(name) })
  }

  /** Nothing goes between these two from now on, in either direction. */
  separate(one: string, other: string): void {
    this.#apart.add([one, other].sort().join())
  }

  reunite(one: string, other: string): void {
    this.#apart.delete([one, other].sort().join())
  }

  id(name: string): NodeId {
    return NodeId.make(name)
  }

  /** From now on all messages of a kind to a node are lost, or are not any more. */
  loses(tag: string, to: string, isLost: boolean): void {
    if (isLost) this.#lost.add(`${tag} ${to}`)
    else this.#lost.delete(`${tag} ${to}`)
  }

  /** Holds back what is told as a turn, such as a message, until the function returned is called. */
  hold(of: RegExp): () => void {
    return this.#holds.hold(of)
  }

  /** Everything arrives again that can, and nobody is stopped anywhere. */
  heal(): void {
    this.#holds.releaseAll()
    this.#apart.clear()
    this.#lost.clear()
    for (const { injections } of this.#members.values()) injections.disableAll()
  }

  // ---- clients ---------------------------------------------------------------------------------------------------------

  /** Begins a schema change. */
  change(name: string, mutation: string): Promise<ChangeOutcome> {
    return this.on(name).change(OperationId.make(++this.#operations), Mutation.make(mutation))
  }

  // ---- what is so ------------------------------------------------------------------------------------------------------

  state(name: string): UpgradeState {
    return this.on(name).state
  }

  schema(name: string): SchemaSet {
    return this.member(name).life?.store.data.value.schema ?? []
  }

  group(name: string): GroupId | null {
    return this.member(name).life?.store.local.value.group ?? null
  }

  of<Tag extends RaftUpgradeLabel["_tag"]>(tag: Tag): ReadonlyArray<Extract<RaftUpgradeLabel, { readonly _tag: Tag }>> {
    return this.labels.filter((label): label is Extract<RaftUpgradeLabel, { readonly _tag: Tag }> => label._tag === tag)
  }

  hasArrived(...names: ReadonlyArray<string>): boolean {
    return names.every((name) => this.state(name) === post)
  }

  // ---- time ------------------------------------------------------------------------------------------------------------

  /** Lets everything happen that can happen without time passing. */
  async flush(): Promise<void> {
    for (let turn = 0; turn < 8; turn++) await breath()
  }

  async pass(milliseconds: number): Promise<void> {
    this.labels.push({ _tag: "Elapsed", ms: milliseconds })
    // Whoever wakes up may go to sleep again: no step may be so long that it would sleep over the end of that.
    for (let left = milliseconds; left > 0; left -= step) {
      this.clock.advance(Math.min(left, step))
      await this.flush()
    }
  }

  /** Lets time pass until something is so. */
  async until(what: () => boolean, seconds = 120): Promise<void> {
    await this.flush()
    for (let half = 0; half < 2 * seconds && !what(); half++) await this.pass(step)
    if (!what()) throw new Error(`it did not come to pass: ${what}`)
  }

  /** What comes of something, as long as that may take. */
  async outcome<Value>(what: Promise<Value>): Promise<Value> {
    let isOver = false
    const over = (): void => {
      isOver = true
    }
    what.then(over, over)
    await this.until(() => isOver)
    return what
  }

  #mint(name: string): Mint {
    const first = name.charCodeAt(0) - "A".charCodeAt(0) + 1
    return {
      group: () => GroupId.make(++this.#groups),
      // One that was erased is not given again.
      server: () => ServerId.make(first + 100 * this.member(name).servers++),
      state: () => StateId.make(++this.#states)
    }
  }

  #fate(message: OnItsWay): Fate {
    if (this.#apart.has([message.from, message.to].sort().join())) return "lose"
    if (message.what === "request" && this.#lost.has(`${message.tag} ${message.to}`)) return "lose"
    return this.#options.fate?.(message) ?? (message.broken ? "lose" : "deliver")
  }
}

/** Lets all microtasks run. */
const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
