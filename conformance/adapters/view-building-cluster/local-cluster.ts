/** A cluster of ours in this process: group 0, network, disks and nodes, all of which ask the kit before anything happens. */

import { VirtualClock } from "../../../impl/runtime/clock.ts"
import { Injected } from "../../../impl/runtime/injections.ts"
import { Aborted } from "../../../impl/runtime/waits.ts"
import { changes } from "../../../impl/view-building/changes/changes.ts"
import { reference as coordinatorReference } from "../../../impl/view-building/coordinator/options.ts"
import { toldBy, Unavailable } from "../../../impl/view-building/group0/group0.ts"
import { LocalGroup0, type LocalMember } from "../../../impl/view-building/group0/local-group0.ts"
import { BuildingInjections } from "../../../impl/view-building/injections.ts"
import { LocalNetwork } from "../../../impl/view-building/network/local-network.ts"
import { ConnectionBroken, type Network } from "../../../impl/view-building/network/network.ts"
import { ClusterNode } from "../../../impl/view-building/node/cluster-node.ts"
import { NotDone } from "../../../impl/view-building/node/operator.ts"
import type { NodeParts } from "../../../impl/view-building/node/parts.ts"
import { MemoryDisk } from "../../../impl/view-building/storage/memory-disk.ts"
import type { NodeStore } from "../../../impl/view-building/storage/node-store.ts"
import { reference as workerReference } from "../../../impl/view-building/worker/options.ts"
import { type NodeId, ShardId } from "../../../spec/metadata.ts"
import { type TableId, TaskId, type ViewId } from "../../../spec/view-building/ids.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import type { Row } from "../../../spec/view-building/messages.ts"
import { Feature } from "../../../spec/view-building/metadata.ts"
import type { Event, Fate } from "../../kit/cluster/cluster-life.ts"
import {
  type Asked,
  type ClusterSetup,
  type Deed,
  firstState,
  type Order,
  type RunningCluster
} from "../../kit/view-building/cluster/cluster-under-test.ts"
import { AnnouncedEvents, settled } from "../announced.ts"

/** Changes what a node is built from, to see whether the kit notices. */
export type Tamper = (parts: NodeParts) => NodeParts

interface Member {
  readonly injections: BuildingInjections
  readonly disk: MemoryDisk
  readonly starts: number
  readonly store: NodeStore
  readonly group0: LocalMember
  readonly network: Network
  /** Null while the node is down. */
  readonly running: ClusterNode | null
  readonly mute: () => void
}

/** What a node that is asked for something may fail with, in a cluster in which things go wrong. */
const isExpected = (error: unknown): boolean =>
  [Unavailable, ConnectionBroken, Injected, Aborted, NotDone].some((kind) => error instanceof kind)

export class LocalCluster implements RunningCluster {
  readonly labels: Array<ViewBuildingLabel> = []
  readonly defects: Array<string> = []
  readonly #events = new AnnouncedEvents()
  readonly #clock = new VirtualClock()
  readonly #group0: LocalGroup0
  readonly #network: LocalNetwork
  readonly #members = new Map<NodeId, Member>()
  readonly #setup: ClusterSetup
  readonly #shards: ReadonlyArray<ShardId>
  readonly #tamper: Tamper
  readonly #cutOff = new Set<NodeId>()
  /** Nodes that everybody else believes to be down. */
  readonly #convicted = new Set<NodeId>()
  /** Which start of the leader's it was that was elected. */
  #leadsSince = 0
  #fate: Fate | undefined
  /** Requests from outside that have not ended, by the node that was asked. */
  readonly #asked = new Set<{ readonly at: NodeId; readonly what: Asked }>()

  constructor(setup: ClusterSetup, tamper: Tamper) {
    this.#setup = setup
    this.#tamper = tamper
    this.#shards = Array.from({ length: setup.shards }, (_, shard) => ShardId.make(shard))
    const { turn } = this.#events
    const first = { state: firstState(setup), lastTask: TaskId.make(0) }
    this.#group0 = new LocalGroup0({ first, journal: toldBy((label) => void this.labels.push(label)), turn })
    this.#network = new LocalNetwork({ turn, fate: ({ broken }) => this.#fate ?? (broken ? "lose" : "deliver") })
  }

  async begin(): Promise<void> {
    for (const node of this.#setup.nodes) this.#boot(node)
    this.#elect(this.#setup.nodes[0]!)
    await settled()
  }

  get waiting(): ReadonlyArray<Event> {
    return this.#events.waiting
  }

  unended(what: Asked): boolean {
    return [...this.#asked].some((asked) => asked.what === what)
  }

  async happen(event: Event, fate?: Fate): Promise<void> {
    this.#fate = fate
    this.#events.release(event)
    await settled()
    this.#fate = undefined
  }

  async perform(deed: Deed): Promise<void> {
    await this.#perform(deed)
    await settled()
  }

  staging(node: NodeId, base: TableId): ReturnType<RunningCluster["staging"]> {
    return this.#member(node).store.shards.flatMap((store) =>
      store.data(base).staging.map(({ sstable }) => ({ shard: store.shard, sstable }))
    )
  }

  baseRows(node: NodeId, base: TableId): ReadonlyArray<Row> {
    return this.#member(node).store.baseRows(base)
  }

  viewRows(node: NodeId, view: ViewId): ReadonlyArray<Row> {
    return this.#member(node).store.viewRows(view)
  }

  async stop(): Promise<void> {
    for (const [node, { running }] of this.#members) if (running !== null) await this.#crash(node)
  }

  // ---- deeds ---------------------------------------------------------------------------------------------------------

  #perform(deed: Deed): Promise<void> | void {
    switch (deed._tag) {
      case "Order":
        return this.#ask(deed.at, kindOf(deed.order), (node) => ordered(node, deed.order))
      case "Write":
        return this.#ask(deed.at, "rows", (node) => node.clients.write(deed.base, deed.row))
      case "Load":
        for (const at of this.#members.keys()) this.#ask(at, "rows", (node) => node.load(deed.base, deed.row))
        return
      case "Rewrite":
        return this.#ask(deed.node, "order", (node) => node.rewrite(deed.shard, deed.sstable, deed.by))
      case "BreakConnection":
        return this.#network.kill(deed.from, deed.to)
      case "PassTime":
        this.labels.push({ _tag: "Elapsed", ms: deed.milliseconds })
        return this.#clock.advance(deed.milliseconds)
      case "Mark":
        this.#convicted[deed.alive ? "delete" : "add"](deed.node)
        for (const [other, { running }] of this.#members)
          if (other !== deed.node) running?.hosts.mark(deed.node, deed.alive)
        return
      case "Crash":
        return this.#crash(deed.node)
      case "Boot":
        return this.#boot(deed.node)
      case "Elect":
        return this.#elect(deed.node)
      case "Depose":
        return this.#depose(deed.node, deed.old)
      case "Tell":
        return this.#group0.tell(deed.node)
      case "CutOff":
        this.#cutOff.add(deed.node)
        return this.#group0.partition(deed.node)
      case "Heal":
        this.#cutOff.delete(deed.node)
        this.#group0.heal(deed.node)
        return this.#leadAnew(deed.node)
      case "Lag":
        return this.#member(deed.node).group0.pause()
      case "CatchUp":
        // Whoever hears what a leader has committed hears who leads.
        this.#group0.tell(deed.node)
        return this.#member(deed.node).group0.resume()
      case "Skip":
        return this.#member(deed.node).group0.snapshot()
      case "Pause":
        return this.#member(deed.node).injections.enable(deed.place)
      case "Fail":
        return this.#member(deed.node).injections.enable(deed.place, { once: true })
      case "Resume":
        return this.#member(deed.node).injections.disable(deed.place)
    }
  }

  /** What comes of it shows in labels. That it could not be done is no defect; that something else was thrown is one. */
  #ask(at: NodeId, what: Asked, ask: (node: ClusterNode) => Promise<unknown>): void {
    const { running } = this.#member(at)
    if (running === null) return
    const asked = { at, what }
    this.#asked.add(asked)
    const failed = (thrown: unknown): void => {
      if (this.#asked.has(asked) && !isExpected(thrown)) this.defects.push(`${at}: ${String(thrown)}`)
    }
    void ask(running)
      .catch(failed)
      .finally(() => this.#asked.delete(asked))
  }

  #elect(node: NodeId): void {
    this.#leadsSince = this.#member(node).starts
    this.#group0.elect(node)
  }

  /** Whoever does not hear who leads hears of nothing that was committed either. */
  #depose(node: NodeId, old: NodeId): void {
    const { group0 } = this.#member(old)
    group0.pause()
    const unlisten = group0.onLeadership(() => {
      unlisten()
      group0.resume()
    })
    this.#leadsSince = this.#member(node).starts
    this.#group0.elect(node, [old])
  }

  /** A leader that has restarted leads in a new term, if at all. */
  #leadAnew(node: NodeId): void {
    const { starts, running } = this.#member(node)
    const isThere = running !== null && !this.#cutOff.has(node)
    if (isThere && this.#group0.leadership.leader === node && starts !== this.#leadsSince) this.#elect(node)
  }

  // ---- nodes ---------------------------------------------------------------------------------------------------------

  #boot(node: NodeId): void {
    const known = this.#members.get(node)
    const starts = (known?.starts ?? 0) + 1
    // A node that comes back was told to stop nowhere.
    const injections = new BuildingInjections()
    const disk = known?.disk ?? new MemoryDisk(this.#events.turn)
    if (known !== undefined) this.labels.push({ _tag: "Restarted", node })
    let isHeard = true
    const group0 = this.#group0.member(node, { injections })
    const network = this.#network.join(node)
    const store = disk.open(this.#shards)
    const parts: NodeParts = {
      self: node,
      shards: this.#shards,
      group0,
      network,
      store,
      clock: this.#clock,
      injections,
      turn: this.#events.turn,
      tell: (label) => void (isHeard && this.labels.push(label)),
      worker: workerReference,
      coordinator: coordinatorReference,
      changes,
      knows: Feature.literals,
      incarnation: starts,
      failed: (defect) => void (isHeard && this.defects.push(`${node}: ${String(defect)}`))
    }
    const running = new ClusterNode(this.#tamper(parts), this.#group0.head)
    const mute = (): void => {
      isHeard = false
    }
    this.#members.set(node, { injections, disk, starts, store, group0, network, running, mute })
    running.start()
    // Whoever comes back hears from the others who is down.
    for (const other of this.#convicted) if (other !== node) running.hosts.mark(other, false)
    this.#leadAnew(node)
  }

  /** The node is gone at once: it is not heard of any more, and what was not on its disk is lost. */
  async #crash(node: NodeId): Promise<void> {
    const member = this.#member(node)
    member.mute()
    member.disk.open(this.#shards)
    member.running?.stop()
    await member.group0.close()
    await member.network.close()
    // Nobody waits any more for what a fallen node was asked for.
    for (const asked of this.#asked) if (asked.at === node) this.#asked.delete(asked)
    this.labels.push({ _tag: "Stopped", node })
    this.#members.set(node, { ...member, running: null })
  }

  #member(node: NodeId): Member {
    const member = this.#members.get(node)
    if (member === undefined) throw new RangeError(`there is no node ${node}`)
    return member
  }
}

const kindOf = ({ _tag }: Order): Asked => (_tag === "Move" || _tag === "Resize" ? "tablets" : "order")

const ordered = ({ operator }: ClusterNode, order: Order): Promise<void> => {
  switch (order._tag) {
    case "CreateView":
      return operator.createView(order.base, order.view)
    case "DropView":
      return operator.dropView(order.view)
    case "Move":
      return operator.move(order.base, order.lastToken, order.next, order.kind)
    case "Resize":
      return operator.resize(order.base, order.how)
    case "Truncate":
      return operator.truncate(order.base)
  }
}
