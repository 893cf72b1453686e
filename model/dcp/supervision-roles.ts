/**
 * One process above the connections alone: every input that its state lets it be given, whoever gives it.
 *
 * These are the systems of conformance runs for a single process; in `replicator-system.ts` and `manager-system.ts` their
 * environments take their own steps, and mail waits.
 */
import type { DcpLabel } from "../../spec/dcp/labels.ts"
import { S21, S22 } from "../../spec/dcp/laws/supervision.ts"
import type { ReplyValue } from "../../spec/dcp/messages.ts"
import {
  type ManagerInput,
  type Outcome,
  ProxyName,
  type ReplicatorInput,
  type ReplicatorOutput,
  StopReason
} from "../../spec/dcp/supervision.ts"
import type { CallId } from "../../spec/ids.ts"
import { register, write } from "../kernel/cell.ts"
import { outcome } from "../kernel/role.ts"
import { type Rule, rulesOf, type System } from "../kernel/system.ts"
import { vb } from "./bounds.ts"
import { type ReplicationManager, replicationManager } from "./replication-manager.ts"
import { type Replicator, ready, replicator } from "./replicator.ts"
import type { Variant } from "./variants.ts"

const on = rulesOf<DcpLabel>()

/** Nobody waits under it when it is used again. */
const call = "c1" as CallId

const replies: ReadonlyArray<ReplyValue> = [
  { _tag: "Ok" },
  { _tag: "Errors", failures: [{ _tag: "BadResponse", status: 7 as never, vbucket: vb(0) }] },
  { _tag: "Refused" }
]
const outcomes: ReadonlyArray<Outcome> = [
  ...replies.map((value): Outcome => ({ _tag: "Answered", value })),
  { _tag: "Exited" }
]

/** How a replicator stands for whoever asks it: which calls it takes, and what it waits for. */
export type Standing = "ready" | "working" | "stopping"

const calls: ReadonlyArray<ReplicatorInput> = [
  { _tag: "SetupReplication", call, vbuckets: [vb(0)] },
  { _tag: "SetupReplication", call, vbuckets: [] },
  { _tag: "TakeoverReplication", call, vbucket: vb(0) }
]
const exits = ProxyName.literals.map(
  (child): ReplicatorInput => ({ _tag: "ChildExited", child, reason: { _tag: "SocketClosed" } })
)
const stops = StopReason.literals.map((reason): ReplicatorInput => ({ _tag: "Stop", reason }))
const works = outcomes.map((outcome): ReplicatorInput => ({ _tag: "WorkerDone", outcome }))
const shuts: ReadonlyArray<ReplicatorInput> = [
  ...outcomes.map((outcome): ReplicatorInput => ({ _tag: "ShutDone", outcome })),
  { _tag: "ShutTimedOut" }
]

/** What a replicator may be given, by the name of the rule that gives it. A call waits in its mailbox while it is at work. */
export const replicatorInputs: Readonly<Record<Standing, Readonly<Record<string, ReadonlyArray<ReplicatorInput>>>>> = {
  ready: { "caller.calls": calls, "proxy.exits": exits, "supervisor.stops": stops },
  working: { "worker.isDone": works, "proxy.exits": exits, "supervisor.stops": stops },
  stopping: { "shut.isDone": shuts }
}

const standings: Readonly<Record<Exclude<Replicator["_tag"], "Gone">, Standing>> = {
  Ready: "ready",
  Working: "working",
  Stopping: "stopping"
}

/** The replicator alone. Each kind of input is a rule of its own, so that a test can weigh them. */
export const replicatorAlone = (): System<DcpLabel> => {
  const cell = register<Replicator>("replicator", ready)
  const takes = (name: string): Rule<DcpLabel> =>
    on(name, { actor: "replicator", fair: "none", reads: [cell] }, (state) =>
      state._tag === "Gone"
        ? []
        : (replicatorInputs[standings[state._tag]][name] ?? []).flatMap((input) => {
            const result = outcome(replicator.step(state, input))
            if (result._tag === "Refused") return []
            const { state: next, outputs } = result.next
            return [
              {
                labels: [{ _tag: "ReplicatorStep" as const, input, outputs }, ...outputs.flatMap(endsSeen)],
                writes: [write(cell, next)]
              }
            ]
          })
    )
  const names = [...new Set(Object.values(replicatorInputs).flatMap((byRule) => Object.keys(byRule)))]
  return {
    name: "dcp replicator alone",
    cells: [cell],
    rules: [
      ...names.map(takes),
      on("manager.restarts", { actor: "manager", fair: "none", reads: [cell] }, (state) =>
        state._tag === "Gone" ? [{ labels: [{ _tag: "Reconnected" }], writes: [write(cell, ready)] }] : []
      )
    ],
    laws: [S21],
    observables: {}
  }
}

/** What others see of a replicator's end. */
export const endsSeen = (output: ReplicatorOutput): ReadonlyArray<DcpLabel> => {
  if (output._tag === "Exit") return [{ _tag: "Exited", process: "replicator" }]
  if (output._tag !== "EndProxies") return []
  const why = "its process ended"
  return [
    { _tag: "Exited", process: "consumerConnection" },
    { _tag: "SocketClosed", socket: "kvConsumer", why },
    { _tag: "Exited", process: "producerConnection" },
    { _tag: "SocketClosed", socket: "kvProducer", why }
  ]
}

/** Two connections for a pair of nodes, and two vBuckets, one on each. */
const connections = 2
const maps = [[vb(0), vb(1)], [vb(0)], []]

/** What the manager's surroundings know of it: whose replicators run, and which of them have not answered the call under way. */
export interface Managed {
  readonly running: ReadonlyArray<number>
  readonly awaited: ReadonlyArray<number> | null
}

/** What a replication manager may be given, by the name of the rule that gives it. */
export const managerInputs = ({
  running,
  awaited
}: Managed): Readonly<Record<string, ReadonlyArray<ManagerInput>>> => ({
  "rebalance.asks": awaited === null ? maps.map((vbuckets) => ({ _tag: "SetDesired", call, vbuckets })) : [],
  "replicator.answers": (awaited ?? []).flatMap((connection) =>
    replies.map(
      (value): ManagerInput => ({ _tag: "ReplicatorAnswered", connection, outcome: { _tag: "Answered", value } })
    )
  ),
  "replicator.dies": running.map((connection) => ({ _tag: "ReplicatorDied", connection }))
})

/** The replication manager alone. */
export const managerAlone = (variant: Variant): System<DcpLabel> => {
  const role = replicationManager(variant, connections)
  const cell = register<ReplicationManager>("replication manager", role.initial)
  const takes = (name: string): Rule<DcpLabel> =>
    on(name, { actor: "manager", fair: "none", reads: [cell] }, (state) =>
      (managerInputs({ running: state.running, awaited: state.busy?.awaited ?? null })[name] ?? []).flatMap((input) => {
        const result = outcome(role.step(state, input))
        return result._tag === "Refused"
          ? []
          : [
              {
                labels: [{ _tag: "ManagerStep" as const, input, outputs: result.next.outputs }],
                writes: [write(cell, result.next.state)]
              }
            ]
      })
    )
  return {
    name: "dcp replication manager alone",
    cells: [cell],
    rules: Object.keys(managerInputs({ running: [], awaited: null })).map(takes),
    laws: [S22],
    observables: {}
  }
}
