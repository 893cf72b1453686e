import type { Position, ShardId } from "../../../spec/metadata.ts"
import type { SstableId, TableId, ViewId } from "../../../spec/view-building/ids.ts"
import type { BaseRow } from "../../../spec/view-building/messages.ts"
import { type BuildingState, baseOf, tableOf, tabletHolding } from "../../../spec/view-building/metadata.ts"
import { Injected } from "../../runtime/injections.ts"
import { Aborted } from "../../runtime/waits.ts"
import { Coordination } from "../coordinator/coordination.ts"
import { Hosts } from "../coordinator/hosts.ts"
import { type Entry, Unavailable } from "../group0/group0.ts"
import { Operations } from "../group0/operations.ts"
import { ConnectionBroken, type NodeAnswer, type NodeRequest } from "../network/network.ts"
import type { ShardWorker } from "../worker/shard-worker.ts"
import { AppliedState } from "./applied-state.ts"
import type { Arrivals } from "./arrivals.ts"
import { ClientWrites, writersOf } from "./client-writes.ts"
import { type Machinery, machinery } from "./machinery.ts"
import type { Observer } from "./observer.ts"
import { Operator } from "./operator.ts"
import type { NodeParts } from "./parts.ts"
import type { Registrator } from "./registrator.ts"
import type { StagingShard } from "./staging-shard.ts"
import type { TabletWork } from "./tablet-work.ts"
import { Truncations } from "./truncations.ts"
import { unknownIn } from "./unknown.ts"

/** Whether group 0 says anything that an older release has no table for. */
const speaksOfTasks = ({ tasks, minTask }: BuildingState): boolean => tasks.length > 0 || minTask !== null

const ok: NodeAnswer = { _tag: "Ok" }

/**
 * A node: hands what group 0 commits to its fibers and shards, and what it is asked to whoever does it.
 *
 * Source: service/storage_service.cc view_building_transition; db/view/view_building_worker.cc init.
 */
export class ClusterNode {
  readonly hosts: Hosts
  readonly operator: Operator
  readonly clients: ClientWrites
  readonly #parts: NodeParts
  readonly #made: Machinery
  readonly #applied: AppliedState
  readonly #lists: ReadonlyArray<StagingShard>
  readonly #workers: ReadonlyArray<ShardWorker>
  readonly #registrator: Registrator
  readonly #observer: Observer
  readonly #arrivals: Arrivals
  readonly #tablets: TabletWork
  readonly #truncations: Truncations
  readonly #operations: Operations
  #coordination: Coordination | undefined
  #isStopped = false
  #hasStarted = false
  #isReady: () => void = () => {}
  readonly #ready: Promise<void>

  constructor(parts: NodeParts, first: Entry, made: Machinery = machinery) {
    const { self, shards, group0, network, store, tell } = parts
    this.#parts = parts
    this.#made = made
    this.#ready = new Promise((resolve) => {
      this.#isReady = resolve
    })
    this.#applied = new AppliedState(group0, first)
    this.#operations = new Operations(group0, tell, (said) => new made.Draft(said))
    this.hosts = new Hosts(self, tell)
    const started = new made.StartedStaging()
    this.#lists = shards.map((shard) => new made.StagingShard(shard, started))
    const views = new made.ViewReplicas(network, this.#applied)
    this.#registrator = new made.Registrator(parts, this.#operations, this.#lists, started)
    this.#arrivals = new made.Arrivals(parts, this.#applied, views, this.#registrator)
    this.#workers = this.#lists.map((staging) => {
      const { shard } = staging
      const { clock, injections, turn, worker: options } = parts
      const storage = made.storage(store, shard)
      const applied = this.#applied
      return new made.ShardWorker({
        node: self,
        shard,
        applied,
        storage,
        views,
        staging,
        clock,
        injections,
        turn,
        tell,
        options
      })
    })
    this.#observer = new made.Observer(parts, this.#applied, this.#workers, started)
    this.#tablets = new made.TabletWork(parts, this.#applied, this.#arrivals, this.#registrator)
    this.#truncations = new Truncations(parts, this.#registrator)
    this.clients = new ClientWrites(network, this.#applied)
    this.operator = new Operator(parts, this.#operations, this.#applied)
  }

  start(): void {
    const { group0, network } = this.#parts
    network.serve((_, request) => this.#serve(request))
    group0.follow((entry) => this.#apply(entry))
    const { hosts } = this
    const { ViewBuildingCoordinator } = this.#made
    this.#coordination = new Coordination(
      { ...this.#parts, operations: this.#operations, hosts, applied: this.#applied },
      (office) => new ViewBuildingCoordinator(office)
    )
  }

  /** Ends the worker in order: what runs comes to its end, and nothing begins any more. */
  async drain(): Promise<void> {
    const { self, tell } = this.#parts
    this.#registrator.stop()
    await Promise.all(this.#workers.map((worker) => worker.drain()))
    this.#observer.stop()
    tell({ _tag: "Drained", node: self })
  }

  /** Ends at once. What waits for others is left behind. */
  stop(): void {
    this.#isStopped = true
    this.#coordination?.stop()
    this.#registrator.stop()
    this.#observer.stop()
    this.#arrivals.stop()
  }

  /** Rows from elsewhere, for the replicas of their tablet on this node. True if there are any. */
  async load(base: TableId, row: BaseRow): Promise<boolean> {
    const table = tableOf(this.#applied.state, base)
    const tablet = table === undefined ? undefined : tabletHolding(table, row.token)
    const replicas = tablet === undefined ? [] : writersOf(tablet).filter(({ node }) => node === this.#parts.self)
    await Promise.all(replicas.map(({ shard }) => this.#arrivals.load(shard, base, [row])))
    return replicas.length > 0
  }

  /** Writes a staging sstable anew under another name. Source: sstables component rewrite, as incremental repair does. */
  async rewrite(shard: ShardId, sstable: SstableId, by: SstableId): Promise<void> {
    const { store, self, tell, worker } = this.#parts
    const replace = async (): Promise<void> => {
      if (!(await store.shard(shard).replace(sstable, by))) return
      tell({ _tag: "SstableReplaced", node: self, shard, sstable, by })
    }
    // M33: shipped, the worker keeps what it knows, and tries for ever to process what is not there any more.
    if (worker.rewritten === "stale") await replace()
    else await this.#registrator.rename(shard, sstable, by, replace)
  }

  /** The position of group 0 that it has applied. */
  get at(): Position {
    return this.#applied.at
  }

  get builtViews(): ReadonlyArray<ViewId> {
    return this.#parts.store.builtViews
  }

  // ---- group 0 -------------------------------------------------------------------------------------------------------

  async #apply(entry: Entry): Promise<void> {
    if (this.#isStopped) return
    const { self, tell, worker, knows } = this.#parts
    if (!knows.includes("VIEW_BUILDING_COORDINATOR") && speaksOfTasks(entry.metadata.state)) {
      tell({ _tag: "ApplyFailed", node: self, at: entry.at })
      return
    }
    // M46: shipped, the observer keeps the node from applying while it waits for a shard.
    if (worker.observer === "keepsApply") await this.#observer.idle
    this.#applied.become(entry)
    tell({ _tag: "Applied", node: self, at: entry.at })
    await this.#dropWhatIsGone()
    if (!this.#hasStarted) this.#begin()
    this.#observer.notice()
    this.#coordination?.notice("group 0")
  }

  /** Rows go with their table or view. */
  async #dropWhatIsGone(): Promise<void> {
    const { store } = this.#parts
    const { tables } = this.#applied.state
    for (const base of store.bases) if (!tables.some((table) => table.base === base)) await store.dropBase(base)
    for (const view of store.views) if (!tables.some(({ views }) => views.includes(view))) await store.dropView(view)
  }

  /** W10, before the fibers start: staging sstables that are on disk have a task found, whatever they had before. */
  #begin(): void {
    this.#hasStarted = true
    const { store, self, tell, failed } = this.#parts
    for (const shard of store.shards)
      for (const base of shard.bases)
        for (const { sstable } of shard.data(base).staging) this.#discover(shard.shard, base, sstable)
    tell({ _tag: "Discovered", node: self })
    this.#isReady()
    const unlessStopped = (error: unknown): void => {
      if (!this.#isStopped && !(error instanceof Aborted)) failed(error)
    }
    this.#registrator.run().catch(unlessStopped)
    this.#observer.run().catch(unlessStopped)
  }

  /**
   * M42: shipped, an sstable is put to any row of its tablet that is there. That may be done already and not collected, and then
   * nobody processes the sstable.
   */
  #discover(shard: ShardId, base: TableId, sstable: SstableId): void {
    const { self, store, tell, worker } = this.#parts
    const found = store
      .shard(shard)
      .data(base)
      .staging.find((one) => one.sstable === sstable)
    const table = tableOf(this.#applied.state, base)
    const tablet = found === undefined || table === undefined ? undefined : tabletHolding(table, found.token)
    const task = this.#applied.state.tasks.find(
      ({ type, replica, lastToken, base: of }) =>
        type === "process_staging" &&
        of === base &&
        lastToken === tablet?.lastToken &&
        replica.node === self &&
        replica.shard === shard
    )
    if (worker.discovers === "queues" || task === undefined || found === undefined)
      this.#arrivals.queue(shard, base, sstable, store.shard(shard))
    else {
      for (const list of this.#lists)
        if (list.shard === shard) list.add({ sstable, base, token: found.token, lastToken: task.lastToken })
      tell({ _tag: "StagingListed", node: self, shard, sstable, task: task.id })
    }
  }

  /** A view that another node knows already may be news here. */
  async #knows(view: ViewId): Promise<boolean> {
    if (baseOf(this.#applied.state, view) === undefined) await this.#applied.readBarrier()
    return baseOf(this.#applied.state, view) !== undefined
  }

  // ---- requests ------------------------------------------------------------------------------------------------------

  async #serve(request: NodeRequest): Promise<NodeAnswer> {
    if (this.#isStopped) throw new ConnectionBroken(`${this.#parts.self} has stopped`)
    // Before it has applied anything it knows no views, and rows that come would be sent on to none.
    await this.#ready
    try {
      return await this.#dispatch(request)
    } catch (error) {
      const isExpected = [Injected, ConnectionBroken, Aborted, Unavailable].some((kind) => error instanceof kind)
      if (isExpected && error instanceof Error) return { _tag: "Failed", why: error.message }
      throw error
    }
  }

  async #dispatch(request: NodeRequest): Promise<NodeAnswer> {
    const { store, injections } = this.#parts
    const why = unknownIn(request, this.#parts.shards, this.#applied.state)
    if (why !== undefined) return { _tag: "Failed", why }
    switch (request._tag) {
      case "WorkOnTasks": {
        const { shard, call, term, tasks } = request
        const index = this.#parts.shards.indexOf(shard)
        return { _tag: "Worked", answer: await this.#workers[index]!.work(call, term, tasks) }
      }
      case "WriteView":
        injections.fail("view_building_failure")
        if (!(await this.#knows(request.view))) return { _tag: "Failed", why: `there is no view ${request.view}` }
        await store.writeView(request.view, request.rows)
        return ok
      case "WriteBase":
        await this.#arrivals.write(request.shard, request.base, request.row)
        return ok
      case "Barrier":
        await this.#applied.readBarrier()
        await this.clients.settled()
        // What comes from elsewhere goes by what its own node knew.
        await Promise.all(store.shards.map((shard) => shard.allArrivals()))
        return ok
      case "FetchTablet":
        return this.#tablets.fetch(request)
      case "StreamTablet":
        return this.#tablets.stream(request)
      case "CleanTablet":
        return this.#tablets.clean(request)
      case "CloseBase":
        return this.#truncations.close(request)
      case "TruncateBase":
        return this.#truncations.truncate(request)
      case "OpenBase":
        return this.#truncations.open(request)
    }
  }
}
