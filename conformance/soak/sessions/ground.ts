/** A running cluster of sessions in the hands of a round: what its tablets are, and what its nodes have. */
import type { Metadata, NodeId, Tablet, TabletId } from "../../../spec/sessions/metadata.ts"
import {
  type Cluster,
  type ControlAnswer,
  type ControlCommand,
  type InjectionName,
  injectionNames,
  readJournal
} from "../../adapters/sessions-processes.ts"
import { wholeJournal } from "../journals.ts"
import { RunningCluster } from "../processes.ts"
import { limitMs, Stuck } from "../waiting.ts"

export type Dumped = Extract<ControlAnswer, { readonly _tag: "Dumped" }>

export class Ground extends RunningCluster<ControlCommand, ControlAnswer, Metadata, InjectionName> {
  constructor(cluster: Cluster, nodes: ReadonlyArray<NodeId>, directory: string) {
    super({
      cluster,
      nodes,
      lookEveryMs: 10,
      injecting: (action, name) => ({ _tag: "Inject", action, name }),
      checkJournal: (teller) => {
        wholeJournal(readJournal, directory, teller)
      }
    })
  }

  /** Has the operator do something with a tablet, through any node. Resolves once group 0 has taken it. */
  async order(tablet: TabletId, command: ControlCommand): Promise<void> {
    const was = JSON.stringify((await this.tablet(tablet)).replicas)
    await this.insistAnywhere(command, async () => {
      const { transition, replicas } = await this.tablet(tablet)
      return transition !== null || JSON.stringify(replicas) !== was
    })
  }

  async tablet(tablet: TabletId): Promise<Tablet> {
    const found = (await this.status()).metadata.tablets.find((known) => known.tablet === tablet)
    if (found === undefined) throw new RangeError(`there is no tablet ${tablet}`)
    return found
  }

  async isIdle(tablet: TabletId): Promise<boolean> {
    return (await this.tablet(tablet)).transition === null
  }

  /** Resolves when a tablet is in no transition. */
  async untilIdle(tablet: TabletId): Promise<void> {
    if (await this.within(limitMs, () => this.isIdle(tablet))) return
    const { transition } = await this.tablet(tablet)
    throw new Stuck(`${tablet} has been in ${transition?.stage} for ${limitMs / 1000} s and nobody is in its way`)
  }

  override heal(): Promise<void> {
    return super.heal(injectionNames)
  }

  /** Resolves with what every node has, once all of them have applied all that group 0 says. */
  async dumps(): Promise<ReadonlyMap<NodeId, Dumped>> {
    const dumped = new Map<NodeId, Dumped>()
    const isCaughtUp = await this.within(limitMs, async () => {
      const at = await this.head()
      for (const node of this.nodes) {
        const answer = await this.ask(node, { _tag: "Dump" })
        if (answer?._tag !== "Dumped" || answer.at < at) return false
        dumped.set(node, answer)
      }
      return true
    })
    if (!isCaughtUp) throw new Stuck("some node does not catch up with group 0")
    return dumped
  }
}
