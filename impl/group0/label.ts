import { Schema } from "effect"
import { NodeId, Position, Term } from "../../spec/metadata.ts"
import type { Journal } from "../runtime/journal.ts"

/** What group 0 tells of itself, in whatever protocol. A journal that takes a protocol's labels takes these. */
export type Group0Label<Metadata, By> =
  /** A command was effective: this is what group 0 says from position `at` on. */
  | { readonly _tag: "Committed"; readonly by: By; readonly at: Position; readonly metadata: Metadata }
  /** A command had no effect, for it was computed from another state than the last. */
  | { readonly _tag: "CommitRefused"; readonly by: By; readonly expected: Position; readonly head: Position }
  /** A node leads group 0 in a term. */
  | { readonly _tag: "Elected"; readonly term: Term; readonly node: NodeId }

export type Group0Journal<Metadata, By> = Journal<Group0Label<Metadata, By>>

export const group0Label = <Metadata, By>(
  metadata: Schema.Codec<Metadata, unknown>,
  by: Schema.Codec<By, unknown>
): Schema.Codec<Group0Label<Metadata, By>, unknown> =>
  Schema.Union([
    Schema.TaggedStruct("Committed", { by, at: Position, metadata }),
    Schema.TaggedStruct("CommitRefused", { by, expected: Position, head: Position }),
    Schema.TaggedStruct("Elected", { term: Term, node: NodeId })
  ])
