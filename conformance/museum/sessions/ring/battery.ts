/** The common battery of operations under the topology's session: the same bounds for everybody, each walked in a moment. */
import { again, leave, small, type TopologyBounds, truncate } from "../../../../model/sessions/topology/bounds.ts"
import { within } from "../../../../model/sessions/topology/scopes.ts"

/** One walk of the battery. */
export interface Trial {
  readonly name: string
  readonly bounds: TopologyBounds
}

const trial = (name: string, bounds: Partial<TopologyBounds>): Trial => ({ name, bounds: { ...small, ...bounds } })

const leaving = { nodes: ["A", "B"], members: ["A", "B"], owners: ["B"], requests: [leave("B", "A")] }

/** In the order in which they are taken: the smaller, the earlier. Those by the name of a scope have its bounds. */
export const battery: ReadonlyArray<Trial> = [
  trial("laggingNode", within.laggingNode),
  trial("a truncation, a write, a connection breaks", { requests: [truncate(1)], breaks: 1, clients: ["write"] }),
  trial("joining", within.joining),
  trial("removing", within.removing),
  trial("twoOwners", within.twoOwners),
  trial("rebuilding", within.rebuilding),
  trial("rebuildingByRepair", within.rebuildingByRepair),
  trial("lateTruncation", within.lateTruncation),
  trial("two truncations, another coordinator", { requests: [truncate(1), truncate(2)], failovers: 1 }),
  trial("a node leaves, and tries again", {
    ...leaving,
    requests: [leave("B", "A"), again(leave("B", "A"))],
    breaks: 1
  }),
  trial("a node that leaves restarts as it streams, and leads", {
    ...leaving,
    barrierBreaks: 1,
    restarts: 1,
    failovers: 1,
    leader: "B"
  }),
  trial("rollback", within.rollback)
]
