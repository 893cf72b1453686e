/** What the kit found in one role as the commands show it, whatever the protocol. */
import type { Law } from "../../spec/law.ts"
import { reported } from "../kit/reported.ts"
import type { RoleResult } from "../kit/role-result.ts"
import type { Replayed } from "../kit/token.ts"
import type { Divergence } from "../report/divergence.ts"
import type { Label } from "../report/story.ts"
import type { CheckEffort, CheckedRow, ReplayedRole } from "./role-check.ts"

/** How much to walk, as the kit wants to be told. */
export const walksOf = ({ seed, runs, interrupted, onProgress }: CheckEffort) => ({
  seed,
  runs,
  interrupted,
  onProgress: (progress: { readonly runs: number; readonly commands: number }) =>
    onProgress(progress.runs, progress.commands)
})

/** A result as a row of a table. The role is named without its protocol, which has a column of its own. */
export const roleRow = <L extends Label>(
  result: RoleResult<L, unknown>,
  environment: string,
  laws: ReadonlyArray<Law<L>>,
  token: string | undefined
): CheckedRow => {
  const { protocol, way, runs, commands, trouble } = result
  const divergences = divergencesOf(result, laws, token)
  return {
    protocol,
    role: [result.role.slice(`${protocol}/`.length), environment].filter((word) => word !== "").join(" "),
    way,
    runs,
    commands,
    laws: result.laws.map(({ id, verdict }) => ({ id, verdict })),
    verdict: result.verdict === "pass" && divergences.length > 0 ? "fail" : result.verdict,
    divergences,
    ...(trouble === undefined ? {} : { trouble })
  }
}

/** The kit's divergence, and laws that implementation and model agree in breaking. */
const divergencesOf = <L extends Label>(
  result: RoleResult<L, unknown>,
  laws: ReadonlyArray<Law<L>>,
  token: string | undefined
): ReadonlyArray<Divergence> => {
  const { implementation, role } = result
  const parted = result.divergence === undefined ? [] : [reported(result.divergence, laws, token)]
  const broken = result.laws.flatMap(({ id, why, story }): ReadonlyArray<Divergence> => {
    const law = laws.find((one) => one.id === id)
    if (law === undefined || story === undefined) return []
    const { sentence } = law
    return [{ implementation, role, relation: "laws", story, expected: [], actual: [], law: { id, sentence, why } }]
  })
  return [...parted, ...broken]
}

/** How running a replay again went. */
export const replayedRole = <L extends Label>(
  result: Replayed<L, unknown>,
  laws: ReadonlyArray<Law<L>>
): ReplayedRole => {
  switch (result._tag) {
    case "Same":
    case "Otherwise":
      return { _tag: "Diverged", same: result._tag === "Same", divergence: reported(result.divergence, laws) }
    case "Agreed":
      return { _tag: "Agreed" }
    case "Impossible":
      return { _tag: "Impossible", why: `the model does not allow step ${result.position}, ${result.rule}` }
    case "Trouble":
      return { _tag: "Trouble", why: result.error instanceof Error ? result.error.message : String(result.error) }
  }
}
