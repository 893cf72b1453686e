// Goal: a known failure is no longer red, and a list that is out of date is. Method: one list, one case at a time.
import { expect, test } from "vitest"
import type { Verdict } from "../report/report.ts"
import { judged, type KnownFailure, staleEntries } from "./known-failures.ts"

const entry: KnownFailure = {
  pattern: "sessions/*/laws/SES-S5",
  verdict: "fail",
  reason: "drains are hasty",
  link: "https://example.org/7",
  expires: "2026-12-31"
}
const id = "sessions/registry/laws/SES-S5"
const today = "2026-12-31"

const verdicts: ReadonlyArray<readonly [before: Verdict, after: Verdict]> = [
  ["fail", "known-failure"],
  ["pass", "unexpected-pass"],
  ["unknown", "unknown"],
  ["flaky", "flaky"],
  ["nondeterministic", "nondeterministic"],
  ["adapter-error", "adapter-error"],
  ["not-applicable", "not-applicable"],
  ["unsupported", "unsupported"]
]

test.each(verdicts)("kit: known failures: a case that is known to fail, and is %s, is told as %s", (before, after) => {
  expect(judged({ id, verdict: before }, [entry], today).verdict).toBe(after)
})

test.each(verdicts)("kit: known failures: a case of another name that is %s stays so", (verdict) => {
  expect(judged({ id: `${id}a`, verdict }, [entry], today)).toEqual({ id: `${id}a`, verdict })
})

test.each(verdicts)(
  "kit: known failures: after its last day an entry changes nothing of a case that is %s",
  (verdict) => {
    expect(judged({ id, verdict }, [entry], "2027-01-01")).toEqual({ id, verdict })
  }
)

const patterns: ReadonlyArray<readonly [pattern: string, isMatch: boolean]> = [
  [id, true],
  ["*", true],
  ["sessions/*", true],
  ["*/SES-S5", true],
  ["*registry*S5", true],
  ["**", true],
  ["SES-S5", false],
  ["sessions/registry/laws/SES-S", false],
  ["sessions.registry.laws.SES-S5", false],
  ["sessions/registry/laws/SES-S[5]", false],
  ["(sessions/registry/laws/SES-S5)", false],
  ["sessions/registry/laws/SES-S5|*", false],
  ["Sessions/registry/laws/SES-S5", false]
]

test.each(patterns)("kit: known failures: the pattern %s is about the case: %s", (pattern, isMatch) => {
  const stale = staleEntries([{ id, verdict: "fail" }], [{ ...entry, pattern }], today)
  expect(stale.map(({ why }) => why)).toEqual(isMatch ? [] : ["no case has such an id"])
})

test("kit: known failures: an entry that has expired is red, whatever became of its case", () => {
  expect(staleEntries([{ id, verdict: "pass" }], [entry], "2027-01-01")).toEqual([
    { id: "known-failures/sessions/*/laws/SES-S5", verdict: "fail", why: "it has expired on 2026-12-31" }
  ])
})
