/** A running cluster on its way to group 0 in the hands of a round: who is in it, how far everybody is, and what happens to it. */
import type { NodeId } from "../../../spec/metadata.ts"
import { post, type UpgradeState } from "../../../spec/raft-upgrade/states.ts"
import {
  type Cluster,
  type ControlAnswer,
  type ControlCommand,
  type InjectionName,
  readJournal,
  startProcesses
} from "../../adapters/raft-upgrade-processes.ts"
import { wholeJournal } from "../journals.ts"
import { RunningNodes } from "../nodes.ts"
import type { LifeOptions } from "../soak.ts"
import { limitMs, Stuck } from "../waiting.ts"
import { nodes } from "./plan.ts"

/** How many times as short every rest between two tries is as in a database. */
const haste = 20
const lookEveryMs = 20

export type Status = Extract<ControlAnswer, { readonly _tag: "StatusIs" }>

export class Ground extends RunningNodes<ControlCommand, ControlAnswer, InjectionName> {
  readonly #cluster: Cluster
  readonly #directory: string
  #members = nodes
  /** Everybody who was ever there. */
  #known = nodes

  private constructor(cluster: Cluster, directory: string) {
    super({
      cluster: {
        control: (node, command) => cluster.control(node, command),
        process: (node) => cluster.process(node),
        kill: (node) => cluster.kill(node),
        restart: (node) => cluster.boot(node)
      },
      lookEveryMs,
      injecting: (action, name) => ({ _tag: "Inject", action, name }),
      checkJournal: (teller) => {
        wholeJournal(readJournal, directory, teller)
      }
    })
    this.#cluster = cluster
    this.#directory = directory
  }

  /** A cluster with group 0 switched off. */
  static async start({ directory, fence }: Pick<LifeOptions, "directory" | "fence">): Promise<Ground> {
    const design = fence === "on" ? "reference" : "shipped"
    return new Ground(await startProcesses({ directory, nodes, haste, design }), directory)
  }

  get nodes(): ReadonlyArray<NodeId> {
    return this.#members
  }

  /** Everybody who keeps a journal. */
  get tellers(): ReadonlyArray<string> {
    return [...this.#known, "group0", "cluster"]
  }

  /** Where a node keeps its data, and where it tells what it does. */
  filesOf(node: NodeId): { readonly store: string; readonly journal: string } {
    const store = this.#cluster.storeOf(node)
    return { store, journal: `${store}.journal` }
  }

  async status(node: NodeId): Promise<Status> {
    const answer = await this.ask(node, { _tag: "Status" })
    if (answer?._tag !== "StatusIs") throw new Stuck(`${node} answers ${answer?._tag ?? "nothing"} to Status`)
    return answer
  }

  // ---- what an operator does -------------------------------------------------------------------------------------------

  /** Starts a node that was killed, with group 0 switched on. Rejects, with what it said, if it ends before it serves. */
  async boot(node: NodeId, place: InjectionName | null): Promise<void> {
    await this.#cluster.boot(node, { supports: true, enabled: place === null ? [] : [place] })
    this.isBack(node)
  }

  /** Kills whoever leads the groups, and starts the next. */
  async killLeader(): Promise<void> {
    this.kills++
    await this.#cluster.restartLeader()
  }

  /** Kills a node for ever. */
  async lose(node: NodeId): Promise<void> {
    await this.kill(node)
    this.#cluster.declareLost(node)
    this.#members = this.#members.filter((other) => other !== node)
  }

  /** Has a new node come. */
  async add(node: NodeId, place: InjectionName | null): Promise<void> {
    const contacts = this.#members
    this.#members = [...contacts, node]
    this.#known = [...this.#known, node]
    await this.#cluster.add(node, contacts, { enabled: place === null ? [] : [place] })
  }

  /** Ends a node that has left, in good order. */
  async shutdown(node: NodeId): Promise<void> {
    this.#members = this.#members.filter((other) => other !== node)
    await this.#cluster.shutdown(node)
    wholeJournal(readJournal, this.#directory, node)
  }

  /** Kills all processes. */
  end(): Promise<void> {
    return this.#cluster.killAll()
  }

  // ---- looking ---------------------------------------------------------------------------------------------------------

  /** Resolves once something is so. Throws `Stuck` where it does not come to be so. */
  async until(what: string, isSo: () => Promise<boolean>): Promise<void> {
    const isDone = await this.within(limitMs, async () => {
      this.checkUp()
      return isSo()
    })
    if (!isDone) throw new Stuck(`within ${limitMs / 1000} s it does not come to be so that ${what}`)
  }

  /** Resolves once all nodes are in a state. */
  async untilIn(state: UpgradeState, all: ReadonlyArray<NodeId> = this.#members): Promise<void> {
    for (const node of all)
      await this.until(`${node} is in ${state}`, async () => (await this.status(node)).state === state)
  }

  /** Resolves once all nodes use group 0, and are on the ring. */
  async untilArrived(): Promise<void> {
    await this.untilIn(post)
    for (const node of this.#members)
      await this.until(`${node} is on the ring`, async () => (await this.status(node)).isNormal)
  }

  /** Resolves once all nodes have the same schema, with all of these in it. */
  async untilAgreed(changes: ReadonlyArray<string>): Promise<void> {
    await this.until(`all have ${changes.join(", ")} and the same schema`, async () => {
      const found = await Promise.all(this.#members.map(async (node) => (await this.status(node)).schema))
      const schemas = new Set(found.map((schema) => schema.join()))
      const known = new Set<string>(found[0])
      return schemas.size === 1 && changes.every((change) => known.has(change))
    })
  }
}
