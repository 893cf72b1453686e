import { ClusterNode } from "../../../../impl/raft-upgrade/node/cluster-node.ts"
import { type Machinery, machinery } from "../../../../impl/raft-upgrade/node/machinery.ts"
import type { NodeParts } from "../../../../impl/raft-upgrade/node/parts.ts"
import type { ChangeOutcome } from "../../../../impl/raft-upgrade/schema/schema-changes.ts"
import { Membership } from "../../../../impl/raft-upgrade/upgrade/membership.ts"
import { sleep } from "../../../../impl/runtime/waits.ts"
import type { Mutation, OperationId } from "../../../../spec/raft-upgrade/ids.ts"
import { post } from "../../../../spec/raft-upgrade/states.ts"
import { mutant } from "../mutant.ts"

/** Its server starts when it has looked around for a while. */
class StartsLate extends Membership {
  override async resume(): Promise<boolean> {
    const { clock, signal, store } = this.context
    if (store.local.value.state === post) await sleep(clock, 1_000, signal)
    return super.resume()
  }
}

/** Its clients do not wait, and what they ask for needs a server. */
class ServesAtOnce extends ClusterNode {
  constructor(parts: NodeParts, made: Machinery = machinery) {
    super(parts, { ...made, Membership: StartsLate })
  }

  override async change(operation: OperationId, mutation: Mutation): Promise<ChangeOutcome> {
    if (this.state !== post || this.membership.server !== undefined) return super.change(operation, mutation)
    const { self, tell } = this.parts
    tell({ _tag: "Crashed", node: self, why: "a client asked for a change, and there is no server of the group yet" })
    this.stop()
    return { _tag: "Refused", reason: "Stopping" }
  }
}

export const M41 = mutant(
  "M41",
  {
    sentence: "A node that uses group 0 takes a client's change before its server runs, and ends itself.",
    origin: "scylladb commits 605e53e617, f26179cd27, issue 13887; dossier 5, row 41",
    breaks: ["S19"],
    seenIn: "a node that uses group 0 comes back, and a client is there already"
  },
  { Node: ServesAtOnce }
)
