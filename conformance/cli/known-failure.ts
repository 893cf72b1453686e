/** Checks of implementations that have a known bug. */
import type { RoleCheck } from "./role-check.ts"

/** The same check, which is expected to fail: a failure is known, and a pass would be news. */
export const known = (check: RoleCheck): RoleCheck => ({
  ...check,
  check: async (effort) => {
    // It ends at the first failure, so it may look as long as it needs to however few runs were asked for.
    const row = await check.check({ ...effort, runs: Math.max(effort.runs, check.runs) })
    const verdict = row.verdict === "fail" ? "known-failure" : row.verdict === "pass" ? "unexpected-pass" : row.verdict
    return { ...row, verdict }
  }
})
