/** What members of group 0 and the process that holds its log put on the wire between them. */
import { Schema } from "effect"
import { CommitAnswer, Committer } from "../../../spec/sessions/messages.ts"
import { Metadata, NodeId, Position, Term } from "../../../spec/sessions/metadata.ts"

/** The number by which an answer names its question, counted by the member. */
const id = Schema.Int.check(Schema.isGreaterThanOrEqualTo(1))

export const MemberFrame = Schema.TaggedUnion({
  /** The first frame of a connection. */
  Hello: { member: NodeId },
  Where: { id },
  Commit: { id, expected: Position, by: Committer, metadata: Metadata }
})
export type MemberFrame = typeof MemberFrame.Type

export const ServerFrame = Schema.TaggedUnion({
  /** Who leads from now on. */
  Leads: { term: Term, leader: NodeId },
  /** What the log says from `at` on. Every frame after it was sent when that was so. */
  Entry: { at: Position, metadata: Metadata },
  /** What had been committed when the question came. */
  Head: { id, at: Position },
  CommitEnded: { id, answer: CommitAnswer },
  /** The question cannot be answered now. A commit that is answered so had no effect. */
  NotNow: { id, why: Schema.String }
})
export type ServerFrame = typeof ServerFrame.Type

export const decodeMemberFrame = Schema.decodeUnknownResult(MemberFrame)
export const encodeMemberFrame = Schema.encodeSync(MemberFrame)
export const decodeServerFrame = Schema.decodeUnknownResult(ServerFrame)
export const encodeServerFrame = Schema.encodeSync(ServerFrame)
