/** Laws that the dossier has and `spec` does not have yet. They wait here for their place there. */

import { ledger } from "../../../spec/dcp/follow.ts"
import type { DcpLabel } from "../../../spec/dcp/labels.ts"
import { inSetup } from "../../../spec/dcp/ledger.ts"
import { history, type Law, type Memory, nothing } from "../../../spec/law.ts"

/** What a chunk says is told before anything of the chunk is written. */
export const O1 = history<DcpLabel, null>("DCP-O1", {
  sentence: "What a chunk means for the consumer connection is told before anything of the chunk is passed on.",
  source: "dossier dcp 1.4, O1; ns_server dcp_proxy.erl process_data",
  follows: nothing,
  breaks: (_, label) => {
    if (label._tag !== "ProducerStep") return undefined
    const passed = label.outputs.findIndex(({ _tag }) => _tag === "ForwardKvConsumer")
    const told = label.outputs.findLastIndex(({ _tag }) => _tag === "CastConsumer")
    return passed >= 0 && told > passed ? "the consumer connection is told after the chunk was passed on" : undefined
  }
})

/** A stream is closed at the kv consumer before the producer hears of it. */
export const O3 = history<DcpLabel, null>("DCP-O3", {
  sentence: "A stream is closed at the kv consumer before its close is asked of the producer.",
  source: "dossier dcp 1.4, O3; ns_server dcp_consumer_conn.erl setup_streams",
  follows: nothing,
  breaks: (_, label) => {
    if (label._tag !== "ConsumerStep") return undefined
    const early = label.outputs.find(
      (output, at) =>
        output._tag === "CastCloseStream" &&
        label.outputs.some(
          (other, position) =>
            position > at &&
            other._tag === "SendKvConsumer" &&
            other.packet._tag === "CloseStream" &&
            other.packet.vbucket === output.vbucket
        )
    )
    return early?._tag === "CastCloseStream"
      ? `the close of ${early.vbucket} was asked of the producer before the kv consumer`
      : undefined
  }
})

/** A shut takes over. */
export const S23 = history("DCP-S23", {
  sentence: "A shut is not refused because a set-up or a close is going on.",
  source: "dossier dcp 2.1, shut_connection; MB-46253, ns_server commit c67271517",
  follows: ledger,
  breaks: (before, label) => {
    if (label._tag !== "ConsumerStep" || label.input._tag !== "Call" || !inSetup(before)) return undefined
    const { call, request } = label.input
    if (request._tag !== "ShutConnection" || before.operation?.request._tag === "ShutConnection") return undefined
    const refused = label.outputs.some(
      (output) => output._tag === "Reply" && output.call === call && output.value._tag === "Refused"
    )
    return refused ? `${call} is refused while a set-up is going on` : undefined
  }
})

interface Replicating {
  readonly at: "ready" | "working" | "over"
}

/** How a replicator stands, as its own steps tell. */
const replicating: Memory<Replicating, DcpLabel> = {
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

/** An orderly end begins with the streams. */
export const S21 = history("DCP-S21", {
  sentence:
    "A replicator that is told to stop by a shutdown or a nuke while nothing is under way first closes its streams.",
  source: "dossier dcp 2.10 point 2; MB-17279, ns_server commit 1375dd3a7",
  follows: replicating,
  breaks: (before, label) => {
    if (label._tag !== "ReplicatorStep" || label.input._tag !== "Stop" || before.at !== "ready") return undefined
    if (label.input.reason === "interrupted") return undefined
    return label.outputs.some(({ _tag }) => _tag === "ShutConsumer")
      ? undefined
      : `${label.input.reason} ends the replicator, and its streams are left open`
  }
})

interface Asked {
  readonly failed: boolean
}

/** Whether any replicator failed since the map was last asked for. */
const asked: Memory<Asked, DcpLabel> = {
  name: "asked",
  init: { failed: false },
  on: (before, label) => {
    if (label._tag !== "ManagerStep") return before
    const { input } = label
    if (input._tag === "SetDesired") return { failed: false }
    const fine =
      input._tag === "ReplicatorAnswered" && input.outcome._tag === "Answered" && input.outcome.value._tag === "Ok"
    return { failed: before.failed || !fine }
  }
}

/** S2 one level up. */
export const S22 = history("DCP-S22", {
  sentence: "Ok to a desired map means that every replicator that was asked has answered ok.",
  source: "dossier dcp 2.7; MB-15926, ns_server commit e75f8251a",
  follows: asked,
  breaks: (_, label, after) =>
    label._tag === "ManagerStep" &&
    after.failed &&
    label.outputs.some((output) => output._tag === "Answer" && output.result === "ok")
      ? "ok, although a replicator failed"
      : undefined
})

/** S5 for takeovers. */
export const S24 = history("DCP-S24", {
  sentence: "A takeover is answered as soon as its stream is acknowledged and active is confirmed on it.",
  source: "dossier dcp 2.6; MB-10465, MB-10779",
  follows: ledger,
  breaks: (_, label, after) =>
    label._tag === "ConsumerStep" &&
    after.operation?.request._tag === "Takeover" &&
    after.operation.acknowledged &&
    after.operation.active
      ? "acknowledged and confirmed active, but the takeover is not answered"
      : undefined
})

/** All of them. */
export const wantedLaws: ReadonlyArray<Law<DcpLabel>> = [O1, O3, S21, S22, S23, S24]
