/** Failures that are known: still run, and no longer red; a list that is out of date is red by itself. */
import { Schema } from "effect"
import type { Verdict } from "../report/report.ts"
import type { Case } from "./cases.ts"

/** One line of the list. */
export const KnownFailure = Schema.Struct({
  /** The id of a case; `*` stands for any text. */
  pattern: Schema.String.check(Schema.isNonEmpty()),
  verdict: Schema.Literals(["fail", "unknown", "flaky", "nondeterministic", "adapter-error"]),
  reason: Schema.String.check(Schema.isNonEmpty()),
  /** Where it is being worked on. */
  link: Schema.String.check(Schema.isNonEmpty()),
  /** The last day on which it counts, such as `2027-01-31`. */
  expires: Schema.String.check(Schema.isPattern(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/))
})
export type KnownFailure = typeof KnownFailure.Type

export const KnownFailures = Schema.Array(KnownFailure)

/** A case in the light of what is known, on a day. Expired entries change nothing. */
export const judged = (given: Case, known: ReadonlyArray<KnownFailure>, today: string): Case => {
  const entry = known.find((one) => isFresh(one, today) && matches(one, given))
  if (entry === undefined || idle.has(given.verdict)) return given
  const { id } = given
  if (given.verdict === entry.verdict) return { id, verdict: "known-failure", why: `${entry.reason} (${entry.link})` }
  if (given.verdict !== "pass") return given
  return { id, verdict: "unexpected-pass", why: `it is known to ${entry.verdict}: ${entry.reason} (${entry.link})` }
}

/** Verdicts of cases in which nothing was tried. */
const idle: ReadonlySet<Verdict> = new Set(["not-applicable", "unsupported"])

/** Entries that are not fresh any more, or are about nothing, each as a case that fails. */
export const staleEntries = (
  cases: ReadonlyArray<Case>,
  known: ReadonlyArray<KnownFailure>,
  today: string
): ReadonlyArray<Case> =>
  known.flatMap((entry): ReadonlyArray<Case> => {
    const id = `known-failures/${entry.pattern}`
    if (!isFresh(entry, today)) return [{ id, verdict: "fail", why: `it has expired on ${entry.expires}` }]
    if (cases.some((given) => matches(entry, given))) return []
    return [{ id, verdict: "fail", why: "no case has such an id" }]
  })

/** Days in this form are in the order of their texts. */
const isFresh = ({ expires }: KnownFailure, today: string): boolean => today <= expires

const matches = ({ pattern }: KnownFailure, { id }: Case): boolean => {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
  return new RegExp(`^${parts.join(".*")}$`, "s").test(id)
}
