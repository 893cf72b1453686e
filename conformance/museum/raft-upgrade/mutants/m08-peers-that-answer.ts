import { type Known, Ring } from "../../../../impl/raft-upgrade/node/ring.ts"
import type { NodeId } from "../../../../spec/metadata.ts"
import { mutant } from "../mutant.ts"

/** Whoever did not answer gossip once is none of its peers. */
class ForgetsTheSilent extends Ring {
  readonly #silent = new Set<NodeId>()

  override get peers(): ReadonlyArray<NodeId> {
    return super.peers.filter((peer) => !this.#silent.has(peer))
  }

  protected override async askAll(nodes: ReadonlyArray<NodeId>): Promise<ReadonlyArray<Known>> {
    const one = async (node: NodeId): Promise<ReadonlyArray<Known>> => {
      const answers = await super.askAll([node])
      if (answers.length === 0) this.#silent.add(node)
      return answers
    }
    return (await Promise.all(nodes.map(one))).flat()
  }
}

export const M08 = mutant(
  "M08",
  {
    sentence:
      "A node takes for its peers only those that gossip has heard, and two that do not hear each other create a group each.",
    origin: "derived: scylladb issues 16512, 17122, 14446; dossier 5, row 8",
    breaks: ["S1", "S4", "S13"],
    seenIn: "nobody hears of one node before the others look for the group"
  },
  { machinery: { Ring: ForgetsTheSilent } }
)
