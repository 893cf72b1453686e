/** Which transition the coordinator starts by itself: the simplest policy that evens out how many replicas each node has. */
import type { Metadata, NodeId, Replica, Tablet } from "../../../spec/sessions/metadata.ts"
import type { Entry } from "../group0/group0.ts"
import { migration } from "./changes.ts"

/** A move that makes the fullest and the emptiest node more alike; undefined where none does, or something is going on. */
export const balanced = (seen: Entry): Metadata | undefined => {
  const { metadata } = seen
  const { tablets, nodes, ignored } = metadata
  if (tablets.some(({ transition }) => transition !== null)) return undefined
  const count = (node: NodeId): number =>
    tablets.flatMap(({ replicas }) => replicas.filter((at) => at.node === node)).length
  const byLoad = nodes.filter((node) => !ignored.includes(node)).sort((one, other) => count(one) - count(other))
  const [emptiest, fullest] = [byLoad.at(0), byLoad.at(-1)]
  if (emptiest === undefined || fullest === undefined || count(fullest) - count(emptiest) < 2) return undefined
  for (const tablet of tablets) {
    const from = replicaOn(tablet, fullest)
    if (from === undefined || replicaOn(tablet, emptiest) !== undefined) continue
    const moved = migration(tablet.tablet, from, { node: emptiest, shard: from.shard })(seen)
    if (typeof moved !== "string") return moved
  }
  return undefined
}

const replicaOn = ({ replicas }: Tablet, node: NodeId): Replica | undefined => replicas.find((at) => at.node === node)
