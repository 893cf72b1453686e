/**
 * The shape of a packet: which lengths its extras, key and value may have.
 *
 * One comparison of shapes precedes the reading of fields, which can then not run out of bytes.
 */
import { CodecError, type CodecErrorReason } from "./codec-error.ts"
import type { Frame } from "./frame.ts"
import { isAlternative } from "./magic.ts"

/** Lengths from `min` to `max` in steps of `step`, and the phrase that says so. */
export interface LengthRule {
  readonly min: number
  readonly max: number
  readonly step: number
  readonly phrase: string
}

/** What lengths a packet's parts may have. */
export interface Shape {
  readonly extras: LengthRule
  readonly key: LengthRule
  readonly value: LengthRule
  /** Field and reason of a bad value, where these say more than the length does. */
  readonly valueField: string
  readonly valueReason: CodecErrorReason
}

/** Longest name of a DCP connection in bytes. Source: kv_engine daemon/mcbp_validators.cc. */
export const maxConnectionName = 200

/** No bytes. */
export const none = exactly(0)
/** Any number of bytes. */
export const any: LengthRule = { min: 0, max: Number.POSITIVE_INFINITY, step: 1, phrase: "any" }
/** One byte or more. */
export const some: LengthRule = { min: 1, max: Number.POSITIVE_INFINITY, step: 1, phrase: "at least 1" }

/** Any number of u16 feature codes, as in HELO and its response. */
export const featureCodes: LengthRule = { min: 0, max: Number.POSITIVE_INFINITY, step: 2, phrase: "a multiple of 2" }

/** The one length allowed. */
export function exactly(length: number): LengthRule {
  return { min: length, max: length, step: 1, phrase: String(length) }
}

/** A shape; a value where none is allowed is `UnexpectedValue`, one of a wrong length `BadValueLength`. */
export function shape(extras: LengthRule, key: LengthRule, value: LengthRule): Shape {
  const valueReason = value.max === 0 ? "UnexpectedValue" : "BadValueLength"
  return { extras, key, value, valueField: "value length", valueReason }
}

/** The first part of a frame that does not fit a shape, in the order extras, key, value. */
export function shapeFault(frame: Frame, expected: Shape): CodecError | undefined {
  if (!fits(frame.extrasLength, expected.extras)) {
    return fault(frame, "WrongExtrasLength", 4, "extras length", expected.extras, frame.extrasLength)
  }
  if (!fits(frame.keyLength, expected.key)) {
    const at = isAlternative(frame.magic) ? 3 : 2
    return fault(frame, "BadKeyLength", at, "key length", expected.key, frame.keyLength)
  }
  if (!fits(frame.valueLength, expected.value)) {
    const { valueReason, valueField, value } = expected
    return fault(frame, valueReason, frame.valueStart, valueField, value, frame.valueLength)
  }
  return undefined
}

function fits(length: number, rule: LengthRule): boolean {
  return length >= rule.min && length <= rule.max && (length - rule.min) % rule.step === 0
}

function fault(
  frame: Frame,
  reason: CodecErrorReason,
  offsetInFrame: number,
  field: string,
  rule: LengthRule,
  actual: number
): CodecError {
  return new CodecError({
    reason,
    subject: frame.name,
    frameOffset: frame.offset,
    offsetInFrame,
    field,
    expected: rule.phrase,
    actual: String(actual)
  })
}
