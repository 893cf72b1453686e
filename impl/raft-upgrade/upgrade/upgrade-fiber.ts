import type { NodeId } from "../../../spec/metadata.ts"
import { pre, synchronize } from "../../../spec/raft-upgrade/states.ts"
import type { WayParts } from "./bootstrap.ts"
import type { Context } from "./context.ts"
import type { Membership } from "./membership.ts"
import type { Told } from "./questions.ts"
import { ended, type Rounds } from "./rounds.ts"
import { othersIn } from "./schema-synchronisation.ts"

/** The other normal members of the ring, as far as this node knows by now. */
export interface Neighbours {
  readonly peers: ReadonlyArray<NodeId>
  /** Asks those whom it knows who has left. */
  catchUp(): Promise<void>
}

/**
 * U1 to U9: takes a node of an old cluster to group 0. It begins at the top again after a fall, wherever the node was.
 *
 * Source: service/raft/raft_group0.cc upgrade_to_group0, do_upgrade_to_group0; dossier `raft-upgrade.md` 2.7.
 */
export class UpgradeFiber {
  protected readonly context: Context
  protected readonly membership: Membership
  protected readonly neighbours: Neighbours
  protected readonly made: WayParts

  constructor(context: Context, membership: Membership, neighbours: Neighbours, made: WayParts) {
    this.context = context
    this.membership = membership
    this.neighbours = neighbours
    this.made = made
  }

  /** Resolves when this node uses group 0. Rejects with `Aborted`, and with whatever goes wrong. */
  async run(): Promise<void> {
    const { self, tell, state, injections } = this.context
    const from = state.now
    tell({ _tag: "FiberBegan", node: self, from })
    await injections.wait("group0_upgrade_pause_before_dry_run")
    await this.dryRun("dryRunOnPeers", () => this.neighbours.peers)
    // Whoever is off the ring has nothing to look for: others would wait for it.
    if (this.hasLeft) return
    await this.membership.join({ voter: true, contacts: this.neighbours.peers, isNew: false })
    ended(this.context, "join")
    await this.allJoined()
    if (from === pre) await this.toSynchronize()
    const lastSteps = new this.made.LastSteps(this.context, this.membership, this.made)
    await lastSteps.crossTogether()
    await lastSteps.arrive()
  }

  protected get hasLeft(): boolean {
    const { store, self } = this.context
    return store.ring.value.left.includes(self) || this.membership.isLeftOut(self)
  }

  /** U1, U5: everybody answers, whatever it is; a node that cannot is found before anybody depends on it. */
  protected async dryRun(step: "dryRunOnPeers" | "dryRunOnMembers", nodes: () => ReadonlyArray<NodeId>): Promise<void> {
    const rounds = new this.context.Rounds(this.context, step)
    for (;;) {
      const asked = nodes()
      const told = await this.context.questions.states(asked)
      if (this.haveAnswered(asked, told)) break
      await this.restAndLookAround(rounds)
    }
    ended(this.context, step)
  }

  /** Whoever is waited for in vain may have left, and this node has not heard of it. */
  protected async restAndLookAround(rounds: Rounds): Promise<void> {
    await rounds.rest()
    await this.neighbours.catchUp()
  }

  protected haveAnswered(asked: ReadonlyArray<NodeId>, told: ReadonlyArray<Told>): boolean {
    return told.length === asked.length
  }

  /** U3. */
  protected async allJoined(): Promise<void> {
    const rounds = new this.context.Rounds(this.context, "allJoined")
    for (;;) {
      const { members, joint } = this.membership.configuration
      const isIn = (node: NodeId): boolean => members.some((member) => member.node === node)
      if (!joint && isIn(this.context.self) && this.neighbours.peers.every(isIn)) break
      await this.restAndLookAround(rounds)
    }
    ended(this.context, "allJoined")
  }

  /** U4 to U6. */
  protected async toSynchronize(): Promise<void> {
    const { self, injections, state } = this.context
    await new this.made.SchemaSynchronisation(this.context, this.membership, "firstSync").run()
    ended(this.context, "firstSync")
    await this.dryRun("dryRunOnMembers", () => othersIn(this.membership, self))
    injections.fail("group0_upgrade_before_synchronize")
    await injections.wait("group0_upgrade_pause_before_synchronize")
    await state.set(synchronize)
  }
}
