import { Schema } from "effect"
import { Metadata, type Position } from "../../../spec/sessions/metadata.ts"
import type { Entry } from "./group0.ts"

const text = Schema.fromJsonString(Metadata)
const encode = Schema.encodeSync(text)
const decode = Schema.decodeUnknownSync(text)

/** An entry as it travels within a process: as text, so that no two members share an object that one could change. */
export interface EntryText {
  readonly at: Position
  readonly text: string
}

export const writeEntry = ({ at, metadata }: Entry): EntryText => ({ at, text: encode(metadata) })

export const readEntry = ({ at, text }: EntryText): Entry => ({ at, metadata: decode(text) })
