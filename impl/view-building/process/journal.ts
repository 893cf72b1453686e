/** Journals of a cluster's processes: those of nodes speak the words of the protocol, and that of group 0 its own. */
import { Schema } from "effect"
import { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { type Group0Label, group0Label } from "../../group0/label.ts"
import { journalLines } from "../../runtime/child/journal-line.ts"
import { Command, inWords, Said } from "../group0/group0.ts"

type Told = ViewBuildingLabel | Group0Label<Said, Command>

const Told: Schema.Codec<Told, unknown> = Schema.Union([ViewBuildingLabel, group0Label(Said, Command)])

export const buildingJournal = journalLines<Told>(Told)
export type { Told }

/** What a line of a journal says, in the words of the protocol. */
export const labelOf = (told: Told): ViewBuildingLabel =>
  (told._tag === "Committed" && "metadata" in told) || (told._tag === "CommitRefused" && "by" in told.by)
    ? inWords(told as Group0Label<Said, Command>)
    : (told as ViewBuildingLabel)
