/** One round: a cluster of three processes with files goes to group 0 while it is killed; then the laws judge what it told. */
import type { NodeId } from "../../../spec/metadata.ts"
import { Mutation, OperationId } from "../../../spec/raft-upgrade/ids.ts"
import type { Edit, SchemaSet } from "../../../spec/raft-upgrade/messages.ts"
import { post } from "../../../spec/raft-upgrade/states.ts"
import { Cluster, type ControlAnswer, judged } from "../../adapters/raft-upgrade-processes.ts"
import { type Deed, type Ending, late, nodes, type Plan } from "./plan.ts"

/** How many times as short every wait is as in a database. */
const haste = 5
const limitMs = 180_000
const lookEveryMs = 50

const erasures: ReadonlyArray<Edit> = [{ _tag: "EraseDiscovery" }, { _tag: "EraseHistory" }, { _tag: "EraseGroup" }]

const rest = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** What had to be so in the end, and was not. */
class Stuck extends Error {
  override readonly name = "Stuck"
}

export class Round {
  readonly #cluster: Cluster
  readonly #plan: Plan
  #operations = 0
  /** What clients were told is done. */
  readonly #acknowledged: string[] = []
  #members: ReadonlyArray<NodeId> = nodes

  private constructor(cluster: Cluster, plan: Plan) {
    this.#cluster = cluster
    this.#plan = plan
  }

  /** Sentences about what went wrong in a round; none if nothing did. */
  static async run(plan: Plan, directory: string): Promise<ReadonlyArray<string>> {
    const cluster = await Cluster.start({ directory, nodes, haste })
    const round = new Round(cluster, plan)
    try {
      await round.#perform()
      return []
    } catch (error) {
      if (error instanceof Stuck) return [error.message]
      throw error
    } finally {
      await cluster.killAll()
    }
  }

  async #perform(): Promise<void> {
    const { order, troubles, ending } = this.#plan
    this.#change(order[0]!)
    for (const node of order) await this.#restart(node)
    for (const { deed, restMs } of troubles) {
      await rest(restMs)
      await this.#do(deed)
    }
    await this.#arrive(this.#members)
    await this.#end(ending)
    await this.#arrive(this.#members)
    const schemas = () => Promise.all(this.#members.map((node) => this.#schema(node)))
    await this.#until("all have the same schema", async () => new Set((await schemas()).map(String)).size === 1)
    const [schema = []] = await schemas()
    const missing = this.#acknowledged.filter((mutation) => schema.every((one) => one !== mutation))
    if (missing.length > 0) throw new Stuck(`${missing.join(", ")} was acknowledged, and is gone`)
    let broken = judged(this.#cluster.labels())
    await this.#until(
      () => `no law is broken: ${broken.join("; ")}`,
      async () => {
        broken = judged(this.#cluster.labels())
        return broken.length === 0
      }
    )
  }

  async #do(deed: Deed): Promise<void> {
    if (deed._tag === "KillLeader") await this.#cluster.restartLeader()
    else if (deed._tag === "Kill") await this.#restart(deed.node)
    else this.#change(deed.node)
  }

  async #end(ending: Ending): Promise<void> {
    const [a, b, c] = nodes as [NodeId, NodeId, NodeId]
    switch (ending) {
      case "nothing":
        break
      case "add":
        await this.#add()
        break
      case "decommission":
        await this.#cluster.control(a, { _tag: "Decommission" })
        await this.#cluster.shutdown(a)
        this.#members = [b, c]
        break
      case "remove":
        await this.#remove(c, a)
        break
      case "replace":
        await this.#remove(c, b)
        await this.#add()
        break
      case "recover":
        await this.#recover([a, b, c])
        break
    }
    this.#change(b)
  }

  async #add(): Promise<void> {
    await this.#cluster.add(late, [...this.#members])
    this.#members = [...this.#members, late]
  }

  async #remove(dead: NodeId, by: NodeId): Promise<void> {
    await this.#cluster.kill(dead)
    this.#cluster.declareLost(dead)
    await this.#cluster.control(by, { _tag: "Remove", node: dead })
    this.#members = this.#members.filter((node) => node !== dead)
  }

  /** Two of three are lost, and the one that is left comes out by the recipe. */
  async #recover([left, ...dead]: ReadonlyArray<NodeId>): Promise<void> {
    if (left === undefined) return
    // What was acknowledged is with everybody, so that none of it is lost with those that are.
    await this.#until("all have what was acknowledged", async () => {
      const schema = await this.#schema(left)
      return this.#acknowledged.every((mutation) => schema.some((one) => one === mutation))
    })
    for (const node of dead) {
      await this.#cluster.kill(node)
      this.#cluster.declareLost(node)
    }
    const edit = async (...edits: ReadonlyArray<Edit>): Promise<void> => {
      for (const one of edits) await this.#cluster.control(left, { _tag: "Edit", edit: one })
    }
    await edit({ _tag: "WriteState", text: "recovery" })
    await this.#restart(left)
    for (const node of dead) await this.#cluster.control(left, { _tag: "Remove", node })
    await edit(...erasures, { _tag: "DeleteState" })
    await this.#restart(left)
    this.#members = [left]
    await this.#arrive(this.#members)
  }

  /** A client's change; what becomes of it, it may never hear. */
  #change(node: NodeId): void {
    const operation = OperationId.make(++this.#operations)
    const mutation = Mutation.make(`m${operation}`)
    this.#cluster.control(node, { _tag: "Change", operation, mutation }).then(
      ({ _tag }) => _tag === "Done" && this.#acknowledged.push(mutation),
      // Its node was killed.
      () => undefined
    )
  }

  async #restart(node: NodeId): Promise<void> {
    await this.#cluster.kill(node)
    await this.#cluster.boot(node, { supports: true })
  }

  async #arrive(all: ReadonlyArray<NodeId>): Promise<void> {
    const hasArrived = async (node: NodeId): Promise<boolean> => {
      const { state, isNormal } = await this.#status(node)
      return state === post && isNormal
    }
    for (const node of all) await this.#until(`${node} has arrived`, () => hasArrived(node))
  }

  async #schema(node: NodeId): Promise<SchemaSet> {
    return (await this.#status(node)).schema
  }

  async #status(node: NodeId): Promise<Extract<ControlAnswer, { readonly _tag: "StatusIs" }>> {
    const answer = await this.#cluster.control(node, { _tag: "Status" })
    if (answer._tag === "StatusIs") return answer
    throw new Error(`${node} answers ${answer._tag} to a question for its status`)
  }

  async #until(what: string | (() => string), isSo: () => Promise<boolean>): Promise<void> {
    const end = performance.now() + limitMs
    while (!(await isSo())) {
      if (performance.now() > end)
        throw new Stuck(`after ${limitMs / 1000} s it is not so that ${typeof what === "string" ? what : what()}`)
      await rest(lookEveryMs)
    }
  }
}
