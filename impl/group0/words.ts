/** What group 0 carries for a protocol without looking into it, with the codecs made from it once for all. */
import type { Schema } from "effect"
import { type JournalLines, journalLines } from "../runtime/child/journal-line.ts"
import { type Group0Answer, group0Answer } from "./control.ts"
import { type EntryTexts, entryTexts } from "./entry-text.ts"
import { type Group0Label, group0Label } from "./label.ts"
import { type LogRecords, logRecords } from "./log-record.ts"
import { type Frames, frames } from "./messages.ts"

export interface Words<Metadata, By> {
  readonly metadata: Schema.Codec<Metadata, unknown>
  readonly answer: Schema.Codec<Group0Answer<Metadata>, unknown>
  readonly texts: EntryTexts<Metadata>
  readonly frames: Frames<Metadata, By>
  readonly records: LogRecords<Metadata, By>
  readonly journal: JournalLines<Group0Label<Metadata, By>>
}

/** The words of a protocol: what the log says after each command, and who may have given it. */
export const group0Words = <Metadata, By>(
  metadata: Schema.Codec<Metadata, unknown>,
  by: Schema.Codec<By, unknown>
): Words<Metadata, By> => ({
  metadata,
  answer: group0Answer(metadata),
  texts: entryTexts(metadata),
  frames: frames(metadata, by),
  records: logRecords(metadata, by),
  journal: journalLines(group0Label(metadata, by))
})
