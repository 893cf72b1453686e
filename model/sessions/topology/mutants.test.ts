/** Goal: every switch of the global track breaks the law that its mutant names. Method: one change of the reference in a scope that the reference holds. */
import { describe, expect, test } from "vitest"
import { explore } from "../../explorer/explore.ts"
import { small, type TopologyBounds } from "./bounds.ts"
import { globalTrackLaws } from "./scope.ts"
import { topologyScopes, within } from "./scopes.ts"
import { topologyOperations } from "./topology-operations.ts"
import { reference, type TopologyVariant } from "./variant.ts"

interface Mutant {
  readonly mutant: string
  readonly change: Partial<TopologyVariant>
  readonly scope: keyof typeof within
  /** The law that it breaks, and the steps of the shortest story. */
  readonly breaks: Readonly<Record<string, number>>
}

const mutants: ReadonlyArray<Mutant> = [
  {
    mutant: "M17 the open set omits the topology's session",
    change: { node: { ...reference.node, openSet: "tabletsOnly" } },
    scope: "oneTruncation",
    breaks: { S1: 6 }
  },
  {
    mutant: "M26 the barrier after the data has moved tolerates a node that did not drain",
    change: { switchBarrier: "reachable" },
    scope: "leaderLeaves",
    breaks: { S6t: 60, D2t: 61 }
  },
  {
    mutant: "M27 a joining node is not asked for a barrier",
    change: { targets: "normalOnly" },
    scope: "joining",
    breaks: { V5: 12 }
  },
  {
    mutant: "M44 cleanup does not drain closing sessions",
    change: { cleanupAwaits: "writes" },
    scope: "rollback",
    breaks: { D3t: 41 }
  },
  {
    mutant: "M44, the other half: cleanup does not wait for fenced writes",
    change: { cleanupAwaits: "sessions" },
    scope: "rollback",
    breaks: { D3t: 40 }
  },
  {
    mutant: "M46 a truncation's session is set when it is asked for",
    change: { sessionSet: "submission" },
    scope: "lateTruncation",
    breaks: { C2: 57, S16: 57 }
  },
  {
    mutant: "M47 a truncation's session is read when its RPCs are sent",
    change: { sessionRead: "atSending" },
    scope: "deposedCoordinator",
    breaks: { C2: 42, S6t: 46, D1t: 47 }
  },
  {
    mutant: "M48 a stream takes the session of when it comes to its work",
    change: { streamSession: "current" },
    scope: "leaveThenTruncate",
    breaks: { C2: 44, D3t: 51 }
  },
  {
    mutant: "M50 data that is moved by repair comes under no session",
    change: { repairsUnder: "default" },
    scope: "rebuildingByRepair",
    breaks: { S12: 9, D2t: 32 }
  },
  {
    mutant: "Q4 a rollback keeps the session",
    change: { rollbackClears: "no" },
    scope: "leavingAgain",
    breaks: { L5t: 73, D3t: 46, D2t: 89 }
  },
  {
    mutant: "Q4 a leaving node sends its data under the default session",
    change: { leavesUnder: "default" },
    scope: "leavingAgain",
    breaks: { S12: 22, D3t: 46, D2t: 89 }
  },
  {
    mutant: "a rebuild ends without a barrier",
    change: { rebuildEnds: "atOnce" },
    scope: "rebuilding",
    breaks: { D2t: 15 }
  },
  {
    mutant: "a truncation is marked done without a barrier after its session was cleared",
    change: { finalBarrier: "no" },
    scope: "oneTruncation",
    breaks: { S6t: 32, D1t: 33 }
  },
  {
    mutant: "a truncation's session is cleared by the command that marks it done",
    change: { sessionCleared: "withFinalising" },
    scope: "oneTruncation",
    breaks: { S6t: 30, D1t: 31 }
  },
  {
    mutant: "scenario I: the next coordinator sends a truncation again whose session is cleared",
    change: { afterClearing: "sendsAgain" },
    scope: "oneTruncation",
    breaks: { S12: 28, L3t: 60 }
  }
]

const violationsOf = (change: Partial<TopologyVariant>, bounds: Partial<TopologyBounds>) => {
  const found = explore(topologyOperations({ ...reference, ...change }, { ...small, ...bounds }, globalTrackLaws))
  const violated = found.laws.filter(({ verdict }) => verdict === "violated")
  return Object.fromEntries(violated.map(({ id, length }) => [id.slice("SES-".length), length ?? 0]))
}

describe("sessions: topology: mutants", () => {
  for (const { mutant, change, scope, breaks } of mutants)
    test(`sessions: topology: mutants: ${mutant} (${scope}): breaks ${Object.keys(breaks).join(", ")}`, () => {
      expect(violationsOf(change, within[scope])).toMatchObject(breaks)
      // The same bounds hold every law under the reference, as the scope of this name shows.
      expect(topologyScopes.find(({ name }) => name === scope)?.mustFail).toEqual([])
    })

  test("sessions: topology: a barrier that waits for everybody after a rollback does what the drain of a cleanup does", () => {
    const change: Partial<TopologyVariant> = { rollbackBarrier: "everybody", cleanupAwaits: "writes" }
    expect(violationsOf(change, within.rollback)).toEqual({})
  })

  test("sessions: topology: a rollback that keeps its session is not helped by a barrier that waits for everybody", () => {
    const change: Partial<TopologyVariant> = { rollbackBarrier: "everybody", rollbackClears: "no" }
    expect(violationsOf(change, within.rollback)).toHaveProperty("D3t")
  })
})
