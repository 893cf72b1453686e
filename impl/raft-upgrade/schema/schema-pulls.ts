import type { NodeId } from "../../../spec/metadata.ts"
import { post } from "../../../spec/raft-upgrade/states.ts"
import { sleep } from "../../runtime/waits.ts"
import type { Context } from "../upgrade/context.ts"

/** How often a node looks whether its peers have another schema. Source: dossier 2.14. */
const everyMs = 60_000

/**
 * Has a node take over, now and then, what its peers have, until it uses group 0.
 *
 * Source: service/migration_manager.cc maybe_schedule_schema_pull; scylladb commit 0eee196a2e.
 */
export const pullNowAndThen = async (context: Context, peers: () => ReadonlyArray<NodeId>): Promise<void> => {
  const { clock, signal, state, options, calls, schema, questions } = context
  while (state.now !== post || options.pulls === "goOn") {
    await sleep(clock, everyMs, signal)
    for (const peer of peers()) {
      const answer = await calls.tryAsk(peer, { _tag: "SchemaCheck" }, "Versioned", signal)
      if (answer !== undefined && answer.version !== schema.version) await questions.pull(peer, "pull")
    }
  }
}
