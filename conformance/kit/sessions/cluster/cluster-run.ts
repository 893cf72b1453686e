/** One run of a cluster: deeds are done to it, events are chosen, and the laws hear of everything. */
import type { ClusterLabel } from "../../../../spec/sessions/labels.ts"
import { clusterLaws } from "../../../../spec/sessions/laws.ts"
import type { Metadata, NodeId, TabletId } from "../../../../spec/sessions/metadata.ts"
import type { Event } from "../../cluster/cluster-life.ts"
import { JudgedRun } from "../../cluster/judged-run.ts"
import { type ClusterSetup, type Deed, firstMetadata, type RunningCluster } from "./cluster-under-test.ts"

/** What an operator may purge: tombstones below a timestamp that a repair has brought to every replica. */
interface Seal {
  readonly below: number
  /** How much was told when the repair was ordered. */
  readonly from: number
}

/** What the kit knows of a cluster from what it did and heard: enough to say what makes sense next. */
export class ClusterRun extends JudgedRun<ClusterLabel, Deed, RunningCluster> {
  readonly setup: ClusterSetup
  readonly down = new Set<NodeId>()
  readonly cutOff = new Set<NodeId>()
  readonly lagging = new Set<NodeId>()
  /** Places where somebody may be stopped, as node and name. */
  readonly paused = new Map<string, readonly [node: NodeId, place: string]>()
  /** A truncation was ordered and has not ended: what is written meanwhile, nobody promises anything about. */
  isTruncating = false
  metadata: Metadata
  leader: NodeId
  /** The timestamp of the last write, and the number of the last request. */
  timestamp = 0
  requests = 0
  readonly #seals = new Map<TabletId, Seal>()
  readonly #unended = new Set<string>()
  /** Where a truncation was ordered last. */
  #truncatesAt: NodeId | undefined

  constructor(setup: ClusterSetup, cluster: RunningCluster) {
    super(cluster, clusterLaws)
    this.setup = setup
    this.leader = setup.nodes[0]!
    this.metadata = firstMetadata(setup)
    this.hear()
  }

  /** Nodes that run and were not declared dead. */
  get up(): ReadonlyArray<NodeId> {
    return this.setup.nodes.filter((node) => !this.down.has(node) && !this.metadata.ignored.includes(node))
  }

  /** Whether no request of a client is anywhere any more, so that what is there now is all there will be. */
  get isDataQuiet(): boolean {
    const isData = ({ name }: Event): boolean => name.includes("Write") || name.startsWith("storage:")
    return (
      this.#unended.size === 0 &&
      !this.cluster.waiting.some(isData) &&
      ![...this.paused.values()].some(([, place]) => place === "replica_write_wait")
    )
  }

  /** Below which timestamp tombstones of a tablet may be purged; undefined where no repair has seen to that. */
  purgeable(tablet: TabletId): number | undefined {
    const seal = this.#seals.get(tablet)
    if (seal === undefined || this.metadata.ignored.length > 0) return undefined
    const repaired = this.labels
      .slice(seal.from)
      .some(
        (label) =>
          label._tag === "OperationEnded" &&
          label.operation === "repair" &&
          label.tablet === tablet &&
          label.reason === null
      )
    return repaired ? seal.below : undefined
  }

  protected override heard(label: ClusterLabel): void {
    if (label._tag === "Committed") {
      const { topology } = label.metadata
      const before = this.metadata.topology?.over.length ?? 0
      if (topology !== undefined && topology.over.length > before) this.isTruncating = false
      if (isBusy(topology)) this.isTruncating = true
      this.metadata = label.metadata
    }
    if (label._tag === "Elected") this.leader = label.node
    if (label._tag === "RequestBegan") this.#unended.add(label.request)
    if (label._tag === "RequestEnded") this.#unended.delete(label.request)
  }

  isIdle(): boolean {
    const { session, tablets, topology } = this.metadata
    return (
      session === null &&
      !isBusy(topology) &&
      tablets.every(({ transition }) => transition === null) &&
      this.pending.length === 0
    )
  }

  protected override noted(deed: Deed): void {
    switch (deed._tag) {
      case "Crash":
        this.down.add(deed.node)
        // What was ordered there, and is not in group 0, is asked for by nobody any more.
        if (deed.node === this.#truncatesAt && !isBusy(this.metadata.topology)) this.isTruncating = false
        // A node that was cut off from group 0 is so still when it comes back; one that was slow need not be.
        this.lagging.delete(deed.node)
        for (const [key, [node]] of this.paused) if (node === deed.node) this.paused.delete(key)
        return
      case "Boot":
        this.down.delete(deed.node)
        return
      case "CutOff":
        this.cutOff.add(deed.node)
        return
      case "Heal":
        this.cutOff.delete(deed.node)
        return
      case "Lag":
        this.lagging.add(deed.node)
        return
      case "CatchUp":
        this.lagging.delete(deed.node)
        return
      case "Pause":
      case "FailAlways":
        this.paused.set(`${deed.node} ${deed.place}`, [deed.node, deed.place])
        return
      case "Resume":
      case "Unfail":
        this.paused.delete(`${deed.node} ${deed.place}`)
        return
      case "Order":
        if (deed.order._tag === "Truncate") {
          this.isTruncating = true
          this.#truncatesAt = deed.at
        }
        if (deed.order._tag === "Repair" && this.isDataQuiet && this.metadata.ignored.length === 0)
          this.#seals.set(deed.order.tablet, { below: this.timestamp + 1, from: this.labels.length })
        return
      default:
        return
    }
  }
}

/** Whether a request of the topology is in hand or waits; here all of them are truncations. */
const isBusy = (topology: Metadata["topology"]): boolean =>
  topology !== undefined && (topology.current !== null || topology.queue.length > 0)
