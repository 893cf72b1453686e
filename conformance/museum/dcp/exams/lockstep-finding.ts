/** What a check in lockstep has found. */
import type { RoleResult } from "../../../kit/role-result.ts"
import type { Finding } from "../exam.ts"

/** The laws that the divergence of a check breaks, each as a finding; the mere difference where it breaks none. */
export const lockstepFindings = (result: RoleResult<unknown, unknown>, where: string): ReadonlyArray<Finding> => {
  if (result.verdict === "pass") return []
  const { divergence, trouble, steps } = result
  // What an adapter cannot carry out says nothing about the subject, and must not count as if it did.
  if (divergence === undefined) throw new Error(`${result.verdict} in ${where}: ${trouble ?? "nothing is known"}`)
  const length = steps?.length ?? null
  const { expected, actual } = divergence.told
  const what = `at ${divergence.input}: due [${expected.join("; ")}], came [${actual.join("; ")}]`
  if (divergence.brokenLaws.length === 0) return [{ law: null, by: `divergence in ${where}`, length, what }]
  return divergence.brokenLaws.map(({ law, why }) => ({
    law,
    by: `law ${law} in ${where}`,
    length,
    what: `${why}; ${what}`
  }))
}
