/** What the soak of view building consists of. */
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { type Life, type Soak, type Soaking, type SoakOptions, soakWith } from "../soak.ts"
import { judging } from "./judged.ts"
import { live } from "./life.ts"
import { baseOf, planOf } from "./plan.ts"
import { storyOf } from "./story.ts"

const isRefusal = (label: ViewBuildingLabel): boolean =>
  label._tag === "CommitRefused" || (label._tag === "CallAnswered" && label.answer._tag === "Refused")

/** The last round whose base was created before a place. */
const roundAt = ({ labels, rounds }: Life<ViewBuildingLabel>, at: number): number => {
  const created = labels
    .slice(0, at + 1)
    .findLast((label) => label._tag === "Committed" && label.change._tag === "CreateTable")
  const base = created?._tag === "Committed" && created.change._tag === "CreateTable" ? created.change.base : undefined
  return rounds.find(({ round }) => baseOf(round) === base)?.round ?? rounds[0]?.round ?? 0
}

const soaking: Soaking<ViewBuildingLabel> = {
  roundsOfLife: 10,
  lanes: 2,
  laws: judging.length,
  live,
  planOf,
  storyOf: (life, at, round) => storyOf(life, at, baseOf(round)),
  roundAt,
  isRefusal
}

export const soak = (options: SoakOptions): Promise<Soak> => soakWith(soaking, options)
