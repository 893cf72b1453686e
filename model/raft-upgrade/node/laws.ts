/** The laws that one node on its way to group 0 can be held to: those of the whole that it keeps by itself. */
import { type HistoryLaw, history, type Law, type Memory } from "../../../spec/law.ts"
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { S2, S3 } from "../../../spec/raft-upgrade/laws/groups.ts"
import { S5, S6, S7, S15, S19, S21, S22 } from "../../../spec/raft-upgrade/laws/states.ts"
import { cluster } from "../../../spec/raft-upgrade/memories/cluster.ts"
import type { NodeLabel } from "./words.ts"

/** What a law remembers of what the node tells; what happens to it is no word of a cluster. */
const around = <M>({ name, init, on }: Memory<M, RaftUpgradeLabel>): Memory<M, NodeLabel> => ({
  name,
  init,
  on: (memory, label) => (label._tag === "UpgradeNodeStep" ? memory : on(memory, label))
})

const aroundNode =
  <M>(follows: Memory<M, NodeLabel>) =>
  ({ id, sentence, source, reading, breaks }: HistoryLaw<RaftUpgradeLabel, M>): Law<NodeLabel> =>
    history(id, {
      sentence,
      source,
      ...(reading === undefined ? {} : { reading }),
      follows,
      breaks: (before, label, after) => (label._tag === "UpgradeNodeStep" ? undefined : breaks(before, label, after))
    })

/** Laws that one node keeps by itself, whatever others do. */
export const nodeLaws: ReadonlyArray<Law<NodeLabel>> = [
  ...[S2, S3, S5, S6, S7, S15, S22].map(aroundNode(around(cluster))),
  ...[S19, S21].map(aroundNode(around(S21.follows)))
]
