// Goal: the C examples' own JSON reader takes what is JSON and nothing else. Method: frames that are none, and odd ones that are.
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { conversation, isReady, patienceMs, prepared, removePrepared } from "./examples.test-support.ts"

afterAll(removePrepared)

const deep = (levels: number): string => `${"[".repeat(levels)}${"]".repeat(levels)}`

const wrong = [
  "nul",
  "{",
  "}",
  `{"id":1,}`,
  `{"id":1 "op":"hello"}`,
  `{id:1}`,
  `{"id":01}`,
  `{"id":1.}`,
  `{"id":+1}`,
  `{"id":1e}`,
  `{"id":-}`,
  `{"op":"hello}`,
  `{"op":"a\tb"}`,
  `{"op":"\\x"}`,
  `{"op":"\\u12"}`,
  `{"op":"\\u12zz"}`,
  `{"op":"\\ud800"}`,
  `{"op":"\\ud800\\u0041"}`,
  `{"op":"\\u0000"}`,
  `{"op":"\\"}`,
  `[1,2`,
  `[1 2]`,
  `{} {}`,
  `{"deep":${deep(64)}}`
]

const right = [
  `{"op":"levitate","id":1}`,
  ` { "op" : "levitate" , "id" : 1 } `,
  `{"op":"levitate","id":1,"more":[null,true,false,-0.5e+3,0,"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00é😀",{},[]]}`,
  `{"\\u006fp":"levit\\u0061te","id":1}`,
  `{"op":"levitate","id":1,"deep":${deep(63)}}`
]

describe.skipIf(!isReady("c"))("examples: c: json", () => {
  let command = ""
  beforeAll(() => {
    command = prepared("c", [], "-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all")("session_registry")
  }, patienceMs)

  test("what is no JSON is malformed, and the next line is heard", () => {
    const { answers } = conversation(command, [...wrong, `{"id":7,"op":"levitate"}`])
    expect(answers).toEqual([
      ...wrong.map(() => ({ id: 0, err: { code: "malformed" } })),
      { id: 7, err: { code: "unsupported" } }
    ])
  })

  test("what is JSON is read, however it is spelled", () => {
    const { answers } = conversation(command, right)
    expect(answers).toEqual(right.map(() => ({ id: 1, err: { code: "unsupported" } })))
  })

  test("names may be any text, and come back as they were", () => {
    const guard = 'é😀 "quoted" \\ \n'
    const inputs = [
      { _tag: "Enter", session: "default", guard },
      { _tag: "Create", session: guard },
      { _tag: "Enter", session: guard, guard: "other" },
      { _tag: "Subscribe", guard: "other" },
      { _tag: "Move", guard: "other", to: `${guard}2` },
      { _tag: "CloseAllExcept", keep: [] }
    ]
    const { answers } = conversation(command, [
      JSON.stringify({ id: 1, op: "inputs", start: { role: "sessions/registry" }, inputs })
    ])
    const done = [{ _tag: "Done" }]
    expect(answers).toEqual([
      {
        id: 1,
        ok: {
          outputs: [done, done, done, done, done, [{ _tag: "Aborted", guard: `${guard}2`, valid: true }, ...done]]
        }
      }
    ])
  })
})
