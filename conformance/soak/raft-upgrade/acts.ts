/** Takes a cluster to group 0 by a plan: a rolling restart, and trouble while all are on their way. */
import type { NodeId } from "../../../spec/metadata.ts"
import type { InjectionName } from "../../adapters/raft-upgrade-processes.ts"
import { rest, within } from "../waiting.ts"
import type { Clients } from "./clients.ts"
import { refusesToStart } from "./damage.ts"
import type { Ground } from "./ground.ts"
import type { Deed, Plan, Start } from "./plan.ts"

/** How long a node is given to come to the place where it is to be killed. */
const patienceMs = 300
const lookEveryMs = 20

export class Performance {
  readonly #ground: Ground
  readonly #clients: Clients
  /** Where nodes wait when they come there. */
  readonly #places = new Map<NodeId, InjectionName>()
  /** How often a node was killed at the place where it was to be. */
  met = 0
  /** How often a node was started with a damaged disk, and refused. */
  refused = 0

  constructor(ground: Ground, clients: Clients) {
    this.#ground = ground
    this.#clients = clients
  }

  /** All are on their way then, or have arrived; some may wait where they are until they are told to go on. */
  async perform({ before, rolling, troubles }: Plan): Promise<void> {
    for (const node of before) this.#clients.change(node)
    for (const start of rolling) {
      await this.restart(start)
      this.#clients.change(start.node)
    }
    for (const { restMs, deed } of troubles) {
      await rest(restMs)
      await this.#do(deed)
    }
  }

  /** A node was started that waits there when it comes there. */
  waitsAt(node: NodeId, place: InjectionName): void {
    this.#places.set(node, place)
  }

  /** Has whoever waits somewhere go on. */
  async goOn(node: NodeId): Promise<void> {
    const place = this.#places.get(node)
    if (place === undefined) return
    await this.#ground.inject("disable", place, [node])
    this.#places.delete(node)
  }

  /** Kills a node, where it waits if it comes there in time, and starts it again. */
  async restart({ node, place, damage }: Start): Promise<void> {
    await this.#meet(node)
    await this.#ground.kill(node)
    if (damage !== null) {
      await refusesToStart(this.#ground, node, damage)
      this.refused++
    }
    await this.#ground.boot(node, place)
    if (place !== null) this.waitsAt(node, place)
  }

  async #meet(node: NodeId): Promise<void> {
    const place = this.#places.get(node)
    if (place === undefined) return
    const isThere = async (): Promise<boolean> => ((await this.#ground.reached(place)).get(node) ?? 0) > 0
    if (await within(patienceMs, isThere, lookEveryMs)) this.met++
    this.#places.delete(node)
  }

  async #do(deed: Deed): Promise<void> {
    switch (deed._tag) {
      case "Kill":
        return this.restart(deed.start)
      case "KillLeader":
        return this.#ground.killLeader()
      case "Change":
        return this.#clients.change(deed.node)
      case "GoOn":
        return this.goOn(deed.node)
    }
  }
}
