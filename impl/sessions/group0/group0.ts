/** Group 0 as sessions use it: it holds topology and tablets, and coordinators and operators write it. */
import { Committer } from "../../../spec/sessions/messages.ts"
import { Metadata } from "../../../spec/sessions/metadata.ts"
import type * as group0 from "../../group0/group0.ts"
import { group0Words } from "../../group0/words.ts"

export { type Leadership, Unavailable } from "../../group0/group0.ts"

export type Entry = group0.Entry<Metadata>
export type CommitGuard = group0.CommitGuard<Metadata>
export type Group0 = group0.Group0<Metadata, Committer>

export const sessionsWords = group0Words<Metadata, Committer>(Metadata, Committer)
