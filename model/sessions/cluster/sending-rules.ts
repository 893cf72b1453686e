/** Rows leave a source: all that it has of a tablet, at once or one after the other. */
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import type { Row } from "../../../spec/sessions/messages.ts"
import { view } from "../../kernel/cell.ts"
import { push, remove } from "../../kernel/channel.ts"
import { type Firing, type Rule, rulesOf } from "../../kernel/system.ts"
import type { Bounds } from "./bounds.ts"
import type { ClusterCells, NodeCells } from "./cells.ts"
import { arrived } from "./mail.ts"
import { ofTable } from "./names.ts"
import type { Mail, Work } from "./node-state.ts"
import { sourceOf, tabletOf } from "./operations.ts"

const on = rulesOf<ClusterLabel>()

/** A source takes a snapshot of a table's rows and sends them. It holds no guard, for nothing happens to it. */
export const sends = (cells: ClusterCells, bounds: Bounds, node: NodeCells, k: number): Rule<ClusterLabel> => {
  const { table } = node.shards[0]!.tables[k]!
  const local = view(node.shards[0]!.shard, "metadata", ({ metadata }) => metadata)
  // The tablet lives on the last shard of a node.
  const { repaired } = node.shards.at(-1)!
  return on(
    `${node.name} sends rows${ofTable(table)}`,
    {
      actor: node.name,
      fair: "weak",
      reads: [node.node, arrived(node, "Fetch"), local, repaired, ...node.shards.map(({ tables }) => tables[k]!.rows)]
    },
    (state, mail, metadata, covered, ...stored): ReadonlyArray<Firing<ClusterLabel>> =>
      (state.up ? mail.filter(({ message }) => message.tablet === table) : []).map(({ message, position }) => {
        const { tablet, session, to, work } = message
        const known = tabletOf(metadata, tablet)
        const source = known === undefined ? undefined : sourceOf(metadata, known)
        const found = source?.node === node.name ? stored[source.shard]! : []
        const receiver = cells.nodes.find(({ name }) => name === to.node)!
        const via = receiver.shards[0]!.id
        return {
          labels: [],
          writes: [
            remove(node.mail, position),
            push(receiver.mail, {
              _tag: "Rows",
              tablet,
              session,
              via,
              to: to.shard,
              ...(bounds.rowByRow === true ? pieces(found) : { rows: found }),
              work,
              repair: false,
              ...(covered === null || k > 0 ? {} : { repaired: covered }),
              owner: to.node
            })
          ]
        }
      })
  )
}

/** The newest row comes first. */
const pieces = (found: ReadonlyArray<Row>): Pick<Work, "rows" | "rest"> => ({
  rows: found.slice(-1),
  rest: found.slice(0, -1)
})

/** What comes after rows that have landed, if anything does. */
export const following = ({ phase: _, ...work }: Work): Mail | undefined => {
  const { rest = [] } = work
  return rest.length === 0 ? undefined : { _tag: "Rows", ...work, ...pieces(rest) }
}
