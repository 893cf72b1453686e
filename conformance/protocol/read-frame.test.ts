// Goal: a line that is no frame is refused, and for the right reason. Method: a table of lines.
import fc from "fast-check"
import { expect, test } from "vitest"
import { readFrame } from "./read-frame.ts"

const nested = (levels: number, open: string, close: string): string => open.repeat(levels) + close.repeat(levels)

const refused: ReadonlyArray<readonly [line: string, why: string]> = [
  ["", "it is not JSON"],
  [" ", "it is not JSON"],
  ["hello", "it is not JSON"],
  ["{", "it is not JSON"],
  ["}", "it is not JSON"],
  ["{}{}", "it is not JSON"],
  ["{'id':1}", "it is not JSON"],
  ['{"id":1,}', "it is not JSON"],
  ['{"id":1} // fine', "it is not JSON"],
  ['{"id":01,"ok":{}}', "it is not JSON"],
  ['{"id":NaN,"ok":{}}', "it is not JSON"],
  ['{"id":1,"ok":undefined}', "it is not JSON"],
  ['\ufeff{"id":1,"ok":{}}', "it is not JSON"],
  ['{"id":1,"ok":"\u0001"}', "it is not JSON"],
  ['{"id":1,"ok":"', "it is not JSON"],
  ["null", "it is not an object"],
  ["true", "it is not an object"],
  ["1", "it is not an object"],
  ['"{}"', "it is not an object"],
  ["[]", "it is not an object"],
  ['[{"id":1,"ok":{}}]', "it is not an object"],
  ["{}", "it is no answer"],
  ['{"ok":{}}', "it is no answer"],
  ['{"id":null,"ok":{}}', "it is no answer"],
  ['{"id":"1","ok":{}}', "it is no answer"],
  ['{"id":1.5,"ok":{}}', "it is no answer"],
  ['{"id":0,"ok":{}}', "it is no answer"],
  ['{"id":-1,"ok":{}}', "it is no answer"],
  ['{"id":9007199254740992,"ok":{}}', "it is no answer"],
  ['{"id":1e400,"ok":{}}', "it is no answer"],
  ['{"id":[1],"ok":{}}', "it is no answer"],
  ['{"ID":1,"ok":{}}', "it is no answer"],
  ['{"id":1,"err":{}}', "it is no answer"],
  ['{"id":1,"err":"internal"}', "it is no answer"],
  ['{"id":1,"err":null}', "it is no answer"],
  ['{"id":1,"err":{"code":"Internal"}}', "it is no answer"],
  ['{"id":1,"err":{"code":7}}', "it is no answer"],
  ['{"id":1,"err":{"code":"internal","message":7}}', "it is no answer"],
  ['{"id":1}', "an answer has either ok or err"],
  ['{"id":1,"ok":{},"err":{"code":"internal"}}', "an answer has either ok or err"],
  ['{"id":1,"OK":{}}', "an answer has either ok or err"],
  ['{"ev":"output"}', "it is no event"],
  ['{"ev":"applause","seq":1,"epoch":1,"output":{}}', "it is no event"],
  ['{"ev":null,"seq":1,"epoch":1,"output":{}}', "it is no event"],
  ['{"ev":"output","seq":0,"epoch":1,"output":{}}', "it is no event"],
  ['{"ev":"output","seq":1,"epoch":0,"output":{}}', "it is no event"],
  ['{"ev":"output","seq":"1","epoch":1,"output":{}}', "it is no event"],
  ['{"ev":"output","seq":1.5,"epoch":1,"output":{}}', "it is no event"],
  ['{"ev":"output","seq":1,"epoch":1}', "it is no event"],
  ['{"ev":"output","epoch":1,"output":{}}', "it is no event"],
  ['{"ev":"output","seq":1,"output":{}}', "it is no event"],
  [nested(65, "[", "]"), "it is nested deeper than 64"],
  [nested(65, '{"a":', "}"), "it is nested deeper than 64"],
  [nested(100_000, "[", ""), "it is nested deeper than 64"],
  [`{"id":1,"ok":${nested(64, "[", "]")}}`, "it is nested deeper than 64"]
]

test.each(refused)("kit: frames: %.80s is refused, for %s", (line, why) => {
  const frame = readFrame(line)
  expect(frame).toMatchObject({ _tag: "Wrong" })
  if (frame._tag === "Wrong") expect(frame.why.startsWith(why) ? why : frame.why).toBe(why)
})

const taken: ReadonlyArray<readonly [line: string, tag: string]> = [
  ['{"id":1,"ok":{}}', "Answer"],
  [' {"id" : 1 , "ok" : {} } ', "Answer"],
  ['{"ok":{},"id":1}', "Answer"],
  ['{"id":1,"ok":null}', "Answer"],
  ['{"id":9007199254740991,"ok":{}}', "Answer"],
  ['{"id":1e3,"ok":{}}', "Answer"],
  ['{"id":1,"ok":{},"took":"3 ms"}', "Answer"],
  ['{"id":1,"op":"input","ok":{}}', "Answer"],
  ['{"id":1,"err":{"code":"unsupported"}}', "Answer"],
  ['{"id":1,"err":{"code":"indefinite","message":"lost","since":7}}', "Answer"],
  ['{"id":1,"ok":{"a":"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["}}', "Answer"],
  ['{"id":1,"ok":{"a":"\\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["}}', "Answer"],
  [`{"id":1,"ok":${nested(63, "[", "]")}}`, "Answer"],
  ['{"ev":"output","seq":1,"epoch":1,"output":{}}', "Event"],
  ['{"ev":"output","seq":1,"epoch":1,"output":null,"at":7}', "Event"]
]

test.each(taken)("kit: frames: %.80s is taken", (line, tag) => {
  expect(readFrame(line)._tag).toBe(tag)
})

test("kit: frames: no text, whatever it is, does more than to be refused", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.json()), (line) => readFrame(line)._tag === "Wrong"),
    { seed: 1, numRuns: 2_000 }
  )
})
