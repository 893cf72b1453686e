/**
 * A replicator above two connections that answer, die or keep silent as they like: lifetimes taken apart.
 *
 * The connections are abstract here; `pair.ts` has them in full.
 */
import type { DcpLabel } from "../../spec/dcp/labels.ts"
import { L2, L4, S17 } from "../../spec/dcp/laws/liveness.ts"
import { S17r, S21 } from "../../spec/dcp/laws/supervision.ts"
import type { ReplyValue, Request } from "../../spec/dcp/messages.ts"
import type { ReplicatorInput, ReplicatorOutput, StopReason } from "../../spec/dcp/supervision.ts"
import type { Law } from "../../spec/law.ts"
import { budget, register, type Write, write } from "../kernel/cell.ts"
import { channel, clear, push, remove } from "../kernel/channel.ts"
import { outcome } from "../kernel/role.ts"
import { type Firing, type Rule, rulesOf, type System } from "../kernel/system.ts"
import { type Bounds, vb } from "./bounds.ts"
import { callName } from "./pair-cells.ts"
import { type Replicator, ready, replicator, waits } from "./replicator.ts"

const on = rulesOf<DcpLabel>()

/** What is left of the pair, and what it was asked. */
interface Family {
  readonly consumer: boolean
  readonly producer: boolean
  /** The worker's call to the consumer connection. */
  readonly worker: Request | null
  /** The replicator asked for a shut. */
  readonly shutting: boolean
}

const whole: Family = { consumer: true, producer: true, worker: null, shutting: false }

const replicatorCells = (bounds: Bounds) => ({
  made: register("calls made", 0),
  replicator: register<Replicator>("replicator", ready),
  mail: channel<ReplicatorInput>("replicator mailbox", 8 + bounds.calls),
  family: register<Family>("proxies", whole),
  deaths: budget("proxy deaths", bounds.breaks === "any" ? 2 : bounds.breaks),
  stops: budget("stops", 1)
})
type Cells = ReturnType<typeof replicatorCells>

export const replicatorSystem = (
  _variant: unknown,
  bounds: Bounds,
  laws: ReadonlyArray<Law<DcpLabel>>
): System<DcpLabel> => {
  const cells = replicatorCells(bounds)
  return {
    name: "dcp replicator",
    cells: [cells.made, cells.replicator, cells.mail, cells.family, cells.deaths, cells.stops],
    rules: [...callers(cells, bounds), takes(cells, bounds), ...connections(cells, bounds), restarts(cells)],
    laws: [L2, L4, S17, S17r, S21, ...laws],
    observables: {}
  }
}

const callers = (cells: Cells, bounds: Bounds): ReadonlyArray<Rule<DcpLabel>> => [
  on("caller.calls", { actor: "caller", fair: "none", reads: [cells.made, cells.replicator] }, (made, state) => {
    if (made >= bounds.calls || state._tag === "Gone") return []
    const call = callName(made)
    return bounds.requests.flatMap((request): ReadonlyArray<Firing<DcpLabel>> => {
      const input: ReplicatorInput =
        request._tag === "Takeover"
          ? { _tag: "TakeoverReplication", call, vbucket: request.vbucket }
          : { _tag: "SetupReplication", call, vbuckets: [vb(0)] }
      return [
        { labels: [{ _tag: "Called", call, request }], writes: [write(cells.made, made + 1), push(cells.mail, input)] }
      ]
    })
  }),
  on(
    "supervisor.stops",
    { actor: "supervisor", fair: "none", reads: [cells.replicator, cells.stops] },
    (state, left) =>
      state._tag === "Gone" || left === 0
        ? []
        : (["shutdown", "nuke", "interrupted"] as const).map((reason: StopReason) => ({
            labels: [],
            writes: [push(cells.mail, { _tag: "Stop", reason }), write(cells.stops, "spend")]
          }))
  )
]

/** The replicator takes the first input that need not wait: it receives selectively while its worker is out. */
const takes = (cells: Cells, bounds: Bounds): Rule<DcpLabel> =>
  on(
    "replicator.takes",
    {
      actor: "replicator",
      fair: bounds.without.includes("DCP-A2") ? "none" : "weak",
      reads: [cells.replicator, cells.mail, cells.family]
    },
    (state, mail, family) => {
      const at = mail.findIndex((input) => !waits(state, input))
      const input = mail[at]
      if (input === undefined) return []
      if (state._tag === "Gone") return [callerOfTheDead(cells, input, at)]
      const result = outcome(replicator.step(state, input))
      if (result._tag === "Refused") return []
      const { state: next, outputs } = result.next
      return [
        {
          labels: [{ _tag: "ReplicatorStep", input, outputs }, ...outputs.flatMap((output) => seen(output, family))],
          writes: [
            remove(cells.mail, at),
            write(cells.replicator, next),
            ...outputs.flatMap((output) => done(cells, output, family))
          ]
        }
      ]
    }
  )

/** A call that reaches a dead process exits at once; any other input is lost with it. */
const callerOfTheDead = (cells: Cells, input: ReplicatorInput, at: number): Firing<DcpLabel> => ({
  labels: "call" in input ? [{ _tag: "CallerExited", call: input.call }] : [],
  writes: [remove(cells.mail, at)]
})

const seen = (output: ReplicatorOutput, family: Family): ReadonlyArray<DcpLabel> => {
  switch (output._tag) {
    case "EndProxies":
      return [...(family.consumer ? consumerGone : []), ...(family.producer ? producerGone : [])]
    case "Exit":
      return [{ _tag: "Exited", process: "replicator" }]
    default:
      return []
  }
}

const why = "its process ended"
const consumerGone: ReadonlyArray<DcpLabel> = [
  { _tag: "Exited", process: "consumerConnection" },
  { _tag: "SocketClosed", socket: "kvConsumer", why }
]
const producerGone: ReadonlyArray<DcpLabel> = [
  { _tag: "Exited", process: "producerConnection" },
  { _tag: "SocketClosed", socket: "kvProducer", why }
]

const done = (cells: Cells, output: ReplicatorOutput, family: Family): ReadonlyArray<Write> => {
  switch (output._tag) {
    case "SpawnWorker":
      return family.consumer
        ? [write(cells.family, { ...family, worker: output.request })]
        : [push(cells.mail, { _tag: "WorkerDone", outcome: { _tag: "Exited" } })]
    case "ShutConsumer":
      return family.consumer
        ? [write(cells.family, { ...family, shutting: true })]
        : [push(cells.mail, { _tag: "ShutDone", outcome: { _tag: "Exited" } })]
    case "EndProxies":
      return [write(cells.family, { consumer: false, producer: false, worker: null, shutting: false })]
    case "Answer":
    case "ExitCaller":
    case "Exit":
      return []
  }
}

const ok: ReplyValue = { _tag: "Ok" }

const connections = (cells: Cells, bounds: Bounds): ReadonlyArray<Rule<DcpLabel>> => {
  const answers = bounds.without.includes("DCP-A4") ? "none" : "weak"
  return [
    on("consumer.answers", { actor: "consumer", fair: answers, reads: [cells.family] }, (family) =>
      family.worker === null
        ? []
        : [
            {
              labels: [],
              writes: [
                write(cells.family, { ...family, worker: null }),
                push(cells.mail, { _tag: "WorkerDone", outcome: { _tag: "Answered", value: ok } })
              ]
            }
          ]
    ),
    // The kv consumer may never answer the closes of a shut; the timer is there for that.
    on("consumer.answersShut", { actor: "consumer", fair: "none", reads: [cells.family] }, (family) =>
      family.shutting
        ? [
            {
              labels: [],
              writes: [
                write(cells.family, { ...family, shutting: false }),
                push(cells.mail, { _tag: "ShutDone", outcome: { _tag: "Answered", value: ok } })
              ]
            }
          ]
        : []
    ),
    on("timer.fires", { actor: "clock", fair: "weak", reads: [cells.family] }, (family) =>
      family.shutting
        ? [
            {
              labels: [],
              writes: [write(cells.family, { ...family, shutting: false }), push(cells.mail, { _tag: "ShutTimedOut" })]
            }
          ]
        : []
    ),
    on("consumer.dies", { actor: "consumer", fair: "none", reads: [cells.family, cells.deaths] }, (family, left) =>
      family.consumer && left > 0 ? consumerDies(cells, family) : []
    ),
    on("producer.dies", { actor: "producer", fair: "none", reads: [cells.family, cells.deaths] }, (family, left) =>
      family.producer && left > 0
        ? [
            {
              labels: producerGone,
              writes: [
                write(cells.family, { ...family, producer: false }),
                write(cells.deaths, "spend"),
                push(cells.mail, { _tag: "ChildExited", child: "producerConnection", reason: { _tag: "SocketClosed" } })
              ]
            }
          ]
        : []
    )
  ]
}

/** Who waits for a dead consumer connection gets an exit; whether the replicator hears of the worker or the child first is a race. */
const consumerDies = (cells: Cells, family: Family): ReadonlyArray<Firing<DcpLabel>> => {
  const child: ReplicatorInput = { _tag: "ChildExited", child: "consumerConnection", reason: { _tag: "SocketClosed" } }
  const waiting: ReadonlyArray<ReplicatorInput> = [
    ...(family.worker === null ? [] : [{ _tag: "WorkerDone" as const, outcome: { _tag: "Exited" as const } }]),
    ...(family.shutting ? [{ _tag: "ShutDone" as const, outcome: { _tag: "Exited" as const } }] : [])
  ]
  const orders =
    waiting.length === 0
      ? [[child]]
      : [
          [child, ...waiting],
          [...waiting, child]
        ]
  return orders.map((order) => ({
    labels: consumerGone,
    writes: [
      write(cells.family, { ...family, consumer: false, worker: null, shutting: false }),
      write(cells.deaths, "spend"),
      push(cells.mail, ...order)
    ]
  }))
}

/** Nothing restarts by itself: the replication manager starts a fresh replicator when it is asked for the map again. */
const restarts = (cells: Cells): Rule<DcpLabel> =>
  on("manager.restarts", { actor: "manager", fair: "none", reads: [cells.replicator, cells.mail] }, (state, mail) =>
    state._tag === "Gone" && !mail.some((input) => "call" in input)
      ? [
          {
            labels: [{ _tag: "Reconnected" }],
            writes: [write(cells.replicator, ready), write(cells.family, whole), clear(cells.mail)]
          }
        ]
      : []
  )
