/** What ships does otherwise than ours, as a change to the parts that a node of ours is built from. */
import type { Group0 } from "../../../impl/sessions/group0/group0.ts"
import type { Network } from "../../../impl/sessions/network/network.ts"
import type { NodeRequest } from "../../../spec/sessions/messages.ts"
import type { Metadata } from "../../../spec/sessions/metadata.ts"
import type { Tamper } from "./local-cluster.ts"

/**
 * A restore ends with the command that clears its session, whether it succeeded or not, and no barrier comes in between (Q3, M72).
 *
 * Source: service/topology_coordinator.cc handle_tablet_migration, stage restore.
 */
export const restoreAsShipped: Tamper = (parts) => ({
  ...parts,
  network: believing(parts.network, (request) => request._tag === "Trigger" && request.operation === "restore"),
  group0: committing(parts.group0, (metadata) => ({
    ...metadata,
    tablets: metadata.tablets.map((tablet) =>
      tablet.transition?.stage === "end_restore" ? { ...tablet, transition: null } : tablet
    )
  }))
})

/** The same network, where who could not do what was asked for is taken for one who has. */
export const believing = (network: Network, isAbout: (request: NodeRequest) => boolean): Network => ({
  self: network.self,
  serve: (handler) => network.serve(handler),
  ask: async (to, request) => {
    if (!isAbout(request)) return network.ask(to, request)
    await network.ask(to, request).catch(() => undefined)
    return { _tag: "Ok" }
  },
  kill: (to) => network.kill(to),
  ban: (nodes) => network.ban(nodes),
  close: () => network.close()
})

/** The same group 0, where something else is committed than what one asks for. */
export const committing = (group0: Group0, changed: (asked: Metadata, seen: Metadata) => Metadata): Group0 => ({
  get leadership() {
    return group0.leadership
  },
  onLeadership: (heard) => group0.onLeadership(heard),
  follow: (apply) => group0.follow(apply),
  readBarrier: () => group0.readBarrier(),
  start: () => group0.start(),
  commit: (guard, by, metadata) => group0.commit(guard, by, changed(metadata, guard.seen.metadata)),
  close: () => group0.close()
})
