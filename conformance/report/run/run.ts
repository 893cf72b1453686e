/** A run as its forms look at it: the lines sorted by what they are. */
import type { Verdict } from "../report.ts"
import type { LineOf, RunLine } from "./lines.ts"

/** A line with its number in the file, counted from 1. */
export type At<Line> = Line & { readonly at: number }

/** A run as it is read back from `run.jsonl`, line by kind, each in the order in which it was written. */
export interface Run {
  readonly header: LineOf<"Header">
  readonly roles: ReadonlyArray<At<LineOf<"Role">>>
  readonly laws: ReadonlyArray<At<LineOf<"Law">>>
  readonly cases: ReadonlyArray<At<LineOf<"Case">>>
  readonly divergences: ReadonlyArray<At<LineOf<"Divergence">>>
  readonly scopes: ReadonlyArray<At<LineOf<"Scope">>>
  readonly counterexamples: ReadonlyArray<At<LineOf<"Counterexample">>>
  readonly end: LineOf<"End">
}

/** A run without what stands at its beginning and its end. */
export type Body = ReadonlyArray<Exclude<RunLine, { readonly _tag: "Header" | "End" }>>

/** The run of these lines, which a header is the first of. */
export const runOf = (header: LineOf<"Header">, body: Body, verdict: LineOf<"End">["verdict"]): Run => {
  const run = sorted(header, body)
  return { ...run, end: { _tag: "End", verdict, ...countsOf(run) } }
}

/** The same for lines that were read, whose end is one of them. */
export const sorted = (header: LineOf<"Header">, body: Body): Omit<Run, "end"> => {
  const numbered = body.map((line, index) => ({ ...line, at: index + 2 }))
  const of = <Tag extends Body[number]["_tag"]>(tag: Tag) =>
    numbered.filter((line): line is At<LineOf<Tag>> => line._tag === tag)
  return {
    header,
    roles: of("Role"),
    laws: of("Law"),
    cases: of("Case"),
    divergences: of("Divergence"),
    scopes: of("Scope"),
    counterexamples: of("Counterexample")
  }
}

/** How many lines there are of each kind, as the last line tells it. */
export const countsOf = (run: Omit<Run, "end">): Omit<LineOf<"End">, "_tag" | "verdict"> => ({
  roles: run.roles.length,
  laws: run.laws.length,
  cases: run.cases.length,
  divergences: run.divergences.length,
  scopes: run.scopes.length,
  counterexamples: run.counterexamples.length
})

/** All lines in the order of the file. */
export const linesOf = (run: Run): ReadonlyArray<RunLine> => {
  const { header, roles, laws, cases, divergences, scopes, counterexamples, end } = run
  const body = [...roles, ...laws, ...cases, ...divergences, ...scopes, ...counterexamples]
  return [header, ...body.toSorted((one, other) => one.at - other.at).map(({ at, ...line }) => line), end]
}

const green: ReadonlySet<Verdict> = new Set(["pass", "known-failure", "unsupported", "not-applicable"])

/** Whether nobody has to look at it. */
export const isGreen = (verdict: Verdict): boolean => green.has(verdict)
