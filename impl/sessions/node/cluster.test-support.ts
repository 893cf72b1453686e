import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import { type Reason, RequestId, type Row } from "../../../spec/sessions/messages.ts"
import {
  type Metadata,
  NodeId,
  type Replica,
  ShardId,
  type Stage,
  type Tablet,
  TabletId,
  type Topology,
  type TopologyStage,
  Version
} from "../../../spec/sessions/metadata.ts"
import { VirtualClock } from "../../runtime/clock.ts"
import type { Turn } from "../../runtime/turn.ts"
import type { Consistency, ControlAnswer, NodeCommand } from "../control.ts"
import type { LocalMember } from "../group0/local-group0.ts"
import { LocalGroup0 } from "../group0/local-group0.ts"
import { DefaultInjections, type InjectionName } from "../injections-default.ts"
import { LocalNetwork, type OnItsWay } from "../network/local-network.ts"
import type { Network } from "../network/network.ts"
import { range, topologyOf } from "../ring.ts"
import { MemoryDisk } from "../storage/memory-store.ts"
import type { NodeParts, RunningNode } from "./parts.ts"
import { type NodeOptions, startNode } from "./start-node.ts"

export const at = (node: string, shard = 0): Replica => ({ node: NodeId.make(node), shard: ShardId.make(shard) })
export const t1 = TabletId.make("t1")
export const t2 = TabletId.make("t2")
export const put = (key: string, timestamp: number, value: string | null = `${key}${timestamp}`): Row => ({
  key,
  timestamp,
  value
})

export const tablet = (name: TabletId, ...replicas: Replica[]): Tablet => ({ tablet: name, replicas, transition: null })

export const metadataOf = (tablets: ReadonlyArray<Tablet>, nodes: ReadonlyArray<string>): Metadata => ({
  version: Version.make(1),
  fence: Version.make(1),
  session: null,
  nodes: nodes.map((node) => NodeId.make(node)),
  ignored: [],
  tablets
})

const ringOf = (owners: ReadonlyArray<string>): Topology => ({
  queue: [],
  current: null,
  over: [],
  owners: owners.map((node) => NodeId.make(node)),
  dirty: []
})

interface Member {
  readonly injections: DefaultInjections
  readonly disk: MemoryDisk
  starts: number
  group0: LocalMember
  network: Network
  running: RunningNode
  /** What the node of the last start tells; a node that has crashed is heard no more. */
  mute: () => void
}

/** What could happen next, to be told one by one that it may. */
export class Turns {
  readonly #waiting: Array<() => void> = []
  readonly #pick: (count: number) => number

  constructor(pick: (count: number) => number) {
    this.#pick = pick
  }

  readonly turn: Turn = () => new Promise((resolve) => this.#waiting.push(resolve))

  /** Lets one of the things happen; false where there is none. */
  step(): boolean {
    const [next] = this.#waiting.splice(this.#pick(this.#waiting.length), 1)
    next?.()
    return next !== undefined
  }
}

export interface ClusterOptions extends NodeOptions {
  /** Decides what happens next; without it everything happens in the order in which it was asked for. */
  readonly turns?: Turns
  readonly nodes?: ReadonlyArray<string>
  readonly tablets?: ReadonlyArray<Tablet>
  /** Who owns the ring at first; without it there is none. */
  readonly owners?: ReadonlyArray<string>
  /** Who is a member at first; without it every node. */
  readonly members?: ReadonlyArray<string>
}

/** Nodes A, B, C and D of two shards each in one process; A leads, and t1 lives on the first shards of A, B and C. */
export class Cluster {
  readonly clock = new VirtualClock()
  readonly labels: ClusterLabel[] = []
  readonly group0: LocalGroup0
  readonly network: LocalNetwork
  /** What becomes of messages; everything arrives whose connection stands, unless a test says otherwise. */
  fate: ((message: OnItsWay) => "deliver" | "lose" | "duplicate") | undefined
  readonly #members = new Map<string, Member>()
  readonly #options: NodeOptions
  readonly #turns: Turns | undefined
  readonly #awaitedStages = new Map<string, () => void>()
  #requests = 0

  private constructor({ nodes = ["A", "B", "C", "D"], tablets, turns, owners, members, ...options }: ClusterOptions) {
    const known = metadataOf(tablets ?? [tablet(t1, at("A"), at("B"), at("C"))], members ?? nodes)
    const first = owners === undefined ? known : { ...known, topology: ringOf(owners) }
    const journal = (label: ClusterLabel): void => this.#hear(label)
    this.#options = options
    this.#turns = turns
    const turn = turns === undefined ? {} : { turn: turns.turn }
    this.group0 = new LocalGroup0({ first, journal, ...turn })
    const usual = ({ broken }: OnItsWay) => (broken ? "lose" : "deliver")
    const fate = (message: OnItsWay) => (this.fate ?? usual)(message)
    this.network = new LocalNetwork({ journal, fate, ...turn })
  }

  static async start(options: ClusterOptions = {}): Promise<Cluster> {
    const cluster = new Cluster(options)
    for (const node of options.nodes ?? ["A", "B", "C", "D"]) await cluster.boot(node)
    cluster.group0.elect(NodeId.make("A"))
    await cluster.flush()
    return cluster
  }

  // ---- nodes ---------------------------------------------------------------------------------------------------------

  async boot(name: string): Promise<void> {
    const node = NodeId.make(name)
    const known = this.#members.get(name)
    const injections = known?.injections ?? new DefaultInjections()
    const disk = known?.disk ?? new MemoryDisk(this.#turns?.turn)
    const starts = (known?.starts ?? 0) + 1
    let isHeard = true
    const group0 = this.group0.member(node, { injections })
    const network = this.network.join(node)
    const parts: NodeParts = {
      self: node,
      shards: 2,
      group0,
      network,
      store: disk.open(),
      journal: (label) => isHeard && this.#hear(label),
      injections
    }
    const incarnation = `${starts}`
    const running = await startNode(parts, { clock: this.clock, incarnation, ...this.#options })
    const mute = (): void => {
      isHeard = false
    }
    this.#members.set(name, { injections, disk, starts, group0, network, running, mute })
  }

  async restart(name: string): Promise<void> {
    await this.crash(name)
    const node = NodeId.make(name)
    this.labels.push({ _tag: "Restarted", node })
    await this.boot(name)
    // A leader that was gone for a while leads in a new term, if at all.
    if (this.group0.leadership.leader === node) this.group0.elect(node)
  }

  /** The node is gone at once: it is not heard of any more, and what was not on its disk is lost. */
  async crash(name: string): Promise<void> {
    const { mute, running, group0, network, disk } = this.member(name)
    mute()
    disk.open()
    await running.stop()
    await group0.close()
    await network.close()
    this.labels.push({ _tag: "Stopped", node: NodeId.make(name) })
  }

  member(name: string): Member {
    const member = this.#members.get(name)
    if (member === undefined) throw new RangeError(`there is no node ${name}`)
    return member
  }

  inject(node: string, name: InjectionName, once = true): DefaultInjections {
    const { injections } = this.member(node)
    injections.enable(name, { once })
    return injections
  }

  /** Does something as soon as a tablet, or the ring, has come to a stage, before anybody else acts upon it. */
  whenIn(stage: Stage | TopologyStage | null, act: () => void, name = t1): void {
    this.#awaitedStages.set(`${name} ${stage}`, act)
  }

  #hear(label: ClusterLabel): void {
    this.labels.push(label)
    if (label._tag !== "Committed") return
    const { tablets, topology } = label.metadata
    for (const { tablet, transition } of tablets) this.#come(tablet, transition?.stage ?? null)
    this.#come(range, topology?.current?.stage ?? null)
  }

  #come(name: TabletId, stage: Stage | TopologyStage | null): void {
    const act = this.#awaitedStages.get(`${name} ${stage}`)
    this.#awaitedStages.delete(`${name} ${stage}`)
    if (act !== undefined) queueMicrotask(act)
  }

  // ---- commands ------------------------------------------------------------------------------------------------------

  order(node: string, command: NodeCommand): Promise<ControlAnswer> {
    return this.member(node).running.control(command)
  }

  migrate(from: Replica, to: Replica, name = t1): Promise<ControlAnswer> {
    return this.order("B", { _tag: "MigrateTablet", tablet: name, from, to })
  }

  write(node: string, row: Row, consistency: Consistency = "ALL", name = t1): Promise<ControlAnswer> {
    const request = RequestId.make(`w${++this.#requests}`)
    return this.order(node, { _tag: "Write", request, tablet: name, row, consistency })
  }

  /** What a client reads; undefined where the request failed. */
  async read(node: string, key: string, consistency: Consistency = "QUORUM"): Promise<Row | null | undefined> {
    const request = RequestId.make(`r${++this.#requests}`)
    const answer = await this.order(node, { _tag: "Read", request, tablet: t1, key, consistency })
    return answer._tag === "RequestEnded" && answer.ok ? (answer.rows[0] ?? null) : undefined
  }

  // ---- what there is -------------------------------------------------------------------------------------------------

  get metadata(): Metadata {
    return this.group0.head.metadata
  }

  tablet(name = t1): Tablet {
    return this.metadata.tablets.find((known) => known.tablet === name)!
  }

  stage(name = t1): Stage | null {
    return this.tablet(name).transition?.stage ?? null
  }

  get topology(): Topology {
    return topologyOf(this.metadata)
  }

  /** Every stage that group 0 committed for topology requests, in order; `-` where none is in hand. */
  topologyStages(): ReadonlyArray<string> {
    const all = this.of("Committed").map(({ metadata }) => topologyOf(metadata).current?.stage ?? "-")
    return all.filter((stage, position) => stage !== all[position - 1])
  }

  /** The nodes and shards of a tablet's replicas, such as `A0`. */
  replicas(name = t1): ReadonlyArray<string> {
    return this.tablet(name).replicas.map(({ node, shard }) => `${node}${shard}`)
  }

  /** What a node has of a tablet on a shard, such as `k=v2`. */
  async data(node: string, shard = 0, name = t1): Promise<ReadonlyArray<string>> {
    const answer = await this.order(node, { _tag: "Dump" })
    if (answer._tag !== "Dumped") return []
    const rows = answer.shards[shard]?.tablets.find((known) => known.tablet === name)?.rows ?? []
    return rows.map(({ key, value }) => `${key}=${value}`)
  }

  of<Tag extends ClusterLabel["_tag"]>(tag: Tag): ReadonlyArray<Extract<ClusterLabel, { readonly _tag: Tag }>> {
    return this.labels.filter((label): label is Extract<ClusterLabel, { readonly _tag: Tag }> => label._tag === tag)
  }

  /** Every stage that group 0 committed for a tablet, in order; `-` where it is in none. */
  stages(name = t1): ReadonlyArray<string> {
    const all = this.of("Committed").map(
      ({ metadata }) => metadata.tablets.find((known) => known.tablet === name)?.transition?.stage ?? "-"
    )
    return all.filter((stage, position) => stage !== all[position - 1])
  }

  turnedAway(node: string): ReadonlyArray<Reason> {
    return this.of("TurnedAway").flatMap((label) => (label.node === node ? label.reason : []))
  }

  // ---- time ----------------------------------------------------------------------------------------------------------

  /** Lets everything happen that can happen without time passing. */
  async flush(): Promise<void> {
    for (let turn = 0; turn < 3; turn++) {
      do await breath()
      while (this.#turns?.step())
    }
  }

  /** Lets one of the things happen that could; false where there is none. */
  step(): boolean {
    return this.#turns?.step() ?? false
  }

  /** What comes of something, once everything has happened that it needs. */
  async soon<Value>(what: Promise<Value>): Promise<Value> {
    await this.flush()
    return what
  }

  /** Lets time pass, second by second, until something is so. */
  async until(what: () => boolean, seconds = 60): Promise<void> {
    await this.flush()
    for (let second = 0; second < seconds && !what(); second++) {
      this.clock.advance(1000)
      await this.flush()
    }
    const stages = [...this.stages(), "and", ...this.topologyStages()].join(" ")
    if (!what()) throw new Error(`it did not come to pass: ${what}; stages: ${stages}`)
  }

  untilIdle(name = t1): Promise<void> {
    return this.until(() => this.stage(name) === null)
  }

  /** What comes of an order, while time passes. */
  async ended<Value>(what: Promise<Value>): Promise<Value> {
    let isOver = false
    void what.finally(() => {
      isOver = true
    })
    await this.until(() => isOver)
    return what
  }
}

/** Lets all microtasks run. */
export const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
