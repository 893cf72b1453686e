/** What nodes put on the wire between them, whatever they talk about. */
import { type Result, Schema } from "effect"
import { NodeId } from "../../../spec/metadata.ts"

/** The number by which an answer names its request, counted by the asker. */
const FrameId = Schema.Int.check(Schema.isGreaterThanOrEqualTo(1))

/** The first frame of a connection: who asks on it, and whom it means to ask. */
export const Hello = Schema.TaggedStruct("Hello", { from: NodeId, to: NodeId })

/** A request before anybody looked into it, so that one that means nothing can be answered by its number. */
export const Asked = Schema.TaggedStruct("Asked", { id: FrameId, request: Schema.Unknown })

/** An answer before anybody looked into it. */
type Answered<Answer> = { readonly _tag: "Answered"; readonly id: number; readonly answer: Answer }

/** How values of a kind are written and read, between processes as JSON values and within one as text. */
export interface Spoken<Value> {
  encode(value: Value): unknown
  decode(body: unknown): Result.Result<Value, Schema.SchemaError>
  write(value: Value): string
  read(text: string): Value
}

/** What nodes of a protocol ask each other and answer, with the codecs made from it once for all. */
export interface Conversation<Request, Answer> {
  readonly request: Spoken<Request>
  readonly answer: Spoken<Answer>
  readonly answered: { decode(body: unknown): Result.Result<Answered<Answer>, Schema.SchemaError> }
  /** What is answered to a request that means nothing, and in place of an answer that does not fit into a frame. */
  readonly malformed: Answer
}

export const conversation = <Request, Answer>(
  request: Schema.Codec<Request, unknown>,
  answer: Schema.Codec<Answer, unknown>,
  malformed: Answer
): Conversation<Request, Answer> => ({
  request: spoken(request),
  answer: spoken(answer),
  answered: { decode: Schema.decodeUnknownResult(Schema.TaggedStruct("Answered", { id: FrameId, answer })) },
  malformed
})

const spoken = <Value>(schema: Schema.Codec<Value, unknown>): Spoken<Value> => {
  const text = Schema.fromJsonString(schema)
  return {
    encode: Schema.encodeSync(schema),
    decode: Schema.decodeUnknownResult(schema),
    write: Schema.encodeSync(text),
    read: Schema.decodeUnknownSync(text)
  }
}
