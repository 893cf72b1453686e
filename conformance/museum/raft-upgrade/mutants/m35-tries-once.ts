import type { Group0 } from "../../../../impl/raft-upgrade/group0/raft-server.ts"
import { failureOf } from "../../../../impl/raft-upgrade/network/calls.ts"
import { Operator } from "../../../../impl/raft-upgrade/node/operator.ts"
import type { NodeId } from "../../../../spec/metadata.ts"
import type { Purpose } from "../../../../spec/raft-upgrade/messages.ts"
import { mutant } from "../mutant.ts"

class TriesOnce extends Operator {
  protected override async reconfigure(server: Group0, purpose: Purpose, of: NodeId): Promise<void> {
    const { self: node, tell, signal } = this.context
    const member = server.configuration.members.find((one) => one.node === of)
    if (member === undefined) return
    const about = { node, group: server.group, purpose, of } as const
    tell({ _tag: "ReconfigurationAsked", ...about, via: node })
    const failure = await server.modifyConfig({ purpose, member }, signal).then(() => null, failureOf)
    tell({ _tag: "ReconfigurationEnded", ...about, failure })
  }
}

export const M35 = mutant(
  "M35",
  {
    sentence:
      "A reconfiguration is not tried again where nobody knows what became of it, and the dead node stays a member.",
    origin: "scylladb commit 12bb8b7c8d; dossier 5, row 35",
    breaks: ["V8"],
    seenIn: "a dead node is removed while the group is not to be reached"
  },
  { machinery: { Operator: TriesOnce } }
)
