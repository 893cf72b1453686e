/** What the laws of DCP remember beside the ledger: open calls, dead processes, and the desired map. */
import type { CallId, VBucket } from "../ids.ts"
import type { Memory } from "../law.ts"
import type { DcpLabel } from "./labels.ts"
import type { Request } from "./messages.ts"

export interface OpenCall {
  readonly call: CallId
  readonly kind: Request["_tag"]
}

/** Calls that were made and neither answered nor ended by an exit. */
export interface Calls {
  readonly open: ReadonlyArray<OpenCall>
  /** The consumer connection died, so no call it had can be answered any more. */
  readonly dead: boolean
  /** The producer connection died, so that the pair is of no use any more. */
  readonly halved: boolean
}

export const calls: Memory<Calls, DcpLabel> = {
  name: "calls",
  init: { open: [], dead: false, halved: false },
  on: (before, label) => {
    switch (label._tag) {
      case "Called":
        return opened(before, label.call, label.request._tag)
      case "CallerExited":
        return ended(before, label.call)
      case "Reconnected":
        return { ...before, dead: false, halved: false }
      case "Exited":
        if (label.process === "producerConnection") return { ...before, halved: true }
        return label.process === "consumerConnection" ? { ...before, dead: true } : before
      case "ReplicatorStep":
        return label.outputs.reduce(
          (now, output) => (output._tag === "Answer" || output._tag === "ExitCaller" ? ended(now, output.call) : now),
          before
        )
      case "ConsumerStep": {
        const input = label.input
        const begun = input._tag === "Call" ? opened(before, input.call, input.request._tag) : before
        return label.outputs.reduce(
          (now, output) =>
            output._tag === "Reply" ? ended(now, output.call) : output._tag === "Crash" ? { ...now, dead: true } : now,
          begun
        )
      }
      default:
        return before
    }
  }
}

const opened = (before: Calls, call: CallId, kind: Request["_tag"]): Calls =>
  before.open.some((open) => open.call === call) ? before : { ...before, open: [...before.open, { call, kind }] }

const ended = (before: Calls, call: CallId): Calls => ({
  ...before,
  open: before.open.filter((open) => open.call !== call)
})

/** Who of a replicator's family is gone: its three processes and both sockets. */
export interface Lifetimes {
  readonly gone: ReadonlyArray<string>
  /** The replicator was told to stop and is not gone yet. */
  readonly stopping: boolean
}

const family = ["consumerConnection", "kvConsumer", "kvProducer", "producerConnection", "replicator"] as const

export const isWhole = (lifetimes: Lifetimes): boolean => lifetimes.gone.length === 0
export const isGone = (lifetimes: Lifetimes): boolean => lifetimes.gone.length === family.length

export const lifetimes: Memory<Lifetimes, DcpLabel> = {
  name: "lifetimes",
  init: { gone: [], stopping: false },
  on: (before, label) => {
    switch (label._tag) {
      case "Exited":
        return lost(label.process === "replicator" ? { ...before, stopping: false } : before, label.process)
      case "SocketClosed":
        return lost(before, label.socket)
      case "Reconnected":
        return { gone: [], stopping: false }
      case "ReplicatorStep":
        return label.input._tag === "Stop" ? { ...before, stopping: !before.gone.includes("replicator") } : before
      default:
        return before
    }
  }
}

const lost = (before: Lifetimes, member: string): Lifetimes =>
  before.gone.includes(member) ? before : { ...before, gone: [...before.gone, member].sort() }

/** What the replication manager was last asked for, and whether it has it. */
export interface Desire {
  readonly wanted: ReadonlyArray<VBucket> | null
  readonly satisfied: boolean
  /** A replicator died since it was asked for, so that even an ok does not put the map in force. */
  readonly lost: boolean
}

export const desire: Memory<Desire, DcpLabel> = {
  name: "desire",
  init: { wanted: null, satisfied: false, lost: false },
  on: (before, label) => {
    if (label._tag !== "ManagerStep") return before
    const asked =
      label.input._tag === "SetDesired"
        ? { wanted: label.input.vbuckets, satisfied: false, lost: false }
        : label.input._tag === "ReplicatorDied"
          ? { ...before, satisfied: false, lost: true }
          : before
    const answered = label.outputs.some((output) => output._tag === "Answer" && output.result === "ok")
    return answered ? { ...asked, satisfied: !asked.lost } : asked
  }
}

export interface Replicating {
  readonly at: "ready" | "working" | "over"
}

/** How a replicator stands, as its own steps tell. */
export const replicating: Memory<Replicating, DcpLabel> = {
  name: "replicating",
  init: { at: "ready" },
  on: (before, label) => {
    if (label._tag === "Reconnected") return { at: "ready" }
    if (label._tag !== "ReplicatorStep") return before
    return label.outputs.reduce((now, output): Replicating => {
      if (output._tag === "SpawnWorker") return { at: "working" }
      if (output._tag === "Answer") return { at: "ready" }
      return output._tag === "Exit" || output._tag === "ShutConsumer" ? { at: "over" } : now
    }, before)
  }
}

export interface Asked {
  readonly failed: boolean
  /** Connections whose replicator has answered ok; what becomes of it later is no failure of the call. */
  readonly fine: ReadonlyArray<number>
}

/** Whether any replicator failed to answer ok since the map was last asked for. */
export const asked: Memory<Asked, DcpLabel> = {
  name: "asked",
  init: { failed: false, fine: [] },
  on: (before, label) => {
    if (label._tag !== "ManagerStep") return before
    const { input } = label
    switch (input._tag) {
      case "SetDesired":
        return { failed: false, fine: [] }
      case "ReplicatorDied":
        return before.fine.includes(input.connection) ? before : { ...before, failed: true }
      case "ReplicatorAnswered": {
        const ok = input.outcome._tag === "Answered" && input.outcome.value._tag === "Ok"
        return ok ? { ...before, fine: [...before.fine, input.connection].sort() } : { ...before, failed: true }
      }
    }
  }
}
