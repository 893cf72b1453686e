/** Lines that any adapter has to live through, and what it says to each. */

const deep = (levels: number): string => `${"[".repeat(levels)}${"]".repeat(levels)}`

/** What is no JSON, or no frame of which anybody could know the id. */
const noFrames: ReadonlyArray<string> = [
  "",
  " \t",
  "hello",
  "nul",
  "{",
  "}",
  "[]",
  "null",
  "7",
  '"op"',
  "\ufeff{}",
  '{"id":1,"op":',
  '{"id":1,"op":"hello",}',
  '{"id":1 "op":"hello"}',
  '{id:1,"op":"hello"}',
  '{"id":01,"op":"hello"}',
  '{"id":1.,"op":"hello"}',
  '{"id":+1,"op":"hello"}',
  '{"id":1e,"op":"hello"}',
  '{"id":-,"op":"hello"}',
  '{"id":NaN,"op":"hello"}',
  '{"id":1,"op":"hello}',
  '{"id":1,"op":"a\tb"}',
  '{"id":1,"op":"\\x"}',
  '{"id":1,"op":"\\u12"}',
  '{"id":1,"op":"\\u12zz"}',
  '{"id":1,"op":"\\u+123"}',
  '{"id":1,"op":"\\"}',
  '{"id":1,"op":"hello"} {}',
  '{"id":1,"op":"hello","more":[1,2}',
  '{"id":1,"op":"hello","more":[1 2]}',
  '{"id":1,"op":"hello","more":[1,]}',
  `{"id":1,"op":"hello","deep":${deep(64)}}`,
  "[".repeat(100_000),
  '{"a":'.repeat(100_000),
  '{"op":"hello"}',
  '{"id":"1","op":"hello"}',
  '{"id":1.5,"op":"hello"}',
  '{"id":null,"op":"hello"}',
  `{"id":1,"op":"${"x".repeat(1 << 20)}"}`
]

/** The longest line that is allowed: one that is longer by a byte is none of ours. */
const long = (bytes: number): string => {
  const frame = (filling: string): string => `{"id":14,"op":"levitate","more":"${filling}"}`
  return frame("x".repeat(bytes - frame("").length))
}

/** A line, and what has to be in the answer to it. */
export type OddLine = readonly [line: string | Uint8Array, answer: object]

/** Lines for an adapter that plays a role and was just started, in order. */
export const oddLines = (role: string): ReadonlyArray<OddLine> => {
  const refused = (id: number, code: string) => ({ id, err: { code } })
  const start = { epoch: 1, role, config: {}, seed: -1, more: { deep: [null, true, false, -0.5e3, {}, []] } }
  const protocol = { major: 1, minor: [0, 0] }
  const asked: ReadonlyArray<readonly [frame: object, answer: object]> = [
    [{ id: 1, op: "input", input: { _tag: "Levitate" } }, refused(1, "not-ready")],
    [{ id: 2, op: "hello", protocol: { major: 2, minor: [0, 9] } }, refused(2, "version")],
    [{ id: 3, op: "hello", protocol: { major: 1, minor: [1, 9] } }, refused(3, "version")],
    [{ id: 4, op: "hello" }, refused(4, "bad-args")],
    [
      { id: 5, op: "hello", protocol, kit: { name: "é😀" } },
      { id: 5, ok: { roles: [role] } }
    ],
    [{ id: 6, op: "start", ...start, role: "nobody's" }, refused(6, "unsupported")],
    [{ id: 7, op: "start" }, refused(7, "bad-args")],
    [
      { id: 8, op: "start", ...start },
      { id: 8, ok: {} }
    ],
    [{ id: 9, op: "levitate" }, refused(9, "unsupported")],
    [{ id: 10, op: "input", input: { _tag: "Levitate" } }, refused(10, "bad-args")],
    [{ id: 10, op: "input", input: { _tag: 7 } }, refused(10, "bad-args")],
    [{ id: 10, op: "input", input: [] }, refused(10, "bad-args")],
    [{ id: 10, op: "input" }, refused(10, "bad-args")],
    [
      { id: 11, op: "inputs", start, inputs: [] },
      { id: 11, ok: { outputs: [] } }
    ],
    [{ id: 11, op: "inputs", start, inputs: {} }, refused(11, "bad-args")],
    [{ id: 11, op: "inputs", inputs: [] }, refused(11, "bad-args")],
    [{ id: 11, op: "inputs", start: { ...start, role: 7 }, inputs: [] }, refused(11, "bad-args")],
    [{ id: 11, op: "inputs", start, inputs: [{ _tag: "Levitate" }] }, refused(11, "bad-args")],
    [{ id: 12 }, refused(12, "malformed")],
    [{ id: 12, op: 7 }, refused(12, "malformed")],
    [{ id: 9_007_199_254_740_991, op: "levitate" }, refused(9_007_199_254_740_991, "unsupported")]
  ]
  return [
    ...asked.map(([frame, answer]): OddLine => [JSON.stringify(frame), answer]),
    ...noFrames.map((line): OddLine => [line, refused(0, "malformed")]),
    [Buffer.from('{"id":1,"op":"\xff"}', "latin1"), refused(0, "malformed")],
    [Buffer.from('{"id":1,"op":"hello","more":"\xc3"}', "latin1"), refused(0, "malformed")],
    [long((1 << 20) + 1), refused(0, "malformed")],
    [long(1 << 20), refused(14, "unsupported")],
    [`${long(1 << 20)}\r`, refused(14, "unsupported")],
    [`{"id":15,"op":"levitate","deep":${deep(63)}}`, refused(15, "unsupported")],
    [` { "op" : "levitate" , "\\u0069d" : 16 } \r`, refused(16, "unsupported")],
    ['{"id":17,"op":"levitate","text":"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00é😀"}', refused(17, "unsupported")]
  ]
}

/** Bytes of lines, each with its line break. */
export const bytesOf = (lines: ReadonlyArray<string | Uint8Array>): Uint8Array =>
  Buffer.concat(lines.flatMap((line) => [Buffer.from(line), Buffer.from("\n")]))
