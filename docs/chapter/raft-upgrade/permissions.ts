/** What a node does in each state, as exploring the reference sees it (dossier 2.3). */
import { count } from "../../../conformance/report/counts.ts"
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { cluster } from "../../../spec/raft-upgrade/memories/cluster.ts"
import { permissions } from "../../../spec/raft-upgrade/permissions.ts"
import { post, pre, recovery, synchronize, type UpgradeState } from "../../../spec/raft-upgrade/states.ts"
import { table } from "../exploring.ts"
import { lookingOn } from "./exploring.ts"

/** What happens to a node or is asked of it, in the order of the table. */
const rows = {
  change: "a client asks for a schema change",
  push: "another pushes a change to it",
  pull: "it pulls another's schema by itself",
  sync: "it takes in another's schema, in U4 or U8",
  command: "a command of its group comes",
  state: "it is asked how far it is",
  exchange: "it is asked for the group",
  admits: "it is asked to let somebody in",
  ring: "it takes another off the ring",
  leaves: "it leaves the ring",
  removes: "it asks the group to let go of somebody"
} as const
type Row = keyof typeof rows

const columns: ReadonlyArray<UpgradeState> = [recovery, pre, synchronize, post]

interface Sight {
  readonly row: Row
  readonly node: string
  readonly what: string
}

const answers = { None: "nothing to tell", Peers: "tells whom it knows", Group: "tells of the group" } as const

/** The table that the twin is held to, row by row. */
export const permittedTable = (): string =>
  table(
    ["", "recovery", "pre", "synchronize", "post"],
    permissions.map(({ operation, answers }) => [operation, ...columns.map((state) => answers[state])])
  )

/** What a label says of one of the rows, and of which node. */
const sightOf = (label: RaftUpgradeLabel): Sight | undefined => {
  switch (label._tag) {
    case "OperationBegan":
      return { row: "change", node: label.node, what: label.path === "old" ? "the old path" : "by group 0" }
    case "OperationRefused":
      return label.reason === "Synchronizing" ? { row: "change", node: label.node, what: "refused" } : undefined
    case "SchemaIs":
      if (label.by !== "push" && label.by !== "pull" && label.by !== "sync") return undefined
      return { row: label.by, node: label.node, what: "merged" }
    case "CommandApplied":
      return { row: "command", node: label.node, what: "applied" }
    case "StateTold":
      return { row: "state", node: label.node, what: "tells" }
    case "ExchangeAnswered":
      return { row: "exchange", node: label.node, what: answers[label.answer._tag] }
    case "LeftRing":
      return label.by === label.node
        ? { row: "leaves", node: label.by, what: "yes" }
        : { row: "ring", node: label.by, what: "yes" }
    case "ReconfigurationAsked":
      if (label.purpose === "join") return { row: "admits", node: label.via, what: "asks the group" }
      return label.purpose === "leave" || label.purpose === "remove" || label.purpose === "becomeNonVoter"
        ? { row: "removes", node: label.node, what: "yes" }
        : undefined
    default:
      return undefined
  }
}

/** The table of permissions, from these scopes. What is not in a cell does not happen in any of their states. */
export const permissionsTable = (scopes: ReadonlyArray<string>): string => {
  const seen = new Map<string, Set<string>>()
  let states = 0
  for (const scope of scopes)
    states += lookingOn(scope, cluster, (before, label) => {
      const sight = sightOf(label)
      const facts = sight === undefined ? undefined : before.nodes.find(({ node }) => node === sight.node)
      if (sight === undefined || facts === undefined) return
      const cell = `${sight.row} ${facts.state}`
      seen.set(cell, (seen.get(cell) ?? new Set<string>()).add(sight.what))
    })
  const told = (row: Row, state: UpgradeState): string => [...(seen.get(`${row} ${state}`) ?? [])].sort().join(", or ")
  const used = (Object.keys(rows) as ReadonlyArray<Row>).filter((row) => columns.some((state) => told(row, state)))
  return [
    table(
      ["", "recovery", "pre", "synchronize", "post"],
      used.map((row) => [rows[row], ...columns.map((state) => told(row, state) || "–")])
    ),
    "",
    `Seen in the ${count(states)} states of ${scopes.map((name) => `\`${name}\``).join(", ")}.`
  ].join("\n")
}
