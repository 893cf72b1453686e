/** What each mistake in the recipe of recovery mode breaks, and the shortest story of each that does harm (dossier 3). */

import type { MustFail } from "../../../model/kernel/scope.ts"
import { type RecoveryMistake, recoveryMistakes } from "../../../model/raft-upgrade/cluster/recovery-mistakes.ts"
import { table } from "../exploring.ts"
import { numberOf, scopeNamed, storyText } from "./exploring.ts"
import { brokenWords } from "./scopes-table.ts"

const placeOf = ({ name }: RecoveryMistake): string => `recovery.${name}`

const brokenIn = (scope: string): ReadonlyArray<MustFail> => scopeNamed(scope).mustFail

/** One row a mistake: what it breaks where a majority was lost, where an upgrade is stuck, and who would have noticed. */
export const recipeTable = (): string =>
  table(
    ["mistake", "a majority was lost", "an upgrade is stuck", "is it noticed"],
    recoveryMistakes.map((mistake) => [
      mistake.about,
      brokenWords(brokenIn(placeOf(mistake))),
      brokenWords(brokenIn(`recovery.stuck.${mistake.name}`)),
      mistake.isNoticed ? "yes" : "no"
    ])
  )

const byLength = (one: MustFail, other: MustFail): number => one.length - other.length

/** The shortest story of each mistake that breaks a law, behind its sentence. */
export const recipeStories = (): string =>
  recoveryMistakes
    .flatMap((mistake) => {
      const scope = placeOf(mistake)
      const [first] = [...brokenIn(scope)].sort(byLength)
      if (first === undefined) return []
      const law = numberOf(first.law)
      return [
        `<details><summary>${mistake.about} (${law}, ${first.length} steps)</summary>`,
        "",
        "```text",
        storyText(scope, law),
        "```",
        "",
        "</details>"
      ]
    })
    .join("\n")
