/** Who can answer for a group: a majority of those is what agrees. */
import type { NodeId } from "../../../spec/metadata.ts"
import type { GroupId } from "../../../spec/raft-upgrade/ids.ts"
import type { Cell } from "../../kernel/cell.ts"
import type { Life, Server } from "./cells.ts"
import type { Setting } from "./setting.ts"

/** What has to be read of every node to know who answers. */
export interface Voters {
  readonly reads: ReadonlyArray<Cell<Life, Life> | Cell<Server | null, Server | null>>
  /** Whether a node answers for a group, by the values of what was read. */
  answering(values: ReadonlyArray<Life | Server | null>, group: GroupId): (node: NodeId) => boolean
}

/**
 * Whoever is up answers for the group that he was let into; where there may be another group, he must serve this one.
 */
export const votersOf = ({ cells, bounds }: Setting): Voters => {
  const names = cells.nodes.map(({ name }) => name)
  const lives = cells.nodes.map(({ life }) => life)
  const isOnlyGroup = bounds.orders.length === 0
  return {
    reads: isOnlyGroup ? lives : [...lives, ...cells.nodes.map(({ raft }) => raft)],
    answering: (values, group) => (node) => {
      const at = names.indexOf(node)
      const [life, raft] = [values[at] ?? null, values[at + names.length] ?? null]
      const isUp = life !== null && "is" in life && life.is === "up"
      return isUp && (isOnlyGroup || (raft !== null && "group" in raft && raft.group === group))
    }
  }
}
