/** When a case ends in which verdict, for the reference page. */
import type { Verdict } from "../../conformance/report/report.ts"

export const verdictMeanings: Readonly<Record<Verdict, string>> = {
  pass: "what was asked came out as it has to",
  "known-failure": "it failed, and the list of known failures says so",
  unsupported: "the implementation does not support what was asked, and nothing is claimed for it",
  "not-applicable": "the adapter lacks a capability, or the question does not arise; it is named",
  fail: "a law is broken, or the variant that was asked for is not followed",
  "unexpected-pass": "the list of known failures is out of date",
  unknown: "nobody can say: something was not answered, or not all was tried",
  flaky: "what failed did not fail the second time",
  nondeterministic: "the same inputs led elsewhere, though `seed` was promised",
  "adapter-error": "the adapter broke the protocol, so nothing is known of the implementation"
}
