/** Operations that go on at nodes, and tablets on which there should be none. */
import type { Memory } from "../../law.ts"
import type { ClusterLabel } from "../labels.ts"
import type { Operation } from "../messages.ts"
import { type NodeId, rowPerTable, type TabletId } from "../metadata.ts"
import { afterIgnored, fallenNode } from "./places.ts"

export interface Going {
  readonly node: NodeId
  readonly operation: Operation
  readonly tablet: TabletId
}

export interface Operations {
  readonly ignored: ReadonlyArray<NodeId>
  /** Tablets that there are and that are in no transition. */
  readonly idle: ReadonlyArray<TabletId>
  /** By node, operation and tablet. */
  readonly going: ReadonlyArray<Going>
}

export const operations: Memory<Operations, ClusterLabel> = {
  name: "operations",
  init: { ignored: [], idle: [], going: [] },
  on: (before, label) => {
    const fallen = fallenNode(label)
    if (fallen !== undefined) return { ...before, going: before.going.filter(({ node }) => node !== fallen) }
    switch (label._tag) {
      case "Committed":
        return {
          ...before,
          ignored: afterIgnored(before.ignored, label),
          idle: rowPerTable(label.metadata)
            .filter(({ transition }) => transition === null)
            .map(({ tablet }) => tablet)
        }
      case "OperationBegan": {
        const { node, operation, tablet } = label
        return { ...before, going: sorted([...before.going, { node, operation, tablet }]) }
      }
      case "OperationEnded": {
        const at = before.going.findIndex((going) => nameOf(going) === nameOf(label))
        return { ...before, going: before.going.filter((_, position) => position !== at) }
      }
      default:
        return before
    }
  }
}

const nameOf = ({ node, operation, tablet }: Going): string => `${node} ${operation} ${tablet}`

const sorted = (going: ReadonlyArray<Going>): ReadonlyArray<Going> =>
  [...going].sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1))
