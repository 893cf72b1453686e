/** What a test asks of the process that holds group 0, and what it is told. */
import { Schema } from "effect"
import { Metadata, NodeId, Position, Term } from "../../../spec/sessions/metadata.ts"

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

export const Group0Answer = Schema.TaggedUnion({
  Done: {},
  Status: { at: Position, metadata: Metadata, term: Term, leader: Schema.NullOr(NodeId) },
  Failed: { why: Schema.String }
})
export type Group0Answer = typeof Group0Answer.Type
