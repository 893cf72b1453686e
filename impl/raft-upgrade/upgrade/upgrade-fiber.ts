import type { NodeId } from "../../../spec/metadata.ts"
import { pre, synchronize } from "../../../spec/raft-upgrade/states.ts"
import type { Context } from "./context.ts"
import { arrive, crossTogether } from "./last-steps.ts"
import type { Membership } from "./membership.ts"
import { askStates } from "./questions.ts"
import { ended, Rounds } from "./rounds.ts"
import { othersIn, SchemaSynchronisation } from "./schema-synchronisation.ts"

/**
 * U1 to U9: takes a node of an old cluster to group 0. It begins at the top again after a fall, wherever the node was.
 *
 * Source: service/raft/raft_group0.cc upgrade_to_group0, do_upgrade_to_group0; dossier `raft-upgrade.md` 2.7.
 */
export class UpgradeFiber {
  readonly #context: Context
  readonly #membership: Membership
  readonly #peers: () => ReadonlyArray<NodeId>

  /** `peers` are the other normal members of the ring, as far as this node knows by then. */
  constructor(context: Context, membership: Membership, peers: () => ReadonlyArray<NodeId>) {
    this.#context = context
    this.#membership = membership
    this.#peers = peers
  }

  /** Resolves when this node uses group 0. Rejects with `Aborted`, and with whatever goes wrong. */
  async run(): Promise<void> {
    const { self, tell, state, injections } = this.#context
    const from = state.now
    tell({ _tag: "FiberBegan", node: self, from })
    await injections.wait("group0_upgrade_pause_before_dry_run")
    await this.#dryRun("dryRunOnPeers", this.#peers)
    await this.#membership.join({ voter: true, contacts: this.#peers(), isNew: false })
    ended(this.#context, "join")
    await this.#allJoined()
    if (from === pre) await this.#toSynchronize()
    await crossTogether(this.#context, this.#membership)
    await arrive(this.#context)
  }

  /** U1, U5: everybody answers, whatever it is; a node that cannot is found before anybody depends on it. */
  async #dryRun(step: "dryRunOnPeers" | "dryRunOnMembers", nodes: () => ReadonlyArray<NodeId>): Promise<void> {
    const rounds = new Rounds(this.#context, step)
    for (;;) {
      const asked = nodes()
      const told = await askStates(this.#context, asked)
      if (told.length === asked.length) break
      await rounds.rest()
    }
    ended(this.#context, step)
  }

  /** U3. */
  async #allJoined(): Promise<void> {
    const rounds = new Rounds(this.#context, "allJoined")
    for (;;) {
      const { members, joint } = this.#membership.configuration
      const isIn = (node: NodeId): boolean => members.some((member) => member.node === node)
      if (!joint && isIn(this.#context.self) && this.#peers().every(isIn)) break
      await rounds.rest()
    }
    ended(this.#context, "allJoined")
  }

  /** U4 to U6. */
  async #toSynchronize(): Promise<void> {
    const { self, injections, state } = this.#context
    await new SchemaSynchronisation(this.#context, this.#membership, "firstSync").run()
    ended(this.#context, "firstSync")
    await this.#dryRun("dryRunOnMembers", () => othersIn(this.#membership, self))
    injections.fail("group0_upgrade_before_synchronize")
    await injections.wait("group0_upgrade_pause_before_synchronize")
    await state.set(synchronize)
  }
}
