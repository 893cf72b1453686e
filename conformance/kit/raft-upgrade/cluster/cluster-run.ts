/** One run of a cluster on its way to group 0, with what the kit knows of it: enough to say what makes sense next. */
import type { NodeId } from "../../../../spec/metadata.ts"
import type { RaftUpgradeLabel } from "../../../../spec/raft-upgrade/labels.ts"
import { upgradeLaws } from "../../../../spec/raft-upgrade/laws.ts"
import { pathIn } from "../../../../spec/raft-upgrade/permissions.ts"
import { post, synchronize, type UpgradeState } from "../../../../spec/raft-upgrade/states.ts"
import { JudgedRun } from "../../cluster/judged-run.ts"
import type { ClusterSetup, Deed, RunningCluster } from "./cluster-under-test.ts"
import { recipe } from "./recipe.ts"

/** What stands for a law where a node takes or turns away what it should not in the state that it is in. */
export const permissionsLaw = "permissions"
/** What stands for one where a node that was told to stop goes on. */
export const stopsLaw = "stops when told to"

export class ClusterRun extends JudgedRun<RaftUpgradeLabel, Deed, RunningCluster> {
  readonly setup: ClusterSetup
  /** All nodes that there ever were, in the order of their coming. */
  names: ReadonlyArray<NodeId>
  readonly down = new Set<NodeId>()
  /** Told to stop, and not begun again. */
  readonly stopping = new Set<NodeId>()
  /** Gone for good: dead, and off the ring or not; or off the ring of its own will. */
  readonly lost = new Set<NodeId>()
  readonly left = new Set<NodeId>()
  readonly supporting: Set<NodeId>
  readonly normal = new Set<NodeId>()
  readonly states = new Map<NodeId, UpgradeState>()
  readonly peers = new Map<NodeId, ReadonlyArray<NodeId>>()
  /** Whose upgrade has failed: it goes on after a restart. */
  readonly failed = new Set<NodeId>()
  readonly apart = new Map<string, readonly [node: NodeId, other: NodeId]>()
  readonly losing = new Map<string, readonly [kind: string, to: NodeId]>()
  readonly paused = new Map<string, readonly [node: NodeId, place: string]>()
  /** What is left to do of the recipe. */
  plan: ReadonlyArray<Deed> = []
  /** How many changes were asked for. */
  changes = 0

  constructor(setup: ClusterSetup, cluster: RunningCluster) {
    super(cluster, upgradeLaws)
    this.setup = setup
    this.names = setup.nodes
    this.supporting = new Set(setup.supports ? setup.nodes : [])
    this.hear()
  }

  /** Nodes that are not gone for good. */
  get members(): ReadonlyArray<NodeId> {
    return this.names.filter((node) => !this.lost.has(node) && !this.left.has(node))
  }

  /** Nodes that run, and have not left. */
  get up(): ReadonlyArray<NodeId> {
    return this.members.filter((node) => !this.down.has(node))
  }

  /** Who is gone for good and is on the ring all the same, as far as anybody knows. */
  get ghosts(): ReadonlyArray<NodeId> {
    const isKnown = (node: NodeId): boolean => this.up.some((other) => this.peers.get(other)?.includes(node) === true)
    const gone = this.names.filter((node) => this.lost.has(node) || this.left.has(node))
    return gone.filter((node) => !this.left.has(node) || isKnown(node))
  }

  get isRecovering(): boolean {
    return this.plan.length > 0
  }

  /** Everybody is up and on the ring, and everything arrives: then a node may come or go. */
  get isWhole(): boolean {
    return (
      !this.isRecovering &&
      !this.cluster.isReconfiguring &&
      this.apart.size === 0 &&
      this.members.every((node) => !this.down.has(node) && this.normal.has(node))
    )
  }

  /** Who was there from the beginning, and is not gone: a newcomer alone is no cluster. */
  get elders(): ReadonlyArray<NodeId> {
    return this.members.filter((node) => this.setup.nodes.includes(node))
  }

  /** Nodes that still take somebody for their peer who is gone, since they were away when that was said. */
  get behind(): ReadonlyArray<NodeId> {
    return this.up.filter((node) => this.peers.get(node)?.some((peer) => this.left.has(peer)) === true)
  }

  /** Whether nobody has anything left to do. */
  get isIdle(): boolean {
    return (
      !this.isRecovering &&
      !this.cluster.isReconfiguring &&
      this.ghosts.length === 0 &&
      this.members.every((node) => this.states.get(node) === post && this.normal.has(node)) &&
      this.pending.length === 0
    )
  }

  /** The operator begins with the recipe; its steps are taken one by one. */
  recover(): void {
    this.plan = recipe(this.members, this.ghosts)
  }

  /** Takes the next step of the recipe. */
  async goOnWithRecipe(): Promise<void> {
    const [next, ...rest] = this.plan
    this.plan = rest
    // Whoever is to take somebody out has to be there.
    if (next?._tag === "Remove" && this.down.has(next.node)) await this.perform({ _tag: "Boot", node: next.node })
    if (next !== undefined) await this.perform(next)
  }

  protected override heard(label: RaftUpgradeLabel): void {
    if ("node" in label && this.stopping.has(label.node) && label._tag !== "Stopped" && label._tag !== "Edited")
      this.#wrong(stopsLaw, `${label.node} was told to stop, and tells ${label._tag}`)
    switch (label._tag) {
      case "Booted":
        this.states.set(label.node, label.state)
        this.failed.delete(label.node)
        return
      case "StateEntered":
        this.states.set(label.node, label.state)
        return
      case "BecameNormal":
        this.normal.add(label.node)
        return
      case "PeersKnown":
        this.peers.set(label.node, label.peers)
        return
      case "FiberFailed":
        this.failed.add(label.node)
        return
      case "LeftRing":
        this.left.add(label.node)
        return
      case "OperationBegan":
        if (label.path !== pathIn(this.states.get(label.node)))
          this.#wrong(permissionsLaw, `${label.node} is in ${label.state}, and takes the ${label.path} path`)
        return
      case "OperationRefused":
        if ((label.reason === "Synchronizing") !== (this.states.get(label.node) === synchronize))
          this.#wrong(
            permissionsLaw,
            `${label.node} is in ${this.states.get(label.node)}, and refuses: ${label.reason}`
          )
        return
      default:
        return
    }
  }

  protected override noted(deed: Deed): void {
    switch (deed._tag) {
      case "Crash":
        this.down.add(deed.node)
        return
      case "Stop":
        this.down.add(deed.node)
        return
      case "Boot":
      case "Restart":
        this.down.delete(deed.node)
        this.stopping.delete(deed.node)
        return
      case "SwitchOn":
        this.supporting.add(deed.node)
        this.down.delete(deed.node)
        this.stopping.delete(deed.node)
        return
      case "Lose":
        this.lost.add(deed.node)
        return
      case "Add":
        this.names = [...this.names, deed.node]
        this.supporting.add(deed.node)
        return
      case "Separate":
        this.apart.set(`${deed.node} ${deed.other}`, [deed.node, deed.other])
        return
      case "Reunite":
        this.apart.delete(`${deed.node} ${deed.other}`)
        return
      case "LoseAll":
        this.losing.set(`${deed.kind} ${deed.to}`, [deed.kind, deed.to])
        return
      case "LoseNone":
        this.losing.delete(`${deed.kind} ${deed.to}`)
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

  /** Tells a node to stop, which is held up nowhere. What it says from then on it should not say. */
  async stop(node: NodeId): Promise<void> {
    for (const [where, place] of [...this.paused.values()])
      if (where === node) await this.perform({ _tag: "Resume", node, place })
    await this.perform({ _tag: "Stop", node })
    this.stopping.add(node)
  }

  #wrong(law: string, why: string): void {
    if (this.broken.every((broken) => broken.law !== law)) this.broken = [...this.broken, { law, why }]
  }
}
