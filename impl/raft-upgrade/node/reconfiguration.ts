import type { NodeId } from "../../../spec/metadata.ts"
import type { CallFailure, Member, Purpose } from "../../../spec/raft-upgrade/messages.ts"
import { sleep } from "../../runtime/waits.ts"
import type { Group0 } from "../group0/raft-server.ts"
import { failureOf } from "../network/calls.ts"
import type { Context } from "../upgrade/context.ts"

const retryMs = 1_000

/**
 * Has the group change what a node is in it, until that is so. Rejects with `Aborted`.
 *
 * Row 35: whether a change that nobody answered is effective, the next try finds out. Source: scylladb commit 12bb8b7c8d.
 */
export const reconfigure = async (context: Context, server: Group0, purpose: Purpose, of: NodeId): Promise<void> => {
  for (;;) {
    const failure = await attempt(context, server, purpose, of)
    if (failure === null) return
    await sleep(context.clock, retryMs, context.signal)
  }
}

/** Why a try came to nothing; nothing where there is no more to be done. */
const attempt = async (
  { self, tell, signal }: Context,
  server: Group0,
  purpose: Purpose,
  of: NodeId
): Promise<CallFailure | null> => {
  const known = memberOf(server, of)
  // Row 36: who is not to be found may have come to the group since this node heard of it last.
  const behind = known === undefined ? await outcome(server.readBarrier(signal)) : null
  const member = known ?? memberOf(server, of)
  if (behind === "UnknownGroup" || (behind === null && member === undefined)) return null
  if (member === undefined) return behind
  const about = { node: self, group: server.group, purpose, of } as const
  tell({ _tag: "ReconfigurationAsked", ...about, via: self })
  const failure = await outcome(server.modifyConfig({ purpose, member }, signal))
  tell({ _tag: "ReconfigurationEnded", ...about, failure })
  // Who is out already is not heard any more.
  return failure === "UnknownGroup" && of === self ? null : failure
}

const memberOf = ({ configuration }: Group0, of: NodeId): Member | undefined =>
  configuration.members.find(({ node }) => node === of)

const outcome = async (work: Promise<void>): Promise<CallFailure | null> => {
  try {
    await work
    return null
  } catch (error) {
    return failureOf(error)
  }
}
