/**
 * The token ring, as each node has it on its disk. Whoever leaves is off it for all others at once: how they hear of that is gossip.
 *
 * Source: dossier `raft-upgrade.md` 1, `peers`, and 2.15, RingRemove.
 */
import type { NodeId } from "../../../spec/metadata.ts"
import { type Cell, type View, view } from "../../kernel/cell.ts"

/** Whom a node takes for normal members besides itself, and of whom it knows that they are off, and which of them left by themselves. */
export interface Ring {
  readonly peers: ReadonlyArray<NodeId>
  readonly left: ReadonlyArray<NodeId>
  readonly byThemselves: ReadonlyArray<NodeId>
}

interface RingOp {
  readonly node: NodeId
  readonly is: "takenOff" | "leaving" | "on"
}

/** Each node's. */
export type Rings = Readonly<Record<NodeId, Ring>>

export type RingsCell = Cell<Rings, RingOp>

/** At first everybody knows everybody else who is not new, or nobody (A2). */
export const ringsCell = (
  nodes: ReadonlyArray<string>,
  newcomers: ReadonlyArray<string>,
  isComplete: boolean
): RingsCell => ({
  name: "rings",
  init: Object.fromEntries(
    nodes.map((node) => {
      const others = nodes.filter((other) => other !== node && !newcomers.includes(other))
      return [node, { peers: isComplete ? others.map((other) => other as NodeId) : [], left: [], byThemselves: [] }]
    })
  ),
  apply: (rings, { node, is }) =>
    Object.fromEntries(
      Object.entries<Ring>(rings).map(([name, ring]) => [
        name,
        name === node ? own(ring, node, is) : after(ring, node, is)
      ])
    )
})

/** Only who leaves by itself knows that it has. */
const own = (ring: Ring, node: NodeId, is: RingOp["is"]): Ring =>
  is === "leaving" ? { ...ring, left: [...ring.left, node].sort() } : ring

const after = ({ peers, left, byThemselves }: Ring, node: NodeId, is: RingOp["is"]): Ring => {
  const withoutIt = (nodes: ReadonlyArray<NodeId>): ReadonlyArray<NodeId> => nodes.filter((one) => one !== node)
  const withIt = (nodes: ReadonlyArray<NodeId>): ReadonlyArray<NodeId> => [...withoutIt(nodes), node].sort()
  return is === "on"
    ? { peers: withIt(peers), left: withoutIt(left), byThemselves: withoutIt(byThemselves) }
    : {
        peers: withoutIt(peers),
        left: withIt(left),
        byThemselves: is === "leaving" ? withIt(byThemselves) : byThemselves
      }
}

const nobody: Ring = { peers: [], left: [], byThemselves: [] }

export const ringOf = (rings: RingsCell, node: NodeId): View<Rings, Ring> =>
  view(rings, `ring of ${node}`, (all) => all[node] ?? nobody)
