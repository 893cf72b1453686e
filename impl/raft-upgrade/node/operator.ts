import type { NodeId } from "../../../spec/metadata.ts"
import type { Purpose } from "../../../spec/raft-upgrade/messages.ts"
import { post, recovery } from "../../../spec/raft-upgrade/states.ts"
import { sleep } from "../../runtime/waits.ts"
import type { Group0 } from "../group0/raft-server.ts"
import type { Context } from "../upgrade/context.ts"
import type { Membership } from "../upgrade/membership.ts"
import type { reconfigure } from "./reconfiguration.ts"
import type { Ring } from "./ring.ts"

const afterRing = "remove_node_pause_after_ring"
/** How often a node looks whether it may begin. */
const retryMs = 1_000

/** What an operator's orders are carried out by. */
export interface OperatorParts {
  readonly reconfigure: typeof reconfigure
}

/**
 * What an operator has this node do with the cluster: it leaves, or takes out one that is dead.
 *
 * Where nobody has looked for the group, or in recovery, only the ring is concerned: that is how one gets out of a first step that
 * waits for a dead node. Source: service/storage_service.cc decommission, removenode; raft_group0.cc leave_group0, remove_from_group0.
 */
export class Operator {
  protected readonly context: Context
  protected readonly membership: Membership
  protected readonly ring: Ring
  protected readonly made: OperatorParts

  constructor(context: Context, membership: Membership, ring: Ring, made: OperatorParts) {
    this.context = context
    this.membership = membership
    this.ring = ring
    this.made = made
  }

  /** Resolves when this node is off the ring and out of the group: it may be shut down then. */
  async decommission(): Promise<void> {
    const { self, injections } = this.context
    const server = await this.group(self)
    if (server !== undefined) await this.reconfigure(server, "becomeNonVoter", self)
    await this.ring.takeOff(self)
    await injections.wait(afterRing)
    if (server !== undefined) await this.reconfigure(server, "leave", self)
  }

  /** Resolves when a dead node is off the ring and out of the group. */
  async remove(node: NodeId): Promise<void> {
    const server = await this.group(node)
    if (server !== undefined) await this.reconfigure(server, "becomeNonVoter", node)
    await this.ring.takeOff(node)
    await this.context.injections.wait(afterRing)
    if (server !== undefined) await this.reconfigure(server, "remove", node)
  }

  /** Rows 32, 37: takes out of the group whoever is off the ring, whoever began that, and however far he came. */
  async takeOutGhosts(): Promise<void> {
    const { state, options } = this.context
    const { server } = this.membership
    if (state.now !== post || server === undefined || options.ghosts === "left") return
    for (const ghost of this.ring.row.left) await this.reconfigure(server, "remove", ghost)
  }

  protected async reconfigure(server: Group0, purpose: Purpose, of: NodeId): Promise<void> {
    await this.made.reconfigure(this.context, server, purpose, of)
  }

  /**
   * The group's server, once this node has arrived: nobody may be taken out before. Nothing where there is no group.
   *
   * Row 32: as soon as anybody has looked for the group, whoever goes may be in it, or those who look wait for him; and nobody
   * can be taken out until this node has arrived. Before that no group can come about, for this node has answered nobody.
   */
  protected async group(goes: NodeId): Promise<Group0 | undefined> {
    const { state, clock, signal } = this.context
    while (state.now !== post || this.membership.server === undefined) {
      if (state.now === recovery) return undefined
      if ((await this.ring.doAllLeaveOut(goes)) && this.membership.leaveOut(goes)) return undefined
      await sleep(clock, retryMs, signal)
    }
    return this.membership.server
  }
}
