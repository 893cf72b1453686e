import { Cluster, type ClusterOptions } from "../../../impl/raft-upgrade/node/local-cluster.ts"
import { type Chance, chance } from "../../../model/explorer/random.ts"
import { lostKinds, places } from "../../kit/raft-upgrade/cluster/faults.ts"
import { erasures, intoRecovery, outOfRecovery } from "../../kit/raft-upgrade/cluster/recipe.ts"

const settleSeconds = 600

/** What is another way with the nodes that a storm comes over, and who is to know of them from the beginning. */
export interface StormOptions extends Pick<ClusterOptions, "upgrade" | "machinery" | "Node"> {
  readonly began?: (cluster: Cluster) => void
}

/** A cluster on its way to group 0 on which things go wrong by a seed. */
export class Storm {
  readonly cluster: Cluster
  readonly #draw: Chance
  readonly #down = new Set<string>()
  readonly #apart: Array<readonly [string, string]> = []
  readonly #lost: Array<readonly [string, string]> = []
  /** Who was not lost. */
  left: ReadonlyArray<string> = []
  #changes = 0

  private constructor(cluster: Cluster, draw: Chance) {
    this.cluster = cluster
    this.#draw = draw
  }

  /** So many things go wrong; then nothing does any more, and all comes to its end. */
  static async of(seed: number, steps: number, options: StormOptions = {}): Promise<Storm> {
    const storm = await Storm.#begun(seed, steps, options)
    await storm.#calm()
    await storm.#arrive(storm.cluster.names)
    return storm
  }

  static async #begun(seed: number, steps: number, { began, ...change }: StormOptions): Promise<Storm> {
    const draw = chance(seed)
    const delays: Array<(milliseconds: number) => Promise<void>> = []
    // Some messages are slow, so that others overtake them.
    const turn = (): Promise<void> =>
      draw(4) === 0 ? (delays[0]?.(draw(1_500)) ?? Promise.resolve()) : Promise.resolve()
    const nodes = ["A", "B", "C"].slice(0, 2 + draw(2))
    const cluster = await Cluster.start({ ...change, nodes, turn })
    began?.(cluster)
    delays.push((milliseconds) => new Promise((resolve) => cluster.clock.setTimer(milliseconds, resolve)))
    for (const name of cluster.names) await cluster.boot(name)
    const storm = new Storm(cluster, draw)
    for (let step = 0; step < steps; step++) await storm.#step()
    return storm
  }

  /** So many things go wrong, some nodes are lost for good, and the operator goes by the recipe with those that are left. */
  static async recovered(seed: number, steps: number, options: StormOptions = {}): Promise<Storm> {
    const storm = await Storm.#begun(seed, steps, options)
    await storm.#calm()
    const { cluster } = storm
    // One who was on the ring from the beginning is left: a newcomer alone is no cluster.
    const kept = storm.#one(cluster.names.filter((name) => name !== "D"))
    const lost = cluster.names.filter((name) => name !== kept && storm.#draw(2) === 0)
    storm.left = cluster.names.filter((name) => !lost.includes(name))
    for (const name of lost) await cluster.lose(name)
    await storm.#recover(lost)
    await storm.#arrive(storm.left)
    return storm
  }

  async #step(): Promise<void> {
    const { cluster } = this
    const name = this.#one(cluster.names)
    switch (this.#draw(9)) {
      case 0:
        if (this.#down.has(name)) await this.#boot(name)
        else {
          await cluster.crash(name)
          this.#down.add(name)
        }
        break
      case 1:
        if (!this.#down.has(name)) await cluster.restart(name)
        break
      case 2:
      case 3:
        // What becomes of it, the laws say; a node that falls tells nobody.
        if (!this.#down.has(name)) cluster.change(name, `m${++this.#changes}`).catch(() => {})
        break
      case 4:
        this.#toggle(name, this.#one(places))
        break
      case 5:
        this.#separate(name, this.#one(cluster.names))
        break
      case 6:
        this.#lose(this.#one(lostKinds), this.#one([...cluster.names, "group0"]))
        break
      case 7:
        if (this.#lost.length + this.#apart.length > 0) this.#heal()
        break
      default:
        if (!cluster.names.includes("D") && cluster.of("StateEntered").some(({ state }) => state.includes("post")))
          await cluster.add("D", ...cluster.names)
    }
    await cluster.pass(this.#draw(3_000) + 1)
  }

  #toggle(name: string, place: (typeof places)[number]): void {
    const { injections } = this.cluster.member(name)
    if (injections.isEnabled(place)) injections.disable(place)
    else injections.enable(place)
  }

  #separate(one: string, other: string): void {
    if (one === other) return
    this.cluster.separate(one, other)
    this.#apart.push([one, other])
  }

  #lose(kind: string, to: string): void {
    this.cluster.loses(kind, to, true)
    this.#lost.push([kind, to])
  }

  #heal(): void {
    for (const [one, other] of this.#apart.splice(0)) this.cluster.reunite(one, other)
    for (const [kind, to] of this.#lost.splice(0)) this.cluster.loses(kind, to, false)
  }

  async #boot(name: string): Promise<void> {
    await this.cluster.boot(name)
    this.#down.delete(name)
  }

  /** Nothing goes wrong any more. */
  async #calm(): Promise<void> {
    const { cluster } = this
    this.#heal()
    for (const name of cluster.names) {
      if (this.#down.has(name)) await this.#boot(name)
      for (const place of places) cluster.member(name).injections.disable(place)
    }
  }

  /** The recipe, R2 to R8, at leisure, while clients go on. Source: dossier 3. */
  async #recover(lost: ReadonlyArray<string>): Promise<void> {
    const { cluster, left } = this
    await this.#onEach((name) => cluster.edit(name, intoRecovery))
    await this.#onEach((name) => cluster.restart(name))
    for (const dead of lost) await cluster.outcome(cluster.on(left[0]!).operator.remove(cluster.id(dead)))
    for (const edit of erasures) await this.#onEach((name) => cluster.edit(name, edit))
    await this.#onEach((name) => cluster.edit(name, outOfRecovery))
    await this.#onEach((name) => cluster.restart(name))
  }

  async #onEach(what: (name: string) => Promise<void>): Promise<void> {
    for (const name of this.left) {
      await what(name)
      if (this.#draw(3) === 0) this.cluster.change(name, `m${++this.#changes}`).catch(() => {})
      await this.cluster.pass(this.#draw(8_000) + 1)
    }
  }

  async #arrive(names: ReadonlyArray<string>): Promise<void> {
    await this.cluster.until(() => this.cluster.hasArrived(...names), settleSeconds)
    await this.cluster.pass(60_000)
  }

  #one<Value>(values: ReadonlyArray<Value>): Value {
    return values[this.#draw(values.length)]!
  }
}
