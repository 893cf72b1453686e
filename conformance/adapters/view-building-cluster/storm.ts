import {
  at,
  Cluster,
  type ClusterOptions,
  put,
  shards,
  t,
  tablet,
  u
} from "../../../impl/view-building/node/local-cluster.ts"
import { type Chance, chance } from "../../../model/explorer/random.ts"
import { SstableId, type TableId, ViewId } from "../../../spec/view-building/ids.ts"

const nodes = ["A", "B", "C"] as const
/** Keys with their tokens; the first four are there from the beginning. */
const keys = [
  ["a", 1],
  ["b", 4],
  ["c", 6],
  ["d", 9],
  ["e", 2],
  ["f", 3],
  ["g", 7]
] as const
const pauses = [
  "view_building_worker_pause_build_range_task",
  "view_building_worker_pause_after_flush_before_recording_flushed_views",
  "view_building_worker_pause_state_observer",
  "view_building_worker_pause_before_starting_staging_registrator",
  "view_update_generator_pause_before_processing",
  "view_building_coordinator_pause_main_loop",
  "view_building_coordinator_wait_before_await_event",
  "stream_tablet_wait",
  "cleanup_tablet_wait",
  "handle_tablet_migration_end_migration"
] as const
const failures = [
  "do_build_range_fail",
  "view_building_failure",
  "view_update_generator_consume_staging_sstable",
  "stream_tablet_fail",
  "stream_tablet_move_to_cleanup"
] as const

/** A cluster in which things go wrong by a seed. */
export class Storm {
  readonly cluster: Cluster
  readonly #draw: Chance
  readonly #down = new Set<string>()
  #timestamp = 1
  #views = 0
  #coming = 0

  private constructor(cluster: Cluster, draw: Chance) {
    this.cluster = cluster
    this.#draw = draw
  }

  static async of(seed: number, steps: number, options: ClusterOptions = {}): Promise<Storm> {
    const cluster = await Cluster.withTable(options)
    await cluster.soon(cluster.on("A").operator.createTable(u, [tablet(9, "A.1", "C.1")]))
    const storm = new Storm(cluster, chance(seed))
    await storm.#begin(t)
    for (let step = 0; step < steps; step++) await storm.#step()
    await storm.#calm()
    return storm
  }

  #pick<Item>(items: ReadonlyArray<Item>): Item {
    return items[this.#draw(items.length)]!
  }

  get #alive(): string {
    return this.#pick(nodes.filter((node) => !this.#down.has(node)))
  }

  /** Asks for something, and does not wait for it: it may need what a test has stopped. */
  async #ask(what: Promise<unknown>): Promise<void> {
    what.catch(() => {})
    await this.cluster.flush()
  }

  async #step(): Promise<void> {
    const { cluster } = this
    switch (this.#draw(14)) {
      case 0:
        return this.#begin(this.#pick([t, t, u]))
      case 1:
        return this.#drop()
      case 2:
      case 3:
        return this.#come((node) => cluster.on(node).clients.write(t, this.#row()))
      case 4:
        return this.#load()
      case 5:
        return this.#move()
      case 6:
        return this.#ask(cluster.on(this.#alive).operator.resize(t, this.#pick(["split", "merge"])))
      case 7:
        return cluster.elect(this.#alive)
      case 8:
        return this.#fall()
      case 9:
        return this.#pause()
      case 10:
        cluster.inject(this.#pick(nodes), this.#pick(failures), true)
        return
      case 11:
        return this.#rewrite()
      case 12:
        return this.#draw(3) === 0 ? this.#truncate() : cluster.pass(100)
      default:
        return cluster.pass(this.#pick([100, 300, 1000]))
    }
  }

  /** Every view has a name of its own, as upstream every one has an id that no other has had. */
  async #begin(base: TableId): Promise<void> {
    const { cluster } = this
    if ((cluster.state.tables.find((table) => table.base === base)?.views.length ?? 0) > 1) return
    await this.#ask(cluster.on(this.#alive).operator.createView(base, ViewId.make(`v${++this.#views}`)))
  }

  async #drop(): Promise<void> {
    const { cluster } = this
    const views = cluster.state.tables.flatMap((table) => table.views)
    if (views.length > 0) await this.#ask(cluster.on(this.#alive).operator.dropView(this.#pick(views)))
  }

  #row() {
    const [key, token] = this.#pick(keys)
    const value = this.#draw(4) === 0 ? null : `${key}${++this.#timestamp}`
    return put(key, token, ++this.#timestamp, value)
  }

  /** What a repair brings comes to every replica of its tablet. */
  #load(): Promise<void> {
    const row = this.#row()
    return this.#come(() => Promise.all(nodes.map((node) => this.cluster.on(node).load(t, row))))
  }

  /** Rows that come to some replicas alone would be for a repair of the base: they come while all nodes are up. */
  async #come(what: (node: string) => Promise<unknown>): Promise<void> {
    if (this.#down.size > 0) return
    this.#coming++
    void what(this.#alive).finally(() => this.#coming--)
    await this.cluster.flush()
  }

  async #move(): Promise<void> {
    const { cluster } = this
    const table = cluster.state.tables.find(({ base }) => base === t)!
    const { lastToken, replicas } = this.#pick(table.tablets)
    const others = nodes
      .flatMap((node) => shards.map((shard) => at(`${node}.${shard}`)))
      .filter((place) => !replicas.some((replica) => replica.node === place.node && replica.shard === place.shard))
    const stays = replicas.slice(1)
    const free = others.filter(({ node }) => !stays.some((replica) => replica.node === node))
    const more = others.filter(({ node }) => !replicas.some((replica) => replica.node === node))
    const how = this.#draw(4)
    const next =
      how === 0 && more.length > 0
        ? [...replicas, this.#pick(more)]
        : how === 1 && stays.length > 0
          ? stays
          : [this.#pick(free), ...stays]
    await this.#ask(cluster.on(this.#alive).operator.move(t, lastToken, next, how < 2 ? "rebuild" : "migration"))
  }

  async #fall(): Promise<void> {
    const { cluster } = this
    const [down] = this.#down
    if (down !== undefined) return this.#revive(down)
    if (this.#coming > 0) return undefined
    const node = this.#alive
    if (this.#draw(2) === 0) return cluster.restart(node)
    await cluster.crash(node)
    this.#down.add(node)
    if (this.#draw(2) === 0) cluster.mark(node, false)
    if (cluster.group0.leadership.leader === node) await cluster.elect(this.#alive)
    return undefined
  }

  async #revive(node: string): Promise<void> {
    this.cluster.revive(node)
    this.#down.delete(node)
    this.cluster.mark(node, true)
    await this.cluster.flush()
  }

  async #pause(): Promise<void> {
    const { injections } = this.cluster.member(this.#pick(nodes))
    const place = this.#pick(pauses)
    if (injections.isEnabled(place)) injections.disable(place)
    else injections.enable(place)
    await this.cluster.flush()
  }

  /** Not while anything is stopped: a truncation that does not come to its end keeps the base closed. */
  async #truncate(): Promise<void> {
    const { cluster } = this
    if (this.#down.size > 0) return
    for (const place of pauses) cluster.everywhere(place, "disable")
    await cluster.flush()
    let isOver = false
    void cluster
      .on(this.#alive)
      .operator.truncate(t)
      .finally(() => {
        isOver = true
      })
    await cluster.until(() => isOver)
  }

  async #rewrite(): Promise<void> {
    const { cluster } = this
    const node = this.#alive
    for (const { shard } of cluster.member(node).store.shards)
      for (const { sstable } of cluster.member(node).store.shard(shard).data(t).staging) {
        await this.#ask(cluster.on(node).rewrite(shard, sstable, SstableId.make(`${sstable}'`)))
        return
      }
  }

  /** From here on nothing goes wrong. */
  async #calm(): Promise<void> {
    const { cluster } = this
    for (const place of [...pauses, ...failures]) cluster.everywhere(place, "disable")
    for (const node of [...this.#down]) await this.#revive(node)
    for (const node of nodes) cluster.mark(node, true)
    const isMoving = (): boolean =>
      cluster.state.tables.some(({ tablets }) => tablets.some((tablet) => tablet.transition !== null))
    await cluster.until(() => !isMoving())
    await cluster.settle(700)
  }
}
