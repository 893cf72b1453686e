/** How far each node has come with group 0, and what its own table of built views says. */
import type { Memory } from "../../law.ts"
import type { NodeId, Position } from "../../metadata.ts"
import type { ViewId } from "../ids.ts"
import type { ViewBuildingLabel } from "../labels.ts"
import { afterBatches, type Batches, idle } from "./batches.ts"

export interface NodeAt {
  readonly node: NodeId
  readonly at: Position
}

export interface Nodes extends Batches {
  /** By node. One is known from what it first applied. */
  readonly applied: ReadonlyArray<NodeAt>
  readonly builtOn: ReadonlyArray<{ readonly node: NodeId; readonly views: ReadonlyArray<ViewId> }>
  readonly stopped: ReadonlyArray<NodeId>
}

export const nodeAt = ({ applied }: Nodes, node: NodeId): NodeAt | undefined =>
  applied.find((known) => known.node === node)

export const nodes: Memory<Nodes, ViewBuildingLabel> = {
  name: "nodes",
  init: { ...idle, applied: [], builtOn: [], stopped: [] },
  on: (before, label) => {
    const now: Nodes = { ...before, ...afterBatches(before, label) }
    switch (label._tag) {
      case "Applied": {
        const { node, at } = label
        const others = before.applied.filter((known) => known.node !== node)
        return { ...now, applied: byNode([...others, { node, at }]) }
      }
      case "BuiltViewsWritten": {
        const { node, views } = label
        return { ...now, builtOn: byNode([...before.builtOn.filter((known) => known.node !== node), { node, views }]) }
      }
      case "Stopped":
        return { ...now, stopped: [...new Set([...before.stopped, label.node])].sort() }
      case "Restarted":
        return { ...now, stopped: before.stopped.filter((node) => node !== label.node) }
      default:
        return now
    }
  }
}

const byNode = <A extends { readonly node: NodeId }>(all: ReadonlyArray<A>): ReadonlyArray<A> =>
  [...all].sort((one, other) => (one.node < other.node ? -1 : 1))
