import type { NodeId } from "../../../spec/metadata.ts"
import { post, synchronize } from "../../../spec/raft-upgrade/states.ts"
import { CallFailed } from "../network/calls.ts"
import type { Context } from "./context.ts"
import { arrive, crossTogether } from "./last-steps.ts"
import type { Membership } from "./membership.ts"
import { ended, Rounds } from "./rounds.ts"

/**
 * B1 to B6: takes a node that is new to group 0, before it is on the ring.
 *
 * Source: service/raft/raft_group0.cc setup_group0; dossier `raft-upgrade.md` 2.9.
 */
export const bootstrap = async (
  context: Context,
  membership: Membership,
  contacts: ReadonlyArray<NodeId>
): Promise<void> => {
  const { state, options, injections } = context
  await membership.join({ voter: false, contacts, isNew: true })
  ended(context, "join")
  // Row 29: who has arrived before it fell does not go back.
  if (state.now !== post || options.repeatedBootstrap === "goesBack") await state.set(synchronize)
  await readBarrier(context, membership)
  if (state.now !== post) {
    const { members, joint } = membership.configuration
    const isAlone = !joint && members.length === 1
    if (!isAlone) await crossTogether(context, membership)
    await arrive(context)
  }
  await injections.wait("stop_before_joining_ring")
}

/** B3: without it a node that knows of no member would take itself for the only one (row 27). */
const readBarrier = async (context: Context, membership: Membership): Promise<void> => {
  const rounds = new Rounds(context, "readBarrier")
  for (;;) {
    try {
      await membership.server!.readBarrier(context.signal)
      break
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error
      await rounds.rest()
    }
  }
  ended(context, "readBarrier")
}
