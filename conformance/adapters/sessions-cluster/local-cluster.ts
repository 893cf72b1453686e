/** A cluster of ours in this process: group 0, network, disks and nodes, all of which ask the kit before anything happens. */
import { VirtualClock } from "../../../impl/runtime/clock.ts"
import type { NodeCommand } from "../../../impl/sessions/control.ts"
import type { LocalMember } from "../../../impl/sessions/group0/local-group0.ts"
import { LocalGroup0 } from "../../../impl/sessions/group0/local-group0.ts"
import { DefaultInjections } from "../../../impl/sessions/injections-default.ts"
import { LocalNetwork } from "../../../impl/sessions/network/local-network.ts"
import type { Network } from "../../../impl/sessions/network/network.ts"
import type { NodeParts, RunningNode } from "../../../impl/sessions/node/parts.ts"
import { MemoryDisk } from "../../../impl/sessions/storage/memory-store.ts"
import type { Store } from "../../../impl/sessions/storage/store.ts"
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import type { Row } from "../../../spec/sessions/messages.ts"
import { type NodeId, ShardId, type TabletId } from "../../../spec/sessions/metadata.ts"
import type { Event, Fate } from "../../kit/cluster/cluster-life.ts"
import {
  type ClusterSetup,
  type Deed,
  firstMetadata,
  type RunningCluster
} from "../../kit/sessions/cluster/cluster-under-test.ts"
import { AnnouncedEvents, settled } from "../announced.ts"
import { commandOf } from "./commands.ts"
import type { Start } from "./start-with-registries.ts"

/** Changes what a node is built from, to see whether the kit notices. */
export type Tamper = (parts: NodeParts) => NodeParts

interface Member {
  readonly injections: DefaultInjections
  readonly disk: MemoryDisk
  readonly starts: number
  readonly store: Store
  readonly group0: LocalMember
  readonly network: Network
  /** Null while the node is down. */
  readonly running: RunningNode | null
  readonly mute: () => void
}

/** What tablets are restored from: a key that no client writes, for a restore may well bring back what was deleted. */
const backup = (): ReadonlyArray<Row> => [{ key: "b", timestamp: 0, value: "backed up" }]

export class LocalCluster implements RunningCluster {
  readonly labels: Array<ClusterLabel> = []
  readonly defects: Array<string> = []
  readonly #events = new AnnouncedEvents()
  readonly #clock = new VirtualClock()
  readonly #group0: LocalGroup0
  readonly #network: LocalNetwork
  readonly #members = new Map<NodeId, Member>()
  readonly #setup: ClusterSetup
  readonly #tamper: Tamper
  readonly #start: Start
  readonly #cutOff = new Set<NodeId>()
  /** Which start of the leader's it was that was elected. */
  #leadsSince = 0
  #fate: Fate | undefined

  constructor(setup: ClusterSetup, tamper: Tamper, start: Start) {
    this.#setup = setup
    this.#tamper = tamper
    this.#start = start
    const { turn } = this.#events
    const journal = (label: ClusterLabel): void => void this.labels.push(label)
    this.#group0 = new LocalGroup0({ first: firstMetadata(setup), journal, turn })
    this.#network = new LocalNetwork({
      journal,
      turn,
      fate: ({ broken }) => this.#fate ?? (broken ? "lose" : "deliver")
    })
  }

  async begin(): Promise<void> {
    for (const node of this.#setup.nodes) await this.#boot(node)
    this.#elect(this.#setup.nodes[0]!)
    await settled()
  }

  get waiting(): ReadonlyArray<Event> {
    return this.#events.waiting
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

  rows(node: NodeId, shard: number, tablet: TabletId): ReadonlyArray<Row> {
    return this.#member(node).store.rows(ShardId.make(shard), tablet)
  }

  async stop(): Promise<void> {
    for (const [node, { running }] of this.#members) if (running !== null) await this.#crash(node)
  }

  // ---- deeds ---------------------------------------------------------------------------------------------------------

  #perform(deed: Deed): Promise<void> | void {
    switch (deed._tag) {
      case "Order":
        return this.#command(deed.at, commandOf(deed.order))
      case "Ask":
        return this.#command(deed.at, { ...deed.ask, consistency: "QUORUM" })
      case "BreakConnection":
        return this.#network.kill(deed.from, deed.to)
      case "PassTime":
        return this.#clock.advance(deed.milliseconds)
      case "Crash":
        return this.#crash(deed.node)
      case "Boot":
        return this.#boot(deed.node)
      case "Elect":
        return this.#elect(deed.node)
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
        return this.#member(deed.node).group0.resume()
      case "Skip":
        return this.#member(deed.node).group0.snapshot()
      case "Pause":
      case "FailAlways":
        return this.#member(deed.node).injections.enable(deed.place)
      case "Fail":
        return this.#member(deed.node).injections.enable(deed.place, { once: true })
      case "Resume":
      case "Unfail":
        return this.#member(deed.node).injections.disable(deed.place)
    }
  }

  /** What comes of a command shows in labels. That it was refused is no defect; that it was thrown is one. */
  #command(node: NodeId, command: NodeCommand): void {
    this.#member(node)
      .running?.control(command)
      .catch((thrown: unknown) => this.defects.push(`${node}: ${command._tag}: ${String(thrown)}`))
  }

  #elect(node: NodeId): void {
    this.#leadsSince = this.#member(node).starts
    this.#group0.elect(node)
  }

  /** A leader that has restarted leads in a new term, if at all. */
  #leadAnew(node: NodeId): void {
    const { starts, running } = this.#member(node)
    const isThere = running !== null && !this.#cutOff.has(node)
    if (isThere && this.#group0.leadership.leader === node && starts !== this.#leadsSince) this.#elect(node)
  }

  // ---- nodes ---------------------------------------------------------------------------------------------------------

  async #boot(node: NodeId): Promise<void> {
    const known = this.#members.get(node)
    const starts = (known?.starts ?? 0) + 1
    // A node that comes back was told to stop nowhere.
    const injections = new DefaultInjections()
    const disk = known?.disk ?? new MemoryDisk(this.#events.turn)
    if (known !== undefined) this.labels.push({ _tag: "Restarted", node })
    let isHeard = true
    const group0 = this.#group0.member(node, { injections })
    const network = this.#network.join(node)
    const store = disk.open()
    const parts: NodeParts = {
      self: node,
      shards: this.#setup.shards,
      group0,
      network,
      store,
      journal: (label) => void (isHeard && this.labels.push(label)),
      injections
    }
    const running = await this.#start(this.#tamper(parts), {
      clock: this.#clock,
      incarnation: `${starts}`,
      streamPath: this.#setup.streamPath,
      backup,
      failed: (defect) => void this.defects.push(`${node}: ${String(defect)}`)
    })
    const mute = (): void => {
      isHeard = false
    }
    this.#members.set(node, { injections, disk, starts, store, group0, network, running, mute })
    this.#leadAnew(node)
  }

  /** The node is gone at once: it is not heard of any more, and what was not on its disk is lost. */
  async #crash(node: NodeId): Promise<void> {
    const member = this.#member(node)
    member.mute()
    member.disk.open()
    await member.running?.stop()
    await member.group0.close()
    await member.network.close()
    this.labels.push({ _tag: "Stopped", node })
    this.#members.set(node, { ...member, running: null })
  }

  #member(node: NodeId): Member {
    const member = this.#members.get(node)
    if (member === undefined) throw new RangeError(`there is no node ${node}`)
    return member
  }
}
