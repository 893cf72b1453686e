/** Performs the acts of a plan: an order of the operator's, clients that go on meanwhile, and trouble in the middle of it. */
import { type NodeId, type Replica, sameReplica } from "../../../spec/metadata.ts"
import type { TableId } from "../../../spec/view-building/ids.ts"
import { tableOf } from "../../../spec/view-building/metadata.ts"
import type { ControlCommand, InjectionName } from "../../adapters/view-building-processes.ts"
import { rest } from "../waiting.ts"
import type { Clients } from "./clients.ts"
import type { Ground } from "./ground.ts"
import { type Act, type Deed, everywhere, type Order, type Trouble } from "./plan.ts"

/** How long somebody is given to come to a place. Whoever does not come by then is not met there. */
const patienceMs = 700

/** How long a node that is cut off from group 0 stays so: long enough to be missed. */
const cutOffMs = 200

/** Make whoever coordinates take migrations back, as long as they are enabled. */
const rollBack: ReadonlyArray<InjectionName> = ["stream_tablet_fail", "stream_tablet_move_to_cleanup"]

export class Performance {
  readonly #ground: Ground
  readonly #clients: Clients
  readonly #base: TableId
  /** How often somebody came to a place at which they were to be stopped or to fail. */
  met = 0

  constructor(ground: Ground, clients: Clients, base: TableId) {
    this.#ground = ground
    this.#clients = clients
    this.#base = base
  }

  /** Resolves when the order is carried out, all clients have their answers, and no tablet is on its way. Views may be built still. */
  async perform({ order, trouble, clients }: Act): Promise<void> {
    const load = Promise.all(clients.map((steps) => this.#clients.run(steps)))
    // What goes wrong beside the trouble is told when it is waited for.
    load.catch(() => {})
    const earlier = trouble === null ? new Map<NodeId, number>() : await this.#ground.reached(trouble.place)
    if (trouble !== null) await this.#ground.inject("enable-once", trouble.place)
    const given = this.#give(order)
    given.catch(() => {})
    if (trouble !== null) await this.#make(trouble, earlier)
    await given
    await load
    await this.#ground.untilStill(this.#base)
    for (const name of rollBack) await this.#ground.inject("disable", name)
  }

  async #give(order: Order): Promise<void> {
    if (order._tag === "Nothing") return
    if (order._tag === "Load") return this.#clients.load(order.rows)
    if (order._tag === "Truncate") return this.#truncate()
    const command = await this.#commandFor(order)
    if (command === undefined) return
    const was = JSON.stringify(await this.#ground.table(this.#base))
    await this.#ground.insistAnywhere(
      command,
      async () => JSON.stringify(tableOf(await this.#ground.state(), this.#base)) !== was
    )
  }

  async #truncate(): Promise<void> {
    await this.#clients.meanwhileNobody(() =>
      this.#ground.insistAnywhere({ _tag: "Truncate", base: this.#base }, () => Promise.resolve(false))
    )
    this.#clients.truncated()
  }

  /** The command that an order's numbers mean for the base as it is now; undefined where there is nothing that they could mean. */
  async #commandFor(
    order: Exclude<Order, { readonly _tag: "Nothing" | "Load" | "Truncate" }>
  ): Promise<ControlCommand | undefined> {
    const base = this.#base
    const { tablets, views } = await this.#ground.table(base)
    switch (order._tag) {
      case "CreateView":
        return { _tag: "CreateView", base, view: order.view }
      case "DropView": {
        const view = views[order.which % Math.max(1, views.length)]
        return view === undefined ? undefined : { _tag: "DropView", view }
      }
      case "Resize":
        return { _tag: "Resize", base, how: order.how }
      case "Move": {
        const { lastToken, replicas } = tablets[order.tablet % tablets.length]!
        const leaving = replicas[order.from % replicas.length]!
        const stays = replicas.filter((replica) => replica !== leaving)
        const free = freeOf(stays).filter((place) => !sameReplica(place, leaving))
        const pending = free[order.to % free.length]!
        const kind = pending.node === leaving.node ? "intranode_migration" : "migration"
        return { _tag: "MoveTablet", base, lastToken, next: [pending, ...stays], kind }
      }
      case "Replicate": {
        const { lastToken, replicas } = tablets[order.tablet % tablets.length]!
        const free = freeOf(replicas)
        const next = replicas.length > 1 ? replicas.slice(1) : [...replicas, free[order.to % free.length]!]
        return { _tag: "MoveTablet", base, lastToken, next, kind: "rebuild" }
      }
    }
  }

  async #make({ place, deeds }: Trouble, earlier: ReadonlyMap<NodeId, number>): Promise<void> {
    const here = await this.#ground.firstAt(place, earlier, patienceMs)
    if (here !== undefined) this.met++
    for (const deed of deeds) if (deed._tag !== "Kill") await this.#do(deed)
    if (deeds.some(({ _tag }) => _tag === "CutOff")) await rest(cutOffMs)
    await this.#killAll(deeds, here)
    await this.#ground.reconnect()
    await this.#ground.inject("disable", place)
  }

  /** Between two writes of clients. They go on when whoever was killed is back and knows where rows go. */
  async #killAll(deeds: ReadonlyArray<Deed>, here: NodeId | undefined): Promise<void> {
    const kills = deeds.flatMap((deed) => (deed._tag === "Kill" ? [deed.who] : []))
    if (kills.length === 0) return
    await this.#clients.meanwhileNobody(async () => {
      for (const who of kills) {
        const node = who === "here" ? here : who === "leader" ? (await this.#ground.status()).leader : who
        if (node === undefined || node === null) continue
        await this.#ground.kill(node)
        // Whoever is killed where they were met falls before anybody has noticed.
        if (who !== "here") await this.#mark(node, false)
      }
      await this.#ground.reconnect()
      await this.#ground.revive()
      // Whoever was stopped at a place may be what keeps another from catching up.
      await this.#ground.inject("disable", "group0_state_machine::delay_apply")
      await this.#ground.untilCaughtUp(this.#base)
      for (const node of this.#ground.nodes) await this.#mark(node, true)
    })
  }

  /** Has all others believe that a node is up, or that it is down. */
  async #mark(node: NodeId, alive: boolean): Promise<void> {
    for (const other of this.#ground.up)
      if (other !== node) await this.#ground.ask(other, { _tag: "MarkHost", node, alive })
  }

  async #do(deed: Exclude<Deed, { readonly _tag: "Kill" }>): Promise<void> {
    switch (deed._tag) {
      case "KillGroup0":
        return this.#ground.killGroup0()
      case "Elect":
        return this.#ground.elect(deed.who)
      case "CutOff":
        return this.#ground.cutOff(deed.who)
      case "RollBack":
        for (const name of rollBack) await this.#ground.inject("enable", name)
    }
  }
}

/** Places on nodes that none of these replicas is on. */
const freeOf = (replicas: ReadonlyArray<Replica>): ReadonlyArray<Replica> =>
  everywhere.filter(({ node }) => !replicas.some((replica) => replica.node === node))
