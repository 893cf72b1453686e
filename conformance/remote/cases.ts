/** The result of a check as cases with stable ids: what exit statuses and lists of known failures are about. */
import type { Verdict } from "../report/report.ts"
import type { RemoteResult } from "./remote-result.ts"

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
  return [
    ...result.laws.map(({ id }): Case => {
      const broken = result.broken.find(({ law }) => law === id)
      return {
        id: `${role}/laws/${id}`,
        ...(broken === undefined ? { verdict: "pass" } : { verdict: "fail", why: broken.why })
      }
    }),
    ...result.variants.map(({ name, verdict }): Case => {
      const id = `${role}/follows/${name}`
      if (verdict !== "fail" || named) return { id, verdict }
      return { id, verdict: "not-applicable", why: "it is of another design, which fails nobody" }
    }),
    ...result.findings.map(({ what, verdict, why }): Case => {
      const id = `${role}/${what.replaceAll(" ", "-")}`
      return { id, verdict, ...(why === undefined ? {} : { why }) }
    })
  ]
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
  "pass",
  "unsupported",
  "not-applicable"
]

/** The verdict that stands for all cases. */
export const verdictOf = (cases: ReadonlyArray<Case>): Verdict =>
  byWeight.find((verdict) => cases.some((one) => one.verdict === verdict)) ?? "pass"
