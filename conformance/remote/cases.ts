/** The result of a check as cases with stable ids: what exit statuses and lists of known failures are about. */
import type { Verdict } from "../report/report.ts"
import type { RemoteResult, TourFinding } from "./remote-result.ts"

export interface Case {
  /** Such as `sessions/registry/laws/SES-S3`. A case whose meaning changes gets a new id. */
  readonly id: string
  readonly verdict: Verdict
  readonly why?: string
}

/** Every case of a result. Variants fail nobody unless one was named: a design that nobody has thought of may obey the laws. */
export const casesOf = <L, O>(result: RemoteResult<L, O>, named: boolean): ReadonlyArray<Case> => {
  const { role, trouble } = result
  if (trouble !== undefined) return [{ id: `${role}/adapter`, verdict: "adapter-error", why: trouble }]
  // What was never asked may be what breaks a law, or what sets a design apart.
  const right: Verdict = result.findings.some(({ verdict }) => verdict === "unsupported") ? "unsupported" : "pass"
  return [
    ...result.findings.map(({ what, verdict, why }): Case => {
      const id = `${role}/${what.replaceAll(" ", "-")}`
      return { id, verdict, ...(why === undefined ? {} : { why }) }
    }),
    ...result.laws.map(({ id }): Case => {
      const broken = result.broken.find(({ law }) => law === id)
      return {
        id: lawCase(role, id),
        ...(broken === undefined ? { verdict: right } : { verdict: "fail", why: broken.why })
      }
    }),
    ...result.variants.map(({ name, verdict, why }): Case => {
      const id = `${role}/follows/${name}`
      if (verdict === "pass") return { id, verdict: right }
      if (verdict !== "fail" || named) return { id, verdict, ...(why === undefined ? {} : { why }) }
      return { id, verdict: "not-applicable", why: "it is of another design, which fails nobody" }
    }),
    ...(result.tour === undefined ? [] : [tourCase(role, result.tour)])
  ]
}

export const lawCase = (role: string, law: string): string => `${role}/laws/${law}`

const tourCase = <L, O>(role: string, tour: TourFinding<L, O>): Case => {
  const id = `${role}/tour/${tour.variant}`
  if (tour.verdict === "flaky") return { id, verdict: "flaky", ...(tour.why === undefined ? {} : { why: tour.why }) }
  if (tour.divergence !== undefined)
    return { id, verdict: "fail", why: `it parts from ${tour.variant} at ${tour.divergence.input}` }
  if (!tour.complete) return { id, verdict: "unknown", why: `${tour.untried} transitions were not tried` }
  return tour.doubtful ? { id, verdict: "unknown", why: "some inputs were never answered" } : { id, verdict: "pass" }
}

/** Verdicts from the one that matters most to the one that matters least. */
const byWeight: ReadonlyArray<Verdict> = [
  "adapter-error",
  "nondeterministic",
  "unknown",
  "flaky",
  "fail",
  "unexpected-pass",
  "known-failure",
  "unsupported",
  "pass",
  "not-applicable"
]

/** The verdict that stands for all cases. */
export const verdictOf = (cases: ReadonlyArray<Case>): Verdict =>
  byWeight.find((verdict) => cases.some((one) => one.verdict === verdict)) ?? "pass"
