/** A report for the tests of this folder, with one hostile implementation in it. */
import type { MuseumEntry, Report } from "./report.ts"
import { buildRun } from "./run/build.ts"
import type { Run } from "./run/run.ts"
import { ghost } from "./sample-stories.ts"

export const sampleReport: Report = {
  kit: "0.1.0",
  seed: 42,
  results: [
    {
      protocol: "dcp",
      role: "consumer-connection",
      way: "in process",
      runs: 1000,
      commands: 41236,
      laws: [
        { id: "DCP-S1", verdict: "pass" },
        { id: "DCP-S4", verdict: "pass" },
        { id: "DCP-S18", verdict: "not-applicable" }
      ],
      verdict: "pass",
      seconds: 2.14,
      divergences: []
    },
    {
      protocol: "dcp",
      role: "consumer-connection",
      way: "wire",
      runs: 12,
      commands: 310,
      laws: [
        { id: "DCP-S1", verdict: "pass" },
        { id: "DCP-S4", verdict: "fail" }
      ],
      verdict: "fail",
      seconds: 0.8,
      divergences: [
        {
          implementation: "<script>alert(1)</script>\u001b[2J",
          role: "dcp/consumer-connection",
          relation: "follows",
          story: ghost,
          expected: ["crash: UnexpectedStreamEnd vb=5"],
          actual: ['reply c1: ok"><img src=x onerror=alert(1)>'],
          replay: "dcp-crash-4KX9"
        }
      ]
    }
  ],
  explorations: [
    {
      scope: "twoVBucketsOneBreak",
      distinct: 178070,
      generated: 1021774,
      depth: 37,
      seconds: 0.52,
      laws: "all 21 hold",
      asExpected: true
    },
    {
      scope: "asShipped",
      distinct: 1745408,
      generated: 18507778,
      depth: 41,
      seconds: 2.1,
      laws: "DCP-L1 breaks in 11",
      asExpected: false
    }
  ]
}

export const sampleMuseum: ReadonlyArray<MuseumEntry> = [
  {
    id: "M01",
    verdict: "killed",
    law: "DCP-L1",
    by: "twoVBuckets",
    length: 11,
    ms: 1204,
    what: "ignore the producer's stream end for a vBucket whose ADD_STREAM is unanswered"
  },
  { id: "M22", verdict: "survived", law: "DCP-L4", by: "", what: "shut refused while in stream_state" }
]

/** The same as a run. */
export const sampleRun: Run = buildRun({
  kit: sampleReport.kit,
  seed: sampleReport.seed,
  specs: [{ name: "dcp", version: "1", hash: "0123456789abcdef" }],
  verdict: "fail",
  roles: sampleReport.results,
  scopes: (sampleReport.explorations ?? []).map((scope) => ({
    ...scope,
    protocol: "dcp",
    surprises: scope.asExpected ? [] : ["DCP-L1 breaks in 11 steps, but must hold"]
  })),
  counterexamples: [],
  sentence: (law) => `what ${law} says`
})
