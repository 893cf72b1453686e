/** One run of a cluster that builds views, with what the kit knows of it: enough to say what makes sense next. */
import { type NodeId, Term } from "../../../../spec/metadata.ts"
import type { TableId, ViewId } from "../../../../spec/view-building/ids.ts"
import type { ViewBuildingLabel } from "../../../../spec/view-building/labels.ts"
import { buildingLaws } from "../../../../spec/view-building/laws.ts"
import { type BuildingState, isBuilt } from "../../../../spec/view-building/metadata.ts"
import { JudgedRun } from "../../cluster/judged-run.ts"
import { type ClusterSetup, type Deed, firstState, type RunningCluster } from "./cluster-under-test.ts"

export class ClusterRun extends JudgedRun<ViewBuildingLabel, Deed, RunningCluster> {
  readonly setup: ClusterSetup
  readonly down = new Set<NodeId>()
  /** Nodes that are believed to be down. */
  readonly convicted = new Set<NodeId>()
  readonly cutOff = new Set<NodeId>()
  readonly lagging = new Set<NodeId>()
  /** Nodes that have led and were not told that they do not any more. */
  readonly untold = new Set<NodeId>()
  /** Places where somebody may be stopped, as node and name. */
  readonly paused = new Map<string, readonly [node: NodeId, place: string]>()
  /** What group 0 says, and in which term who leads it. */
  state: BuildingState
  leader: NodeId
  term = Term.make(0)
  /** The timestamp of the last write. */
  timestamp = 0
  /** How many views were created, each under a name of its own. */
  views = 0
  /** Views that are there, or were ordered and may come. */
  created: ReadonlyArray<{ readonly base: TableId; readonly view: ViewId }> = []
  /** How many sstables were written anew. */
  rewrites = 0

  constructor(setup: ClusterSetup, cluster: RunningCluster) {
    super(cluster, buildingLaws)
    this.setup = setup
    this.leader = setup.nodes[0]!
    this.state = firstState(setup)
    this.hear()
  }

  /** Nodes that run. */
  get up(): ReadonlyArray<NodeId> {
    return this.setup.nodes.filter((node) => !this.down.has(node))
  }

  /** Whether no rows are on their way from outside, so that every replica has what any has. */
  get isDataQuiet(): boolean {
    return !this.cluster.unended("rows") && !this.cluster.waiting.some(({ name }) => name.includes("WriteBase"))
  }

  /** Whether every view is built, and nobody has anything left to do. */
  isIdle(): boolean {
    const { tasks, processing, tables } = this.state
    return (
      tasks.length === 0 &&
      processing === null &&
      tables.every(({ tablets }) => tablets.every(({ transition }) => transition === null)) &&
      tables.every(({ views }) => views.every((view) => isBuilt(this.state, view))) &&
      !this.cluster.unended("rows") &&
      !this.cluster.unended("tablets") &&
      !this.cluster.unended("order") &&
      this.pending.length === 0
    )
  }

  protected override heard(label: ViewBuildingLabel): void {
    if (label._tag === "Committed") {
      const { change, state } = label
      this.state = state
      if (change._tag === "DropView") this.created = this.created.filter(({ view }) => view !== change.view)
    }
    if (label._tag === "Elected") {
      this.leader = label.node
      this.term = label.term
    }
  }

  protected override noted(deed: Deed): void {
    switch (deed._tag) {
      case "Order":
        if (deed.order._tag === "CreateView") this.created = [...this.created, deed.order]
        return
      case "Crash":
        this.down.add(deed.node)
        // What was ordered there may never come.
        this.created = this.state.tables.flatMap(({ base, views }) => views.map((view) => ({ base, view })))
        this.untold.delete(deed.node)
        // A node that was cut off from group 0 is so still when it comes back; one that was slow need not be.
        this.lagging.delete(deed.node)
        for (const [key, [node]] of this.paused) if (node === deed.node) this.paused.delete(key)
        return
      case "Boot":
        this.down.delete(deed.node)
        return
      case "Mark":
        this.convicted[deed.alive ? "delete" : "add"](deed.node)
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
        this.untold.delete(deed.node)
        return
      case "Depose":
        this.untold.clear()
        this.untold.add(deed.old)
        return
      case "Elect":
        this.untold.clear()
        return
      case "Tell":
        this.untold.delete(deed.node)
        return
      case "Pause":
        this.paused.set(`${deed.node} ${deed.place}`, [deed.node, deed.place])
        return
      case "Resume":
        this.paused.delete(`${deed.node} ${deed.place}`)
        return
      default:
        return
    }
  }
}
