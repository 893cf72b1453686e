// Goal: a build comes to the same end wherever its coordinator is replaced or a node falls (issue 6, must show 4). Method: the build of
// two views on two tablets with a staged sstable, struck at each of its points, one after the other; then with parts tampered with.
import { expect, test } from "vitest"
import type { Group0 } from "../../../../impl/view-building/group0/group0.ts"
import type { Network } from "../../../../impl/view-building/network/network.ts"
import { Term } from "../../../../spec/metadata.ts"
import { clusterAdapter } from "../../../adapters/view-building-cluster/index.ts"
import type { Tamper } from "../../../adapters/view-building-cluster/local-cluster.ts"
import { build, strikeEverywhere } from "./failover.ts"
import { connectionBreaks, coordinatorFalls, cutOff, deposed, replaced, workerFalls } from "./failover-strikes.ts"

const points = 219
/** What is no change of coordinator alone is looked at here and there in passing, and everywhere with 1. */
const every = Number(process.env.FAILOVER_EVERY ?? 2)

test(`view-building: failover: a build of two views on two tablets has ${points} points`, async () => {
  const { points: all, broken, wrongRows, labels } = await build(clusterAdapter())
  expect({ all, broken, wrongRows }).toEqual({ all: points, broken: [], wrongRows: [] })
  const began = labels.flatMap((label) => (label._tag === "BatchBegan" ? [`${label.type} ${label.lastToken}`] : []))
  expect([...new Set(began)].sort()).toEqual(["build_range 4", "build_range 9", "process_staging 4"])
})

test.each([replaced, deposed, cutOff])(
  `view-building: failover: no row is lost and nothing is done twice where $name, at each of ${points} points`,
  async (strike) => {
    expect(await strikeEverywhere(clusterAdapter(), strike)).toEqual({ points, struckAt: points, wrong: [] })
  },
  60_000
)

test.each([coordinatorFalls, workerFalls, connectionBreaks])(
  `view-building: failover: no row is lost and nothing is done twice where $name, at ${Math.ceil(points / every)} of ${points} points`,
  async (strike) => {
    const struckAt = Math.ceil(points / every)
    expect(await strikeEverywhere(clusterAdapter(), strike, { every })).toEqual({ points, struckAt, wrong: [] })
  },
  60_000
)

/** M06: whoever asks is taken for the coordinator of the term that the node knows. */
const termless: Tamper = (parts) => {
  const { network, group0 } = parts
  const serve: Network["serve"] = (handler) =>
    network.serve(async (from, request) => {
      if (request._tag !== "WorkOnTasks") return handler(from, request)
      await group0.readBarrier()
      return handler(from, { ...request, term: group0.leadership.term })
    })
  // A call is named after the term that it was made in.
  const tell: typeof parts.tell = (label) =>
    parts.tell(label._tag === "CallArrived" ? { ...label, term: Term.make(Math.floor(label.call / 1_000_000)) } : label)
  const tampered: Network = {
    self: network.self,
    serve,
    ask: (to, request) => network.ask(to, request),
    kill: (to) => network.kill(to),
    ban: (nodes) => network.ban(nodes),
    close: () => network.close()
  }
  return { ...parts, network: tampered, tell }
}

/** Commands are not compared with what group 0 says when they come to it. */
const blind: Tamper = (parts) => {
  const { group0 } = parts
  const tampered: Group0 = {
    get leadership() {
      return group0.leadership
    },
    onLeadership: (heard) => group0.onLeadership(heard),
    follow: (apply) => group0.follow(apply),
    readBarrier: () => group0.readBarrier(),
    start: () => group0.start(),
    commit: async (_, by, metadata) => group0.commit(await group0.start(), by, metadata),
    close: () => group0.close()
  }
  return { ...parts, group0: tampered }
}

test("view-building: failover: M06 a worker that looks at no term begins a batch for a deposed coordinator", async () => {
  const { wrong } = await strikeEverywhere(clusterAdapter("termless", termless), deposed, { once: true })
  expect(wrong).toMatchInlineSnapshot(`
    [
      {
        "point": 22,
        "what": [
          "VB-S3w: batch 1 starts for a coordinator of term 1, and the term is 2",
        ],
      },
    ]
  `)
}, 60_000)

test("view-building: failover: S3 a group 0 that compares nothing lets a deposed coordinator have its way", async () => {
  const { wrong } = await strikeEverywhere(clusterAdapter("blind", blind), deposed, { once: true })
  expect(wrong).toMatchInlineSnapshot(`
    [
      {
        "point": 1,
        "what": [
          "VB-S4: task 1 was deleted and is there again",
        ],
      },
    ]
  `)
}, 60_000)
