import type { Example } from "../../example.test-support.ts"
import { row, says, seen } from "../histories.test-support.ts"
import type { ClusterLabel } from "../labels.ts"
import { ringRange } from "../metadata.ts"

const truncation = { request: "truncate-1", kind: "truncate", node: null, owners: ["A"], byRepair: false }
const current = { ...truncation, stage: "truncate_table", failed: false }
const none = { queue: [], current: null, over: [], owners: ["A"], dirty: [] }

/** Group 0 says this of the ring from a position on. */
const ring = (at: number, told: object = {}): ClusterLabel => says(at, [], { topology: { ...none, ...told } })

const over = (at: number) => ring(at, { over: [{ request: "truncate-1", ok: true }] })
const work = { shard: 0, session: "truncate-1", work: "w" }
const sent = seen("WorkSent", { by: "coordinator 1", request: "truncate-1", session: "truncate-1", work: "w" })
const truncates = seen("Truncated", { ...work, node: "A", tablet: ringRange })
const brings = (node: string, ...rows: ReadonlyArray<object>) =>
  seen("Landed", { ...work, node, tablet: ringRange, rows })
const purged = seen("Purged", { node: "A", shard: 0, tablet: ringRange, before: 6 })
const cleaned = seen("Cleaned", { node: "B", shard: 0, tablet: ringRange })
const written = [
  seen("RequestBegan", {
    request: "r1",
    node: "A",
    version: 1,
    tablet: ringRange,
    key: "k",
    row: row(5),
    targets: ["A"]
  }),
  seen("RequestEnded", { request: "r1", ok: true, rows: [] })
]

/** What is done under the topology's session: S6t, D1t, D2t, D3t, S16, L3t. */
export const topologyExamples: ReadonlyArray<Example<ClusterLabel>> = [
  {
    law: "S6t",
    after: [ring(1, { current }), sent],
    fine: [truncates, over(2)],
    broken: [over(2), truncates],
    why: "w of truncate-1 has its effect on A, and the request is over"
  },
  {
    law: "D1t",
    after: [ring(1, { current }), sent],
    fine: [written, truncates],
    broken: [over(2), written, truncates],
    why: "w of truncate-1 drops what was acknowledged after the request was over"
  },
  {
    law: "D2t",
    after: [ring(1), purged],
    fine: [brings("B", row(1))],
    broken: [brings("A", row(1))],
    why: "A is an owner and has a row of 1, which was deleted and purged"
  },
  {
    law: "D3t",
    after: [ring(1), cleaned],
    fine: [ring(2, { owners: ["A", "B"] }), brings("B", row(1))],
    broken: [brings("B", row(1))],
    why: "w lands on B, which has cleaned up"
  },
  {
    law: "S16",
    after: [ring(1, { current }), sent],
    fine: [truncates, over(2)],
    broken: [over(2)],
    why: "truncate-1 is reported as done, and A has done nothing"
  },
  {
    law: "L3t",
    after: [ring(1, { queue: [truncation] })],
    fine: [over(2)],
    broken: [],
    why: "truncate-1 is not over"
  }
]
