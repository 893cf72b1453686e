/** From a line to a frame, or to what is wrong with it. */
import { Result, Schema } from "effect"
import { Answer, Event } from "./answers.ts"
import { maxDepth } from "./limits.ts"

export type ReadFrame =
  | { readonly _tag: "Answer"; readonly answer: Answer }
  | { readonly _tag: "Event"; readonly event: Event }
  | { readonly _tag: "Wrong"; readonly why: string }

const wrong = (why: string): ReadFrame => ({ _tag: "Wrong", why })

const decodeAnswer = Schema.decodeUnknownResult(Answer)
const decodeEvent = Schema.decodeUnknownResult(Event)

/** Reads one line of an adapter. */
export const readFrame = (line: string): ReadFrame => {
  // JSON.parse is recursive, so what is too deep is found before it is parsed.
  if (depthOf(line) > maxDepth) return wrong(`it is nested deeper than ${maxDepth}`)
  const value = parsed(line)
  if (value === undefined) return wrong("it is not JSON")
  if (typeof value !== "object" || value === null || Array.isArray(value)) return wrong("it is not an object")
  if ("ev" in value) {
    const event = decodeEvent(value)
    if (Result.isFailure(event)) return wrong(`it is no event: ${inOneLine(event.failure)}`)
    return { _tag: "Event", event: event.success }
  }
  const answer = decodeAnswer(value)
  if (Result.isFailure(answer)) return wrong(`it is no answer: ${inOneLine(answer.failure)}`)
  const { ok, err } = answer.success
  if ((ok === undefined) === (err === undefined)) return wrong("an answer has either ok or err")
  return { _tag: "Answer", answer: answer.success }
}

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** What a schema has against a value, for a line of text. */
export const inOneLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ").trim()

/** How deep arrays and objects are nested in a text, whether or not it is JSON. */
const depthOf = (line: string): number => {
  let depth = 0
  let deepest = 0
  let inText = false
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at)
    if (inText) {
      if (code === 0x5c) at++
      else if (code === 0x22) inText = false
    } else if (code === 0x22) inText = true
    else if (code === 0x5b || code === 0x7b) deepest = Math.max(deepest, ++depth)
    else if (code === 0x5d || code === 0x7d) depth--
  }
  return deepest
}
