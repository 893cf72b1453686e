/** The restart matrix (dossier 2.11) as exploring finds it. */
import { count } from "../../../conformance/report/counts.ts"
import { restartMatrix } from "../../../model/raft-upgrade/cluster/restart-matrix.ts"
import { table } from "../exploring.ts"

/** One row a place on the way. Throws where a law breaks after any of the falls. */
export const restartTable = (): string => {
  const { rows, holding, broken } = restartMatrix()
  if (broken.length > 0) throw new TypeError(`${broken.join(", ")} break after a fall`)
  const falls = rows.reduce((sum, row) => sum + row.falls, 0)
  return [
    table(
      ["a node falls", "what is on its disk", "what it does first as it begins again", "falls"],
      rows.map(({ row, persisted, restarts, falls }) => [
        row,
        persisted.join("; or ") || "–",
        restarts.join("; or ") || "–",
        count(falls)
      ])
    ),
    "",
    `After each of these ${count(falls)} falls all ${holding.length} laws hold.`
  ].join("\n")
}
