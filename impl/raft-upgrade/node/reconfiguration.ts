import type { NodeId } from "../../../spec/metadata.ts"
import type { CallFailure, Purpose } from "../../../spec/raft-upgrade/messages.ts"
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
export const reconfigure = async (
  { self, tell, clock, signal }: Context,
  server: Group0,
  purpose: Purpose,
  of: NodeId
): Promise<void> => {
  const about = { node: self, group: server.group, purpose, of } as const
  for (;;) {
    const member = server.configuration.members.find(({ node }) => node === of)
    if (member === undefined) return
    tell({ _tag: "ReconfigurationAsked", ...about, via: self })
    const failure = await outcome(server.modifyConfig({ purpose, member }, signal))
    tell({ _tag: "ReconfigurationEnded", ...about, failure })
    // Who is out already is not heard any more.
    if (failure === null || (failure === "UnknownGroup" && of === self)) return
    await sleep(clock, retryMs, signal)
  }
}

const outcome = async (work: Promise<void>): Promise<CallFailure | null> => {
  try {
    await work
    return null
  } catch (error) {
    return failureOf(error)
  }
}
