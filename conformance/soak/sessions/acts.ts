/** Performs the acts of a plan: an order of the operator's, clients that go on meanwhile, and trouble in the middle of it. */
import { type NodeId, sameReplica, type Tablet, type TabletId } from "../../../spec/sessions/metadata.ts"
import type { ControlCommand, InjectionName } from "../../adapters/sessions-processes.ts"
import { rest, within } from "../waiting.ts"
import type { Clients } from "./clients.ts"
import type { Ground } from "./ground.ts"
import { type Act, type Deed, everywhere, type Move, type Order, type Trouble } from "./plan.ts"
import { forget } from "./purge.ts"

/** How long somebody is given to come to a place. Whoever does not come by then is not met there. */
const patienceMs = 700

/** How long an order may go on without whoever was stopped, before they are let go: more than a coordinator's pause is long. */
const lateMs = 2_500

/** How long a node that is cut off from group 0 stays so: long enough to be missed. */
const cutOffMs = 200

export class Performance {
  readonly #ground: Ground
  readonly #clients: Clients
  readonly #tablet: TabletId
  /** How often somebody came to a place at which they were to be stopped or to fail. */
  met = 0

  constructor(ground: Ground, clients: Clients, tablet: TabletId) {
    this.#ground = ground
    this.#clients = clients
    this.#tablet = tablet
  }

  /** Resolves when the order is carried out and all clients have their answers. */
  async perform({ order, trouble, clients }: Act): Promise<void> {
    const before = this.#clients.now
    const load = Promise.all(clients.map((steps) => this.#clients.run(steps)))
    // What goes wrong beside the trouble is told when it is waited for.
    load.catch(() => {})
    const earlier = trouble?.place == null ? undefined : await this.#ground.reached(trouble.place)
    if (trouble?.place != null) await this.#ground.inject(armedFor(trouble.place), trouble.place)
    const given = this.#give(order)
    given.catch(() => {})
    if (trouble !== null) await this.#make(trouble, earlier)
    await given
    await this.#ground.untilIdle(this.#tablet)
    await load
    await this.#ground.inject("disable", rollBack)
    if (order._tag === "Purge") await forget(this.#ground, this.#tablet, before)
  }

  async #give(order: Order): Promise<void> {
    if (order._tag === "Nothing") return
    const repair: ControlCommand = { _tag: "Repair", tablet: this.#tablet }
    const command = order._tag === "Migrate" ? moved(await this.#ground.tablet(this.#tablet), order) : repair
    await this.#ground.order(this.#tablet, command)
  }

  async #make({ place, deeds, late }: Trouble, earlier: ReadonlyMap<NodeId, number> | undefined): Promise<void> {
    const here = place === null ? undefined : await this.#firstAt(place, earlier)
    for (const deed of deeds) await this.#do(deed, here)
    if (deeds.some(({ _tag }) => _tag === "CutOff")) await rest(cutOffMs)
    await this.#ground.reconnect()
    await this.#ground.revive()
    if (place === null) return
    const isLeft = late && here !== undefined && (await within(lateMs, () => this.#ground.isIdle(this.#tablet)))
    // Whoever has not come yet must not be stopped in a later act, which knows nothing of it.
    const others = this.#ground.nodes.filter((node) => !isLeft || node !== here)
    await this.#ground.inject("disable", place, others)
  }

  /** The node that has come to a place first, if any does. */
  async #firstAt(place: InjectionName, earlier: ReadonlyMap<NodeId, number> | undefined): Promise<NodeId | undefined> {
    const first = await this.#ground.firstAt(place, earlier ?? new Map(), patienceMs)
    if (first !== undefined) this.met++
    return first
  }

  async #do(deed: Deed, here: NodeId | undefined): Promise<void> {
    switch (deed._tag) {
      case "Kill": {
        const who = deed.who === "here" ? here : deed.who
        return who === undefined ? undefined : this.#ground.kill(who)
      }
      case "KillGroup0":
        return this.#ground.killGroup0()
      case "KillConnections": {
        const [node, host] = deed.between
        await this.#ground.ask(node, { _tag: "KillConnections", host })
        return
      }
      case "KillConnectionsHere":
        for (const host of this.#ground.nodes)
          if (here !== undefined && host !== here) await this.#ground.ask(here, { _tag: "KillConnections", host })
        return
      case "Elect":
        return this.#ground.elect(deed.who)
      case "CutOff":
        return this.#ground.cutOff(deed.who)
      case "RollBack":
        return this.#ground.inject("enable", rollBack)
    }
  }
}

/** Asked about by whoever passes, not waited at: such a place stays enabled until the trouble is over. */
const asked: ReadonlyArray<InjectionName> = [
  "repair_row_level_stop_skip_cleanup",
  "handle_tablet_migration_repair_random_session"
]

const armedFor = (place: InjectionName): "enable" | "enable-once" => (asked.includes(place) ? "enable" : "enable-once")

/** Makes whoever coordinates lead migrations back, as long as it is enabled. */
const rollBack: InjectionName = "stream_tablet_move_to_cleanup"

/** The migration that a plan's numbers mean for a tablet as it is now: to another node that has none of it, or to another shard. */
const moved = ({ tablet, replicas }: Tablet, { from, to }: Move): ControlCommand => {
  const leaving = replicas[from % replicas.length]!
  const others = everywhere.filter(({ node }) => node === leaving.node || !replicas.some((own) => own.node === node))
  const free = others.filter((place) => !sameReplica(place, leaving))
  return { _tag: "MigrateTablet", tablet, from: leaving, to: free[to % free.length]! }
}
