import { Calls } from "../../../../impl/raft-upgrade/network/calls.ts"
import type { NodeAnswer, NodeRequest } from "../../../../impl/raft-upgrade/network/network.ts"
import { ClusterNode } from "../../../../impl/raft-upgrade/node/cluster-node.ts"
import { type Machinery, machinery } from "../../../../impl/raft-upgrade/node/machinery.ts"
import type { NodeParts } from "../../../../impl/raft-upgrade/node/parts.ts"
import type { NodeId } from "../../../../spec/metadata.ts"
import { mutant } from "../mutant.ts"

const usualMs = 5_000

/** The end of a call's time and the end of its node give the same signal, which can be given once. */
const withOneSource = ({ self, clock, tell }: NodeParts): typeof Calls =>
  class extends Calls {
    override async ask<Tag extends NodeAnswer["_tag"]>(
      to: NodeId,
      request: NodeRequest,
      expected: Tag,
      signal: AbortSignal,
      milliseconds = usualMs
    ): Promise<Extract<NodeAnswer, { readonly _tag: Tag }>> {
      const cancel = clock.setTimer(milliseconds, () => {
        const why = `${request._tag} to ${to} is given up because its time has run out, and was given up before`
        if (signal.aborted) tell({ _tag: "Crashed", node: self, why })
      })
      const answer = await super.ask(to, request, expected, signal, milliseconds).catch((error: unknown) => {
        if (!signal.aborted) cancel()
        throw error
      })
      cancel()
      return answer
    }
  }

class OneSource extends ClusterNode {
  constructor(parts: NodeParts, made: Machinery = machinery) {
    super(parts, { ...made, Calls: withOneSource(parts) })
  }
}

export const M45 = mutant(
  "M45",
  {
    sentence:
      "The time of a call that its node's end has given up runs out, gives it up once more, and that ends the node.",
    origin: "scylladb commit 54170749b8, issue 12512; dossier 5, row 45",
    breaks: ["S19"],
    seenIn: "a node is told to stop while another does not answer it"
  },
  { Node: OneSource }
)
