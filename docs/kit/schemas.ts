/** What of a JSON Schema the reference page tells, and which schema each answer has. */
import { Schema } from "effect"
import {
  HelloAnswer,
  InputAnswer,
  InputsAnswer,
  MovedAnswer,
  ObserveAnswer,
  StartAnswer,
  SyncAnswer
} from "../../conformance/protocol/answers.ts"
import type { Op } from "../../conformance/protocol/requests.ts"

export interface JsonSchema {
  readonly type?: string
  readonly enum?: ReadonlyArray<unknown>
  readonly anyOf?: ReadonlyArray<JsonSchema>
  readonly items?: JsonSchema
  readonly prefixItems?: ReadonlyArray<JsonSchema>
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: ReadonlyArray<string>
}

export const shapeOf = (schema: Schema.Codec<unknown, unknown>): JsonSchema =>
  Schema.toJsonSchemaDocument(schema).schema as JsonSchema

/** `bye` has no answer. */
export const answerSchemas: Readonly<Partial<Record<Op, Schema.Codec<unknown, unknown>>>> = {
  hello: HelloAnswer,
  start: StartAnswer,
  input: InputAnswer,
  inputs: InputsAnswer,
  observe: ObserveAnswer,
  sync: SyncAnswer,
  advance: MovedAnswer,
  fault: MovedAnswer
}
