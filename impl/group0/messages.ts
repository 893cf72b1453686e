/** What members of group 0 and the process that holds its log put on the wire between them. */
import { type Result, Schema } from "effect"
import { CommitAnswer } from "../../spec/group0/messages.ts"
import { NodeId, Position, Term } from "../../spec/metadata.ts"

/** The number by which an answer names its question, counted by the member. */
const id = Schema.Int.check(Schema.isGreaterThanOrEqualTo(1))

export type MemberFrame<Metadata, By> =
  /** The first frame of a connection. */
  | { readonly _tag: "Hello"; readonly member: NodeId }
  | { readonly _tag: "Where"; readonly id: number }
  | {
      readonly _tag: "Commit"
      readonly id: number
      readonly expected: Position
      readonly by: By
      readonly metadata: Metadata
    }

export type ServerFrame<Metadata> =
  /** Who leads from now on. */
  | { readonly _tag: "Leads"; readonly term: Term; readonly leader: NodeId }
  /** What the log says from `at` on. Every frame after it was sent when that was so. */
  | { readonly _tag: "Entry"; readonly at: Position; readonly metadata: Metadata }
  /** What had been committed when the question came. */
  | { readonly _tag: "Head"; readonly id: number; readonly at: Position }
  | { readonly _tag: "CommitEnded"; readonly id: number; readonly answer: CommitAnswer }
  /** The question cannot be answered now. A commit that is answered so had no effect. */
  | { readonly _tag: "NotNow"; readonly id: number; readonly why: string }

/** How a kind of frame is read and written. */
export interface FrameCodec<Frame> {
  decode(body: unknown): Result.Result<Frame, Schema.SchemaError>
  encode(frame: Frame): unknown
}

export interface Frames<Metadata, By> {
  readonly member: FrameCodec<MemberFrame<Metadata, By>>
  readonly server: FrameCodec<ServerFrame<Metadata>>
}

export const frames = <Metadata, By>(
  metadata: Schema.Codec<Metadata, unknown>,
  by: Schema.Codec<By, unknown>
): Frames<Metadata, By> => {
  const memberFrame = Schema.Union([
    Schema.TaggedStruct("Hello", { member: NodeId }),
    Schema.TaggedStruct("Where", { id }),
    Schema.TaggedStruct("Commit", { id, expected: Position, by, metadata })
  ])
  const serverFrame = Schema.Union([
    Schema.TaggedStruct("Leads", { term: Term, leader: NodeId }),
    Schema.TaggedStruct("Entry", { at: Position, metadata }),
    Schema.TaggedStruct("Head", { id, at: Position }),
    Schema.TaggedStruct("CommitEnded", { id, answer: CommitAnswer }),
    Schema.TaggedStruct("NotNow", { id, why: Schema.String })
  ])
  return {
    member: { decode: Schema.decodeUnknownResult(memberFrame), encode: Schema.encodeSync(memberFrame) },
    server: { decode: Schema.decodeUnknownResult(serverFrame), encode: Schema.encodeSync(serverFrame) }
  }
}
