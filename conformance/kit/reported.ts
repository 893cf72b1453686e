/** What was found in a role, in the words of the report. */
import type { Law } from "../../spec/law.ts"
import type { Divergence as Reported } from "../report/divergence.ts"
import type { Label } from "../report/story.ts"
import type { Divergence } from "./divergence.ts"

/** The divergence in the words of the report. A law that it breaks comes first, because it needs no model to be believed. */
export const reported = <L extends Label>(
  found: Divergence<L, unknown>,
  laws: ReadonlyArray<Law<L>>,
  replay?: string
): Reported => {
  const { implementation, role, story, told, brokenLaws } = found
  const [broken] = brokenLaws
  const law = broken && laws.find(({ id }) => id === broken.law)
  return {
    implementation,
    role,
    relation: law === undefined ? "follows" : "laws",
    story,
    // The roles that are checked are deterministic, so there is one thing that would have been right.
    expected: told.expected.length === 0 ? [] : [told.expected.join("; ")],
    actual: told.actual,
    ...(law === undefined ? {} : { law: { id: law.id, sentence: law.sentence, why: broken?.why } }),
    ...(replay === undefined ? {} : { replay })
  }
}
