/** A cluster of ours in this process whose messages ask the kit before they arrive. */
import { Schema } from "effect"
import { InjectionName } from "../../../impl/raft-upgrade/injections.ts"
import { Cluster, type ClusterOptions } from "../../../impl/raft-upgrade/node/local-cluster.ts"
import { Aborted } from "../../../impl/runtime/waits.ts"
import type { NodeId } from "../../../spec/metadata.ts"
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import type { Event, Fate } from "../../kit/cluster/cluster-life.ts"
import type { ClusterSetup, Deed, RunningCluster } from "../../kit/raft-upgrade/cluster/cluster-under-test.ts"
import { AnnouncedEvents, settled } from "../announced.ts"

/** A place comes from outside with a replay, and may be none. */
const placeNamed = Schema.decodeUnknownSync(InjectionName)

export class LocalCluster implements RunningCluster {
  readonly #events: AnnouncedEvents
  readonly #cluster: Cluster
  readonly #unforeseen: Array<string> = []
  /** What nodes were asked for that has not ended. */
  readonly #asked = new Set<{ readonly at: NodeId }>()
  /** Nodes that have left, and are shut down once all others were told. */
  readonly #leaving = new Set<NodeId>()
  readonly #choice: { fate?: Fate | undefined }

  private constructor(cluster: Cluster, events: AnnouncedEvents, choice: { fate?: Fate | undefined }) {
    this.#cluster = cluster
    this.#events = events
    this.#choice = choice
  }

  static async begin({ nodes, supports }: ClusterSetup, change: ClusterOptions): Promise<LocalCluster> {
    const events = new AnnouncedEvents()
    const choice: { fate?: Fate | undefined } = {}
    const { turn } = events
    const cluster = await Cluster.start({ ...change, nodes, supports, turn, fate: () => choice.fate })
    for (const node of nodes) await cluster.boot(node)
    await settled()
    return new LocalCluster(cluster, events, choice)
  }

  get labels(): ReadonlyArray<RaftUpgradeLabel> {
    return this.#cluster.labels
  }

  get defects(): ReadonlyArray<string> {
    return [...this.#cluster.defects.map(String), ...this.#unforeseen]
  }

  get waiting(): ReadonlyArray<Event> {
    return this.#events.waiting
  }

  get isReconfiguring(): boolean {
    return this.#asked.size + this.#leaving.size > 0
  }

  async happen(event: Event, fate?: Fate): Promise<void> {
    this.#choice.fate = fate
    this.#events.release(event)
    await settled()
    this.#choice.fate = undefined
    await this.#shutDown()
  }

  async perform(deed: Deed): Promise<void> {
    await this.#perform(deed)
    await settled()
    await this.#shutDown()
  }

  async stop(): Promise<void> {
    for (const name of this.#cluster.names) await this.#cluster.crash(name)
  }

  // ---- deeds ---------------------------------------------------------------------------------------------------------

  #perform(deed: Deed): Promise<void> | void {
    const cluster = this.#cluster
    switch (deed._tag) {
      case "Change":
        // What becomes of it shows in labels; a node that falls tells nobody.
        cluster.change(deed.node, deed.mutation).catch((error: unknown) => this.#failed(deed.node, error))
        return
      case "Crash":
        return this.#crash(deed.node)
      case "Stop":
        return cluster.on(deed.node).stop()
      case "Boot":
      case "Restart":
        return this.#restart(deed.node)
      case "SwitchOn":
        return this.#restart(deed.node, true)
      case "Lose":
        this.#forget(deed.node)
        return cluster.lose(deed.node)
      case "Decommission":
        return this.#ask(deed.node, cluster.on(deed.node).operator.decommission(), () => this.#leaving.add(deed.node))
      case "Remove":
        return this.#ask(deed.node, cluster.on(deed.node).operator.remove(deed.dead))
      case "Add":
        return cluster.add(deed.node, ...deed.contacts)
      case "Edit":
        return cluster.edit(deed.node, deed.edit)
      case "Separate":
        return cluster.separate(deed.node, deed.other)
      case "Reunite":
        return cluster.reunite(deed.node, deed.other)
      case "LoseAll":
        return cluster.loses(deed.kind, deed.to, true)
      case "LoseNone":
        return cluster.loses(deed.kind, deed.to, false)
      case "Pause":
        return cluster.member(deed.node).injections.enable(placeNamed(deed.place))
      case "Resume":
        return cluster.member(deed.node).injections.disable(placeNamed(deed.place))
      case "Fail":
        return cluster.member(deed.node).injections.enable(placeNamed(deed.place), { once: true })
      case "PassTime":
        return cluster.pass(deed.milliseconds)
    }
  }

  #ask(at: NodeId, work: Promise<void>, done = (): unknown => undefined): void {
    const asked = { at }
    this.#asked.add(asked)
    void work
      // What a node that has fallen was asked for, nobody waits for.
      .then(() => this.#asked.has(asked) && done())
      .catch((error: unknown) => this.#failed(at, error))
      .finally(() => this.#asked.delete(asked))
  }

  /** That a node is stopped in what it was asked for is no defect; that something else was thrown is one. */
  #failed(at: NodeId, error: unknown): void {
    if (!(error instanceof Aborted)) this.#unforeseen.push(`${at}: ${String(error)}`)
  }

  #forget(node: NodeId): void {
    for (const asked of this.#asked) if (asked.at === node) this.#asked.delete(asked)
    this.#leaving.delete(node)
  }

  async #crash(node: NodeId): Promise<void> {
    this.#forget(node)
    await this.#cluster.crash(node)
  }

  async #restart(node: NodeId, supports?: boolean): Promise<void> {
    this.#forget(node)
    await this.#cluster.restart(node, supports === undefined ? {} : { supports })
  }

  /** Whoever has left is shut down as soon as all others were told. */
  async #shutDown(): Promise<void> {
    for (const node of this.#leaving)
      if (!this.waiting.some(({ name }) => name.startsWith(`network: ${node} to `) && name.endsWith(": Left")))
        await this.#crash(node)
  }
}
