/** A running cluster that builds views in the hands of a round: what group 0 says of a base, and what its nodes have. */
import type { NodeId } from "../../../spec/metadata.ts"
import { type TableId, ViewId } from "../../../spec/view-building/ids.ts"
import { type BuildingState, isBuilt, type Table, tableOf } from "../../../spec/view-building/metadata.ts"
import {
  type Cluster,
  type ControlAnswer,
  type ControlCommand,
  type InjectionName,
  injectionNames,
  readJournal,
  type Said
} from "../../adapters/view-building-processes.ts"
import { wholeJournal } from "../journals.ts"
import { RunningCluster } from "../processes.ts"
import { limitMs, Stuck } from "../waiting.ts"

export type Dumped = Extract<ControlAnswer, { readonly _tag: "Dumped" }>

export class Ground extends RunningCluster<ControlCommand, ControlAnswer, Said, InjectionName> {
  constructor(cluster: Cluster, nodes: ReadonlyArray<NodeId>, directory: string) {
    super({
      cluster,
      nodes,
      lookEveryMs: 40,
      injecting: (action, name) => ({ _tag: "Inject", action, name }),
      checkJournal: (teller) => {
        wholeJournal(readJournal, directory, teller)
      }
    })
  }

  async state(): Promise<BuildingState> {
    return (await this.status()).metadata.state
  }

  async table(base: TableId): Promise<Table> {
    const found = tableOf(await this.state(), base)
    if (found === undefined) throw new RangeError(`there is no table ${base}`)
    return found
  }

  /** Resolves when no tablet of a base is in a transition. */
  async untilStill(base: TableId): Promise<void> {
    const isStill = async (): Promise<boolean> =>
      (await this.table(base)).tablets.every(({ transition }) => transition === null)
    if (!(await this.within(limitMs, isStill)))
      throw new Stuck(`tablets of ${base} have been on their way for ${limitMs / 1000} s and nobody is in theirs`)
  }

  /** Resolves when nothing is left to be done for a base, and all of its views are built. */
  async untilBuilt(base: TableId): Promise<void> {
    let left = ""
    const isDone = await this.within(limitMs, async () => {
      const state = await this.state()
      left = JSON.stringify({
        processing: state.processing,
        tasks: state.tasks.filter((task) => task.base === base),
        statuses: state.statuses.filter(
          ({ view, status }) => status !== "SUCCESS" && viewsOf(state, base).includes(view)
        )
      })
      return (
        state.processing !== base &&
        state.tasks.every((task) => task.base !== base) &&
        viewsOf(state, base).every((view) => isBuilt(state, view))
      )
    })
    if (!isDone) throw new Stuck(`${base} is not built within ${limitMs / 1000} s: ${left}`)
  }

  override heal(): Promise<void> {
    return super.heal(injectionNames)
  }

  /** Resolves when all nodes have applied all that group 0 says: before that they do not know where rows go. */
  async untilCaughtUp(base: TableId): Promise<void> {
    const isSo = async (): Promise<boolean> => {
      const at = await this.head()
      const dumped = await Promise.all(this.nodes.map((node) => this.ask(node, dumping(base))))
      return dumped.every((answer) => answer?._tag === "Dumped" && answer.at >= at)
    }
    if (!(await this.within(limitMs, isSo))) throw new Stuck("some node does not catch up with group 0")
  }

  /** What a node has of a base, and of a view of it. */
  async dump(node: NodeId, base: TableId, view?: ViewId): Promise<Dumped> {
    const answer = await this.ask(node, dumping(base, view))
    if (answer?._tag !== "Dumped") throw new Stuck(`${node} answers a dump with ${answer?._tag ?? "nothing"}`)
    return answer
  }
}

const viewsOf = (state: BuildingState, base: TableId): ReadonlyArray<ViewId> => tableOf(state, base)?.views ?? []

/** Where no view is of interest, one that nobody has. */
const dumping = (base: TableId, view: ViewId = none): ControlCommand => ({ _tag: "Dump", base, view })
const none: ViewId = ViewId.make("none")
