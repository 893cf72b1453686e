/** What an adapter may say of itself to hurt whoever reads the report. */
import { Opaque } from "../../../spec/ids.ts"
import { buildRun } from "./build.ts"
import type { Run } from "./run.ts"

/** Texts by what they would do where they are not treated as data. */
export const hostile = {
  "runs a script": "<script>alert(1)</script>",
  "leaves an attribute": '"\' onload=alert(1) x="',
  "leaves a character section": "]]></failure><![CDATA[",
  "leaves a comment": "--><img src=x onerror=alert(1)>",
  "moves the cursor": "\u001b[2J\u001b[31mred",
  "renames the window": "\u001b]0;mine\u0007",
  "moves the cursor with C1": "\u009b2J\u0085next",
  "turns the direction around": "\u202egnp.exe\u2066\u200f",
  "hides in no width": "in\u200bvisible\ufeff",
  "ends a C string": "nul\u0000byte",
  "is half a character": "\ud800 and \udfff",
  "is no character": "\uffff\ufffe",
  "begins a line of its own": "one\r\n::error::owned\n✓ all good",
  "looks like a command": "::set-output name=x::y %0A::error::",
  "looks like a command to other servers": "##vso[task.complete result=Succeeded;]##[error]x ##teamcity[testFinished]",
  "breaks lines of JavaScript": "a\u2028b\u2029c"
} as const

const opaque = Opaque.make(1)

/** A run in which an adapter says a text wherever it can. */
export const runSaying = (text: string): Run =>
  buildRun({
    kit: "0.1.0",
    seed: 1,
    specs: [{ name: "sessions/registry", version: "1", hash: "0123456789abcdef" }],
    verdict: "fail",
    roles: [
      {
        protocol: "sessions",
        role: "registry",
        way: text,
        runs: 1,
        commands: 1,
        laws: [{ id: "SES-S3", verdict: "fail" }],
        verdict: "fail",
        trouble: text,
        language: text,
        notes: [text],
        coverage: { variant: text, transitions: 1, untried: 1, traces: 1, inputs: 1, remains: text },
        exercised: { rules: [{ name: text, times: 0 }], inputs: [{ name: text, times: 1 }], laws: [] },
        divergences: [
          {
            implementation: text,
            role: "sessions/registry",
            relation: "laws",
            story: [{ rule: text, actor: text, labels: [] }],
            expected: [text],
            variant: text,
            actual: [text, text],
            law: { id: "SES-S3", sentence: "Entering succeeds.", why: text },
            replay: text
          },
          {
            implementation: text,
            role: "dcp/consumer-connection",
            relation: "follows",
            story: [
              {
                rule: "Control",
                actor: "consumer",
                labels: [
                  {
                    _tag: "KvConsumerStep",
                    input: { _tag: "Control", opaque, key: text, value: text },
                    outputs: [{ _tag: "Control", opaque, key: text, value: text }],
                    behaviour: text
                  },
                  { _tag: "SocketClosed", socket: "kvConsumer", why: text }
                ]
              }
            ],
            expected: [],
            actual: [text]
          }
        ]
      }
    ],
    scopes: [],
    counterexamples: [],
    cases: [
      { id: "sessions/registry/laws/SES-S3", verdict: "fail", why: text },
      { id: `sessions/registry/${text}`, verdict: "adapter-error", why: text },
      { id: "sessions/registry/follows/reference", verdict: "known-failure", why: text }
    ],
    sentence: () => "Entering succeeds."
  })
