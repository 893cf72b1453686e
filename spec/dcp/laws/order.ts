/** Laws about what comes first: S23 to S26. */
import { history, nothing } from "../../law.ts"
import { ledger } from "../follow.ts"
import type { DcpLabel } from "../labels.ts"
import { inSetup } from "../ledger.ts"

export const S25 = history<DcpLabel, null>("DCP-S25", {
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

export const S26 = history<DcpLabel, null>("DCP-S26", {
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
