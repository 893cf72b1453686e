import { Schema } from "effect"
import type { Position } from "../../spec/metadata.ts"
import type { Entry } from "./group0.ts"

/** An entry as it travels within a process: as text, so that no two members share an object that one could change. */
export interface EntryText {
  readonly at: Position
  readonly text: string
}

export interface EntryTexts<Metadata> {
  write(entry: Entry<Metadata>): EntryText
  read(text: EntryText): Entry<Metadata>
}

export const entryTexts = <Metadata>(metadata: Schema.Codec<Metadata, unknown>): EntryTexts<Metadata> => {
  const text = Schema.fromJsonString(metadata)
  const encode = Schema.encodeSync(text)
  const decode = Schema.decodeUnknownSync(text)
  return {
    write: ({ at, metadata }) => ({ at, text: encode(metadata) }),
    read: ({ at, text }) => ({ at, metadata: decode(text) })
  }
}
