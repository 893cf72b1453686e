/** Two runs side by side: what is new, what is mended, and what is as bad as before. */
import type { Verdict } from "../report.ts"
import type { LineOf } from "./lines.ts"
import { type At, isGreen, type Run } from "./run.ts"

type Case = At<LineOf<"Case">>

/** A case with what it was in the previous run. */
export interface Changed {
  readonly id: string
  readonly before: Verdict | undefined
  readonly after: Verdict | undefined
}

/** What has changed since another run. */
export interface Comparison {
  /** Red now, and green or absent before. */
  readonly broken: ReadonlyArray<Changed>
  /** Red before, and green now. */
  readonly fixed: ReadonlyArray<Changed>
  /** Red before and now. */
  readonly still: ReadonlyArray<Changed>
  /** Red before, and not asked any more: nobody knows whether it is mended. */
  readonly gone: ReadonlyArray<Changed>
  /** Cases that are there for the first time, and those that are there no more, whatever their verdict. */
  readonly added: number
  readonly removed: number
  /** What makes the two runs less alike than they should be, such as another seed. */
  readonly unlike: ReadonlyArray<string>
}

/** What changed since a previous run. */
export const compareRuns = (previous: Run, run: Run): Comparison => {
  const before = byId(previous)
  const after = byId(run)
  const all = [...new Set([...after.keys(), ...before.keys()])].map(
    (id): Changed => ({ id, before: before.get(id)?.verdict, after: after.get(id)?.verdict })
  )
  const red = (verdict: Verdict | undefined): boolean => verdict !== undefined && !isGreen(verdict)
  return {
    broken: all.filter(({ before, after }) => red(after) && !red(before)),
    fixed: all.filter(({ before, after }) => red(before) && after !== undefined && !red(after)),
    still: all.filter(({ before, after }) => red(before) && red(after)),
    gone: all.filter(({ before, after }) => red(before) && after === undefined),
    added: all.filter(({ before }) => before === undefined).length,
    removed: all.filter(({ after }) => after === undefined).length,
    unlike: differences(previous, run)
  }
}

const byId = ({ cases }: Run): ReadonlyMap<string, Case> => new Map(cases.map((one) => [one.id, one]))

const differences = (previous: Run, run: Run): ReadonlyArray<string> => [
  ...(previous.header.kit === run.header.kit ? [] : [`kit ${previous.header.kit} then, ${run.header.kit} now`]),
  ...(previous.header.seed === run.header.seed ? [] : [`seed ${previous.header.seed} then, ${run.header.seed} now`]),
  ...run.header.specs.flatMap(({ name, hash }) => {
    const then = previous.header.specs.find((one) => one.name === name)
    return then === undefined || then.hash === hash ? [] : [`the words or laws of ${name} have changed`]
  })
]

/** The comparison in one sentence. */
export const comparisonLine = ({ broken, fixed, still, gone, added, removed }: Comparison): string =>
  [
    `${broken.length} new ${broken.length === 1 ? "failure" : "failures"}`,
    `${fixed.length} fixed`,
    `${still.length} still failing`,
    ...(gone.length === 0 ? [] : [`${gone.length} failing then and not asked now`]),
    `${added} ${added === 1 ? "case" : "cases"} added, ${removed} removed`
  ].join(", ")
