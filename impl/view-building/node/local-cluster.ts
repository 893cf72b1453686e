import { NodeId, type Replica, ShardId } from "../../../spec/metadata.ts"
import { TableId, TaskId, Token, ViewId } from "../../../spec/view-building/ids.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import type { BaseRow, Row } from "../../../spec/view-building/messages.ts"
import { type BuildingState, Feature, isBuilt, type Tablet } from "../../../spec/view-building/metadata.ts"
import { VirtualClock } from "../../runtime/clock.ts"
import { Holds } from "../../runtime/holds.ts"
import { type Changes, changes } from "../changes/changes.ts"
import { type CoordinatorOptions, reference as coordinatorReference } from "../coordinator/options.ts"
import { toldBy } from "../group0/group0.ts"
import { LocalGroup0, type LocalMember } from "../group0/local-group0.ts"
import { BuildingInjections, type InjectionName } from "../injections.ts"
import { LocalNetwork } from "../network/local-network.ts"
import type { Network } from "../network/network.ts"
import { MemoryDisk } from "../storage/memory-disk.ts"
import type { NodeStore } from "../storage/node-store.ts"
import { type WorkerOptions, reference as workerReference } from "../worker/options.ts"
import { ClusterNode } from "./cluster-node.ts"
import { type Machinery, machinery } from "./machinery.ts"

export const t = TableId.make("t")
export const u = TableId.make("u")
export const v = ViewId.make("v")
export const w = ViewId.make("w")
export const shards = [ShardId.make(0), ShardId.make(1)]

/** A replica, such as `A.1`. */
export const at = (place: string): Replica => ({
  node: NodeId.make(place.slice(0, 1)),
  shard: ShardId.make(Number(place.slice(2)))
})

export const tablet = (lastToken: number, ...places: ReadonlyArray<string>): Tablet => ({
  lastToken: Token.make(lastToken),
  replicas: places.map(at),
  transition: null
})

export const token = (value: number): Token => Token.make(value)

export const put = (key: string, at: number, timestamp = 1, value: string | null = `${key}${timestamp}`): BaseRow => ({
  key,
  timestamp,
  value,
  token: token(at)
})

interface Member {
  readonly injections: BuildingInjections
  readonly disk: MemoryDisk
  starts: number
  group0: LocalMember
  network: Network
  store: NodeStore
  running: ClusterNode
  /** A node that has crashed is heard no more. */
  mute: () => void
}

export interface ClusterOptions {
  readonly nodes?: ReadonlyArray<string>
  /** Nodes of a release that knows nothing of all this, in a cluster where nobody may use it yet. */
  readonly old?: ReadonlyArray<string>
  readonly worker?: Partial<WorkerOptions>
  readonly coordinator?: Partial<CoordinatorOptions>
  /** What nodes are built of, and what they tell group 0, where it is not the reference. */
  readonly machinery?: Partial<Machinery>
  readonly changes?: Partial<Changes>
  /** Is told everything as well. */
  readonly heard?: (label: ViewBuildingLabel) => void
}

/** Nodes of two shards each in one process, whose time passes only when told to. */
export class Cluster {
  readonly labels: ViewBuildingLabel[] = []
  readonly clock = new VirtualClock()
  readonly group0: LocalGroup0
  readonly network: LocalNetwork
  readonly #holds = new Holds()
  readonly #members = new Map<string, Member>()
  readonly #old: Set<string>
  readonly #down = new Set<string>()
  readonly #options: ClusterOptions
  /** What nobody foresaw. A test that does not expect any fails. */
  readonly defects: unknown[] = []

  private constructor(options: ClusterOptions) {
    this.#options = options
    this.#old = new Set(options.old)
    const nodes = (options.nodes ?? ["A", "B", "C"]).map((node) => NodeId.make(node))
    const state: BuildingState = {
      tasks: [],
      minTask: null,
      processing: null,
      statuses: [],
      tables: [],
      nodes,
      normal: nodes,
      ...(options.old === undefined ? {} : { features: [] })
    }
    const first = { state, lastTask: TaskId.make(0) }
    const { turn } = this.#holds
    this.group0 = new LocalGroup0({ first, turn, journal: toldBy((label) => this.#hear(label)) })
    this.network = new LocalNetwork({ turn })
  }

  static async start(options: ClusterOptions = {}): Promise<Cluster> {
    const cluster = new Cluster(options)
    for (const node of cluster.state.nodes) cluster.boot(node)
    cluster.group0.elect(NodeId.make("A"))
    await cluster.flush()
    return cluster
  }

  /** A cluster with a table of two tablets, each on two nodes, and some rows that no view knows of. */
  static async withTable(options: ClusterOptions = {}): Promise<Cluster> {
    const cluster = await Cluster.start(options)
    await cluster.soon(cluster.on("A").operator.createTable(t, [tablet(4, "A.0", "B.0"), tablet(9, "B.1", "C.0")]))
    for (const row of [put("a", 1), put("b", 4), put("c", 6), put("d", 9)]) await cluster.write("A", row)
    return cluster
  }

  #hear(label: ViewBuildingLabel): void {
    this.labels.push(label)
    this.#options.heard?.(label)
  }

  // ---- nodes ---------------------------------------------------------------------------------------------------------

  boot(name: string): void {
    const self = NodeId.make(name)
    const known = this.#members.get(name)
    const injections = known?.injections ?? new BuildingInjections()
    const disk = known?.disk ?? new MemoryDisk(this.#holds.turn)
    const starts = (known?.starts ?? 0) + 1
    let isHeard = true
    const group0 = this.group0.member(self, { injections })
    const network = this.network.join(self)
    const store = disk.open(shards)
    const running = new ClusterNode(
      {
        self,
        shards,
        group0,
        network,
        store,
        clock: this.clock,
        injections,
        turn: this.#holds.turn,
        tell: (label) => isHeard && this.#hear(label),
        worker: { ...workerReference, ...this.#options.worker },
        coordinator: { ...coordinatorReference, ...this.#options.coordinator },
        changes: { ...changes, ...this.#options.changes },
        knows: this.#old.has(name) ? [] : Feature.literals,
        incarnation: starts,
        failed: (error) => isHeard && this.defects.push(error)
      },
      this.group0.head,
      { ...machinery, ...this.#options.machinery }
    )
    const mute = (): void => {
      isHeard = false
    }
    this.#members.set(name, { injections, disk, starts, group0, network, store, running, mute })
    running.start()
  }

  /** The node is gone at once, with everything that is not on its disk. */
  async crash(name: string): Promise<void> {
    const { mute, running, group0, network, disk } = this.member(name)
    this.#down.add(name)
    mute()
    disk.open(shards)
    running.stop()
    await group0.close()
    await network.close()
    this.#hear({ _tag: "Stopped", node: NodeId.make(name) })
  }

  async restart(name: string): Promise<void> {
    await this.crash(name)
    this.revive(name)
    await this.flush()
  }

  /** A node starts anew, with a release that knows everything. */
  async upgrade(name: string): Promise<void> {
    this.#old.delete(name)
    await this.restart(name)
  }

  /** Ends a node in order, as far as it comes with that, and starts it again. */
  async shutDown(name: string): Promise<void> {
    void this.on(name).drain()
    await this.flush()
    await this.crash(name)
  }

  /** A node that has crashed comes back. Where it has led, it leads in a new term. */
  revive(name: string): void {
    const node = NodeId.make(name)
    this.#down.delete(name)
    this.#hear({ _tag: "Restarted", node })
    this.boot(name)
    if (this.group0.leadership.leader === node) this.group0.elect(node)
  }

  member(name: string): Member {
    const member = this.#members.get(name)
    if (member === undefined) throw new RangeError(`there is no node ${name}`)
    return member
  }

  on(name: string): ClusterNode {
    return this.member(name).running
  }

  /** Every other node comes to believe that this one is up, or that it is not. */
  mark(name: string, alive: boolean): void {
    for (const [other, { running }] of this.#members) if (other !== name) running.hosts.mark(NodeId.make(name), alive)
  }

  async elect(name: string): Promise<void> {
    this.group0.elect(NodeId.make(name))
    await this.flush()
  }

  inject(node: string, name: InjectionName, once = false): BuildingInjections {
    const { injections } = this.member(node)
    injections.enable(name, { once })
    return injections
  }

  /** Holds back what is told as a turn, such as a message or a write to disk, until the function returned is called. */
  hold(of: RegExp): () => void {
    return this.#holds.hold(of)
  }

  /** Makes every such turn take some time. */
  slow(of: RegExp, milliseconds: number): void {
    this.#holds.slow(of, () => new Promise((resolve) => this.clock.setTimer(milliseconds, resolve)))
  }

  everywhere(name: InjectionName, what: "enable" | "disable"): void {
    for (const { injections } of this.#members.values()) injections[what](name)
  }

  /** From here on nothing is held back, nothing fails, and every node is up and known to be. */
  async calm(): Promise<void> {
    this.#holds.releaseAll()
    for (const [name, { injections }] of this.#members) {
      injections.disableAll()
      this.group0.heal(NodeId.make(name))
    }
    for (const name of [...this.#down]) this.revive(name)
    for (const name of this.#members.keys()) this.mark(name, true)
    await this.flush()
  }

  // ---- what happens --------------------------------------------------------------------------------------------------

  async write(node: string, row: BaseRow, base = t): Promise<boolean> {
    return this.soon(this.on(node).clients.write(base, row))
  }

  get state(): BuildingState {
    return this.group0.head.metadata.state
  }

  isBuilt(view: ViewId): boolean {
    return isBuilt(this.state, view)
  }

  stage(lastToken: number, base = t): string | null {
    const table = this.state.tables.find((one) => one.base === base)
    return table?.tablets.find((one) => one.lastToken === lastToken)?.transition?.stage ?? null
  }

  /** What a node's replica of a view has that was not deleted, such as `k=v`. */
  view(node: string, view: ViewId): ReadonlyArray<string> {
    return this.member(node).store.viewRows(view).flatMap(shown)
  }

  /** What a node's replicas of a base have. */
  base(node: string, base = t): ReadonlyArray<string> {
    return this.member(node).store.baseRows(base).flatMap(shown)
  }

  of<Tag extends ViewBuildingLabel["_tag"]>(
    tag: Tag
  ): ReadonlyArray<Extract<ViewBuildingLabel, { readonly _tag: Tag }>> {
    return this.labels.filter(
      (label): label is Extract<ViewBuildingLabel, { readonly _tag: Tag }> => label._tag === tag
    )
  }

  // ---- time ----------------------------------------------------------------------------------------------------------

  /** Lets everything happen that can happen without time passing. */
  async flush(): Promise<void> {
    for (let turn = 0; turn < 5; turn++) await breath()
  }

  /** What comes of something that needs no time. */
  async soon<Value>(what: Promise<Value>): Promise<Value> {
    await this.flush()
    return what
  }

  async pass(milliseconds: number): Promise<void> {
    this.#hear({ _tag: "Elapsed", ms: milliseconds })
    this.clock.advance(milliseconds)
    await this.flush()
  }

  /** Lets time pass until something is so. */
  async until(what: () => boolean, seconds = 60): Promise<void> {
    await this.flush()
    for (let tenth = 0; tenth < 10 * seconds && !what(); tenth++) await this.pass(100)
    if (!what()) throw new Error(`it did not come to pass: ${what}; tasks: ${JSON.stringify(this.state.tasks)}`)
  }

  /** Whether nobody has anything left to do. */
  get isIdle(): boolean {
    const { tasks, processing, tables } = this.state
    return (
      tasks.length === 0 &&
      processing === null &&
      tables.every(({ views, tablets }) => views.every((view) => this.isBuilt(view)) && tablets.every(isAtRest))
    )
  }

  /** Lets time pass until nobody has anything left to do. */
  async settle(seconds = 60): Promise<void> {
    await this.until(() => this.isIdle, seconds)
    await this.pass(1000)
  }
}

const isAtRest = ({ transition }: Tablet): boolean => transition === null

const shown = ({ key, value }: Row): ReadonlyArray<string> => (value === null ? [] : [`${key}=${value}`])

/** Lets all microtasks run. */
const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
