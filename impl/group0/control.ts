/** What a test asks of the process that holds group 0, and what it is told. */
import { Schema } from "effect"
import { NodeId, Position, Term } from "../../spec/metadata.ts"

export const Group0Command = Schema.TaggedUnion({
  /** Makes a connected member the leader of a new term. */
  Elect: { node: NodeId },
  /** Breaks a member's connection and takes no other of it. */
  Partition: { node: NodeId },
  Heal: { node: NodeId },
  Status: {},
  Shutdown: {}
})
export type Group0Command = typeof Group0Command.Type

export type Group0Answer<Metadata> =
  | { readonly _tag: "Done" }
  | {
      readonly _tag: "Status"
      readonly at: Position
      readonly metadata: Metadata
      readonly term: Term
      readonly leader: NodeId | null
    }
  | { readonly _tag: "Failed"; readonly why: string }

export const group0Answer = <Metadata>(
  metadata: Schema.Codec<Metadata, unknown>
): Schema.Codec<Group0Answer<Metadata>, unknown> =>
  Schema.Union([
    Schema.TaggedStruct("Done", {}),
    Schema.TaggedStruct("Status", { at: Position, metadata, term: Term, leader: Schema.NullOr(NodeId) }),
    Schema.TaggedStruct("Failed", { why: Schema.String })
  ])
