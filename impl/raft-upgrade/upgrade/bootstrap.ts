import type { NodeId } from "../../../spec/metadata.ts"
import { post, synchronize } from "../../../spec/raft-upgrade/states.ts"
import { CallFailed } from "../network/calls.ts"
import type { Context } from "./context.ts"
import type { CrossingParts, LastSteps } from "./last-steps.ts"
import type { Membership } from "./membership.ts"
import { ended } from "./rounds.ts"

/** What the way of a new node is made of. */
export interface WayParts extends CrossingParts {
  readonly LastSteps: typeof LastSteps
}

/**
 * B1 to B6: takes a node that is new to group 0, before it is on the ring.
 *
 * Source: service/raft/raft_group0.cc setup_group0; dossier `raft-upgrade.md` 2.9.
 */
export class Bootstrap {
  protected readonly context: Context
  protected readonly membership: Membership
  protected readonly made: WayParts

  constructor(context: Context, membership: Membership, made: WayParts) {
    this.context = context
    this.membership = membership
    this.made = made
  }

  async run(contacts: ReadonlyArray<NodeId>): Promise<void> {
    const { state, options, injections } = this.context
    await this.membership.join({ voter: false, contacts, isNew: true })
    ended(this.context, "join")
    // Row 29: who has arrived before it fell does not go back.
    if (state.now !== post || options.repeatedBootstrap === "goesBack") await state.set(synchronize)
    await this.readBarrier()
    if (state.now !== post) {
      const lastSteps = new this.made.LastSteps(this.context, this.membership, this.made)
      if (!this.isAlone) await lastSteps.crossTogether()
      await lastSteps.arrive()
    }
    await injections.wait("stop_before_joining_ring")
  }

  /** B4. */
  protected get isAlone(): boolean {
    const { members, joint } = this.membership.configuration
    return !joint && members.length === 1
  }

  /** B3: without it a node that knows of no member would take itself for the only one (row 27). */
  protected async readBarrier(): Promise<void> {
    const rounds = new this.context.Rounds(this.context, "readBarrier")
    for (;;) {
      try {
        await this.membership.server!.readBarrier(this.context.signal)
        break
      } catch (error) {
        if (!(error instanceof CallFailed)) throw error
        await rounds.rest()
      }
    }
    ended(this.context, "readBarrier")
  }
}
