/** Group 0 as the building of views uses it: it says what is to be built and where, and tells who has changed it and how. */
import { Schema } from "effect"
import { TaskId } from "../../../spec/view-building/ids.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { Change, Committer } from "../../../spec/view-building/messages.ts"
import { BuildingState } from "../../../spec/view-building/metadata.ts"
import type * as group0 from "../../group0/group0.ts"
import type { Group0Journal, Group0Label } from "../../group0/label.ts"
import { group0Words } from "../../group0/words.ts"
import type { Journal } from "../journal.ts"

export { type Leadership, Unavailable } from "../../group0/group0.ts"

/** What the log says after a command. `lastTask` is the greatest id that was ever used, so that none is used again (S4). */
export const Said = Schema.Struct({ state: BuildingState, lastTask: TaskId })
export type Said = typeof Said.Type

/** Whose command it was, and what it was for: the log carries the state, and this is what else there is to tell. */
export const Command = Schema.Struct({ by: Committer, change: Change })
export type Command = typeof Command.Type

export type Entry = group0.Entry<Said>
export type CommitGuard = group0.CommitGuard<Said>
export type Group0 = group0.Group0<Said, Command>

export const buildingWords = group0Words<Said, Command>(Said, Command)

/** Has a journal of this protocol hear what group 0 tells of itself. */
export const toldBy =
  (tell: Journal): Group0Journal<Said, Command> =>
  (label) =>
    tell(inWords(label))

/** What group 0 tells of itself, as labels of this protocol. */
export const inWords = (label: Group0Label<Said, Command>): ViewBuildingLabel => {
  if (label._tag === "Elected") return label
  const { by, change } = label.by
  if (label._tag === "Committed") return { _tag: "Committed", by, at: label.at, change, state: label.metadata.state }
  return { _tag: "CommitRefused", by, change, expected: label.expected, head: label.head }
}
