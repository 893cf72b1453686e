/** What is seen of requests, as sentences: plain ones, conditional writes with their rounds, and hints. */
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import type { Row } from "../../../spec/sessions/messages.ts"
import { listed, place, rowsInWords } from "./words.ts"

type Seen<T extends ClusterLabel["_tag"]> = Extract<ClusterLabel, { _tag: T }>

export const requestBegan = (label: Seen<"RequestBegan">): string => {
  const { request, node, version, key, row, targets, hint } = label
  const what = row === null ? `read ${key}` : `${asked(row)}${onlyIf(label)}`
  const kept = hint === undefined ? "" : `, kept of ${hint}`
  return `${request} begins on ${node} under version ${version}: ${what}, to ${listed(targets)}${kept}`
}

const asked = (row: Row): string =>
  row.value === null ? `delete ${row.key} @${row.timestamp}` : `write ${rowsInWords([row])}`

const onlyIf = ({ condition }: Seen<"RequestBegan">): string =>
  condition === undefined ? "" : ` if it is ${condition ?? "not there"}`

const rounds = {
  prepare: { does: "promises", refuses: "refuses to promise" },
  accept: { does: "accepts", refuses: "refuses to accept" },
  learn: { does: "learns", refuses: "refuses to learn" }
} as const

const plain = { does: "serves", refuses: "refuses" } as const

export const served = (here: Seen<"Served">): string => {
  const { does, refuses } = here.round === undefined ? plain : rounds[here.round]
  return here.reason === null
    ? `${place(here)} ${does} ${here.request}${found(here.rows)}`
    : `${place(here)} ${refuses} ${here.request}: ${here.reason}`
}

const found = (rows: ReadonlyArray<Row>): string => (rows.length === 0 ? "" : `: ${rowsInWords(rows)}`)

export const requestEnded = ({ request, ok, rows, applied }: Seen<"RequestEnded">): string => {
  const end = applied === undefined ? "succeeds" : applied ? "is applied" : "is not applied"
  return `${request} ${ok ? end : "fails"}${found(rows)}`
}
