/** The tables of the report page that no terminal has: coverage, laws by role, what is not green, what has changed. */
import { count } from "../counts.ts"
import type { Verdict } from "../report.ts"
import type { Table } from "../report-columns.ts"
import type { Changed, Comparison } from "./compare.ts"
import type { LineOf } from "./lines.ts"
import type { At, Run } from "./run.ts"

type Role = At<LineOf<"Role">>

const column = (title: string, align: "left" | "right" = "left") => ({ title, align })

/** A role as a head of a column or a row. */
const nameOf = ({ role, way }: Role): string => `${role}, ${way}`

/** How much was tried in each role, a tour's columns last: runs, inputs, laws that had something to say, transitions of a tour. */
export const coverageTable = ({ roles, laws }: Run): Table => ({
  columns: [
    column("role"),
    column("runs", "right"),
    column("inputs", "right"),
    column("laws judged", "right"),
    column("laws broken", "right"),
    column("transitions taken", "right"),
    ...(roles.some(({ coverage }) => coverage !== undefined) ? tourColumns : [])
  ],
  rows: roles.map((role) => {
    const own = laws.filter(({ of }) => of === role.number)
    const judged = own.filter(({ verdict }) => verdict !== "unsupported" && verdict !== "not-applicable")
    const toured = role.coverage
    return [
      `${role.protocol}, ${nameOf(role)}`,
      count(role.runs),
      count(role.commands),
      count(judged.length),
      count(judged.filter(({ verdict }) => verdict !== "pass").length),
      toured === undefined ? "no tour" : count(toured.transitions),
      ...(toured === undefined
        ? []
        : [count(toured.transitions + toured.untried), count(toured.traces), toured.variant])
    ]
  })
})

const tourColumns = [column("of", "right"), column("in traces", "right"), column("toured as")]

/** A table for each protocol: its laws by id and sentence, and what each role's check says of them. */
export const lawTables = ({ roles, laws }: Run): ReadonlyArray<{ readonly protocol: string; readonly table: Table }> =>
  [...new Set(roles.map(({ protocol }) => protocol))].flatMap((protocol) => {
    const playing = roles.filter((role) => role.protocol === protocol && laws.some(({ of }) => of === role.number))
    if (playing.length === 0) return []
    const own = laws.filter(({ of }) => playing.some(({ number }) => number === of))
    const sentences = new Map(own.map(({ id, sentence }) => [id, sentence]))
    const verdicts = new Map(own.map(({ of, id, verdict }) => [`${of} ${id}`, verdict]))
    const rows = [...sentences].map(([id, sentence]) => ({
      id,
      sentence,
      cells: playing.map((role) => ({ role, verdict: verdicts.get(`${role.number} ${id}`) }))
    }))
    return [{ protocol, table: playing.length > mostColumns ? inWords(rows) : inColumns(playing, rows) }]
  })

/** Roles that fit beside each other on a sheet of paper. */
const mostColumns = 4

interface LawRow {
  readonly id: string
  readonly sentence: string
  readonly cells: ReadonlyArray<{ readonly role: Role; readonly verdict: Verdict | undefined }>
}

const inColumns = (playing: ReadonlyArray<Role>, rows: ReadonlyArray<LawRow>): Table => ({
  columns: [column("law"), column("sentence"), ...playing.map((role) => column(nameOf(role)))],
  rows: rows.map(({ id, sentence, cells }) => [id, sentence, ...cells.map(({ verdict = "–" }) => verdict)])
})

/** How many roles a law passes in, or which where they are few, and every role in which it does not. */
const inWords = (rows: ReadonlyArray<LawRow>): Table => ({
  columns: [column("law"), column("sentence"), column("passes in"), column("in other roles")],
  rows: rows.map(({ id, sentence, cells }) => {
    const judged = cells.filter(({ verdict }) => verdict !== undefined)
    const passing = judged.filter(({ verdict }) => verdict === "pass")
    const others = judged.filter(({ verdict }) => verdict !== "pass")
    return [
      id,
      sentence,
      passing.length <= mostNames
        ? passing.map(({ role }) => nameOf(role)).join("; ")
        : `${passing.length} of the ${judged.length} roles that it is about`,
      others.map(({ role, verdict }) => `${nameOf(role)}: ${verdict}`).join("; ")
    ]
  })
})

const mostNames = 2

/** Rows beyond which a table on the page says nothing that anybody reads. */
const mostRows = 500

/** Cases of which there is something to say. */
export const caseTable = ({ cases }: Run): Table => {
  const told = cases.filter(
    ({ verdict, why }) => verdict !== "pass" && (why !== undefined || verdict !== "not-applicable")
  )
  const left = told.length - mostRows
  return {
    columns: [column("case"), column("verdict"), column("why")],
    rows: [
      ...told.slice(0, mostRows).map(({ id, verdict, why = "" }) => [id, verdict, why]),
      ...(left > 0 ? [["", "", `and ${count(left)} more, which are in the run's own lines`]] : [])
    ]
  }
}

/** What changed since the previous run, one row a case. */
export const changeTable = ({ broken, fixed, still, gone }: Comparison): Table => {
  const rows = (what: string, changed: ReadonlyArray<Changed>) =>
    changed.slice(0, mostRows).map(({ id, before = "absent", after = "absent" }) => [id, what, before, after])
  return {
    columns: [column("case"), column("what changed"), column("then"), column("now")],
    rows: [
      ...rows("new failure", broken),
      ...rows("fixed", fixed),
      ...rows("still failing", still),
      ...rows("not asked now", gone)
    ]
  }
}
