/** Errors that an adapter may answer with. The reference page is made from this table. */
import { Schema } from "effect"

interface ErrorRow {
  /** Whether what was asked did not happen and will not. */
  readonly definite: boolean
  /** When to answer with it. */
  readonly when: string
}

export const errorTable = {
  version: { definite: true, when: "none of the offered protocol versions is spoken here" },
  malformed: {
    definite: true,
    when: "the line is no frame: not JSON, not an object, too long, too deep, or without id or op"
  },
  unsupported: { definite: true, when: "the operation, the role or the fault is not known here" },
  "bad-args": { definite: true, when: "the operation is known, but not with these fields" },
  "not-ready": {
    definite: true,
    when: "the operation makes no sense now, such as an input before a start or after a crash"
  },
  "definite-failure": { definite: true, when: "it could not be done, it did not happen, and it will not" },
  indefinite: { definite: false, when: "it may have happened, or may still" },
  internal: { definite: false, when: "the adapter itself is at fault, and nothing is known" }
} as const satisfies Readonly<Record<string, ErrorRow>>

export type ErrorCode = keyof typeof errorTable

export const errorCodes = Object.keys(errorTable) as ReadonlyArray<ErrorCode>

/** What went wrong: a code of the table, and a sentence for people. */
export const FrameError = Schema.Struct({
  code: Schema.Literals(errorCodes),
  message: Schema.optionalKey(Schema.String)
})
export type FrameError = typeof FrameError.Type

export const isDefinite = ({ code }: FrameError): boolean => errorTable[code].definite
