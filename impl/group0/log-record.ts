import { type Result, Schema } from "effect"
import { NodeId, Position, Term } from "../../spec/metadata.ts"

/** One record of the log. */
export type LogRecord<Metadata, By> =
  /** What the log says before any command. */
  | { readonly _tag: "First"; readonly metadata: Metadata }
  | { readonly _tag: "Committed"; readonly by: By; readonly at: Position; readonly metadata: Metadata }
  | { readonly _tag: "Elected"; readonly term: Term; readonly node: NodeId }

export interface LogRecords<Metadata, By> {
  decode(record: unknown): Result.Result<LogRecord<Metadata, By>, Schema.SchemaError>
  encode(record: LogRecord<Metadata, By>): unknown
}

export const logRecords = <Metadata, By>(
  metadata: Schema.Codec<Metadata, unknown>,
  by: Schema.Codec<By, unknown>
): LogRecords<Metadata, By> => {
  const record = Schema.Union([
    Schema.TaggedStruct("First", { metadata }),
    Schema.TaggedStruct("Committed", { by, at: Position, metadata }),
    Schema.TaggedStruct("Elected", { term: Term, node: NodeId })
  ])
  return { decode: Schema.decodeUnknownResult(record), encode: Schema.encodeSync(record) }
}
