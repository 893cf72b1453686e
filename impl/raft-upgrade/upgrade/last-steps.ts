import type { NodeId } from "../../../spec/metadata.ts"
import { post, synchronize } from "../../../spec/raft-upgrade/states.ts"
import type { Context } from "./context.ts"
import type { Membership } from "./membership.ts"
import type { Told } from "./questions.ts"
import { ended } from "./rounds.ts"
import { othersIn, type SchemaSynchronisation } from "./schema-synchronisation.ts"

/** What the last steps are made of. */
export interface CrossingParts {
  readonly SchemaSynchronisation: typeof SchemaSynchronisation
}

/** The steps that end both ways to group 0: those of the upgrade, and those of a node that is new. */
export class LastSteps {
  protected readonly context: Context
  protected readonly membership: Membership
  protected readonly made: CrossingParts

  constructor(context: Context, membership: Membership, made: CrossingParts) {
    this.context = context
    this.membership = membership
    this.made = made
  }

  /**
   * U7: waits until every member was in synchronize, or one is through. U8: has the schema of all of them.
   *
   * Source: service/raft/raft_group0.cc wait_until_every_node_entered_synchronize; dossier 2.7.
   */
  async crossTogether(): Promise<void> {
    const { self, tell, options, questions, Rounds } = this.context
    const rounds = new Rounds(this.context, "secondSync")
    for (;;) {
      const through = (await this.allSynchronize()) ?? (await this.secondSync())
      if (through === undefined) return
      // Nobody has asked a node that came late what it has: it takes what the group began with from one who knows.
      if (options.latecomers === "asTheyAre" || (await questions.pull(through, "sync"))) {
        tell({ _tag: "FinishedEarly", node: self, of: through })
        return
      }
      await rounds.rest()
    }
  }

  /** U9: from here on schema changes are commands of group 0. */
  async arrive(): Promise<void> {
    const { state, injections } = this.context
    await injections.wait("group0_upgrade_pause_before_final")
    await state.set(post)
  }

  /** Resolves with nothing once every member was in synchronize, or with one that is through. */
  protected async allSynchronize(): Promise<NodeId | undefined> {
    const { self, injections, options, questions, Rounds } = this.context
    const rounds = new Rounds(this.context, "allSynchronize")
    // Who was there once is not asked again, for nobody goes back; but where another is silent one of them may be through.
    let isSilent = false
    const entered = new Set<NodeId>([self])
    await injections.wait("group0_upgrade_pause_in_synchronize")
    for (;;) {
      const asked = this.others.filter((node) => isSilent || !entered.has(node))
      const told = await questions.states(asked)
      for (const one of told) if (this.isReady(one)) entered.add(one.node)
      const through = this.throughOf(asked, told)
      if (through !== undefined) return through
      if (this.isEnough(entered)) break
      isSilent = options.entered === "askedAgain" && told.length < asked.length
      await rounds.rest()
    }
    ended(this.context, "allSynchronize")
    return undefined
  }

  /** Whether one that was asked has stopped using the old path. */
  protected isReady({ state }: Told): boolean {
    return state === synchronize
  }

  /** One of those asked that is through. */
  protected throughOf(_asked: ReadonlyArray<NodeId>, told: ReadonlyArray<Told>): NodeId | undefined {
    return this.context.questions.finisher(this.membership.group, told)
  }

  protected isEnough(entered: ReadonlySet<NodeId>): boolean {
    return this.others.every((node) => entered.has(node))
  }

  /** Who is to be waited for, as far as this node has learned by now. */
  protected get others(): ReadonlyArray<NodeId> {
    return othersIn(this.membership, this.context.self)
  }

  protected async secondSync(): Promise<NodeId | undefined> {
    await this.context.injections.wait("group0_upgrade_pause_before_second_sync")
    const through = await new this.made.SchemaSynchronisation(this.context, this.membership, "secondSync").run()
    if (through === undefined) ended(this.context, "secondSync")
    return through
  }
}
