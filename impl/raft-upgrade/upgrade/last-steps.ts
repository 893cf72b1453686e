/** The steps that end both ways to group 0: those of the upgrade, and those of a node that is new. */
import type { NodeId } from "../../../spec/metadata.ts"
import { post, synchronize } from "../../../spec/raft-upgrade/states.ts"
import type { Context } from "./context.ts"
import type { Membership } from "./membership.ts"
import { askStates, finisher, pull } from "./questions.ts"
import { ended, Rounds } from "./rounds.ts"
import { othersIn, SchemaSynchronisation } from "./schema-synchronisation.ts"

/**
 * U7: waits until every member was in synchronize, or one is through. U8: has the schema of all of them.
 *
 * Source: service/raft/raft_group0.cc wait_until_every_node_entered_synchronize; dossier 2.7.
 */
export const crossTogether = async (context: Context, membership: Membership): Promise<void> => {
  for (;;) {
    const through = (await allSynchronize(context, membership)) ?? (await secondSync(context, membership))
    if (through === undefined) return
    // Nobody has asked a node that came late what it has: it takes what the group began with from one who knows.
    if (context.options.latecomers === "takeOver" && !(await pull(context, through, "sync"))) continue
    context.tell({ _tag: "FinishedEarly", node: context.self, of: through })
    return
  }
}

const allSynchronize = async (context: Context, membership: Membership): Promise<NodeId | undefined> => {
  const rounds = new Rounds(context, "allSynchronize")
  // Who was there once is not asked again: nobody goes back.
  const entered = new Set<NodeId>([context.self])
  await context.injections.wait("group0_upgrade_pause_in_synchronize")
  for (;;) {
    const missing = othersIn(membership, context.self).filter((node) => !entered.has(node))
    const told = await askStates(context, missing)
    for (const { node, state } of told) if (state === synchronize) entered.add(node)
    const through = finisher(membership.group, told)
    if (through !== undefined) return through
    if (othersIn(membership, context.self).every((node) => entered.has(node))) break
    await rounds.rest()
  }
  ended(context, "allSynchronize")
  return undefined
}

const secondSync = async (context: Context, membership: Membership): Promise<NodeId | undefined> => {
  await context.injections.wait("group0_upgrade_pause_before_second_sync")
  const through = await new SchemaSynchronisation(context, membership, "secondSync").run()
  if (through === undefined) ended(context, "secondSync")
  return through
}

/** U9: from here on schema changes are commands of group 0. */
export const arrive = async ({ state, injections }: Context): Promise<void> => {
  await injections.wait("group0_upgrade_pause_before_final")
  await state.set(post)
}
