/** The table of the whole project: a column for each system, a row for each thing that a system may have. */
import { protocols } from "../conformance/cli/protocols.ts"
import { standingOf } from "../conformance/standing/standing.ts"

/** Systems as readers know them, by protocol. */
const names: Readonly<Record<string, string>> = {
  dcp: "DCP stream set-up (Couchbase, MB-53445)",
  sessions: "Sessions, guards, barriers (ScyllaDB)",
  "view-building": "View building coordinator (ScyllaDB)",
  "raft-upgrade": "Raft upgrade and recovery (ScyllaDB)"
}

const cell = (what: string, there: string | undefined): string => {
  if (there === undefined) return what === "gaps" ? "none known" : "✗"
  return what === "chapter" ? `[yes](${there})` : there
}

export const systemsTable = (): string => {
  const columns = protocols.map((protocol) => standingOf(protocol))
  const rows = (columns[0] ?? []).map(({ what }, at) => [what, ...columns.map((one) => cell(what, one[at]?.there))])
  const line = (cells: ReadonlyArray<string>): string => `| ${cells.join(" | ")} |`
  return [
    line(["", ...protocols.map(({ protocol }) => names[protocol] ?? protocol)]),
    line(["", ...protocols.map(() => "")].map(() => "---")),
    ...rows.map(line)
  ].join("\n")
}
