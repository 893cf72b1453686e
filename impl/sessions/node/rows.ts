/** How rows of several replicas become one answer. */
import type { Row } from "../../../spec/sessions/messages.ts"

/** Whether a row hides another of its key: the later one does; of the same time a tombstone, then the greater value. */
const hides = (row: Row, other: Row): boolean => {
  if (row.timestamp !== other.timestamp) return row.timestamp > other.timestamp
  if (row.value === null || other.value === null) return row.value === null && other.value !== null
  return row.value > other.value
}

/** The winning row of each key, by key. */
export const reconciled = (rows: Iterable<Row>): ReadonlyArray<Row> => {
  const winners = new Map<string, Row>()
  for (const row of rows) {
    const known = winners.get(row.key)
    if (known === undefined || hides(row, known)) winners.set(row.key, row)
  }
  return [...winners.values()].sort((one, other) => (one.key < other.key ? -1 : 1))
}

/** Those of `rows` that `has` lacks, or has older. */
export const lacking = (has: ReadonlyArray<Row>, rows: ReadonlyArray<Row>): ReadonlyArray<Row> =>
  rows.filter((row) => {
    const known = has.find(({ key }) => key === row.key)
    return known === undefined || hides(row, known)
  })
