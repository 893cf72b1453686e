/** Laws about what is believed open and what is asked of kv: S4, S6, S9, S13, S16. */
import type { VBucket } from "../../ids.ts"
import { history } from "../../law.ts"
import { ledger, received } from "../follow.ts"
import type { DcpLabel } from "../labels.ts"
import { type Ledger, openStreams } from "../ledger.ts"

type Sent = Extract<
  Extract<Extract<DcpLabel, { _tag: "ConsumerStep" }>["outputs"][number], { _tag: "SendKvConsumer" }>["packet"],
  { _tag: "AddStream" | "CloseStream" }
>

const requestsSent = (label: DcpLabel): ReadonlyArray<Sent> =>
  label._tag !== "ConsumerStep"
    ? []
    : label.outputs.flatMap((output) =>
        output._tag === "SendKvConsumer" && (output.packet._tag === "AddStream" || output.packet._tag === "CloseStream")
          ? [output.packet]
          : []
      )

const told = (vbuckets: ReadonlyArray<VBucket>): string => `[${vbuckets.join(", ")}]`

export const S4 = history("DCP-S4", {
  sentence:
    "A stream is believed open exactly while it is: acknowledged, not closed by either side, and no current end delivered.",
  source: "dossier dcp 5, S4",
  reading:
    "After a current end of an incarnation nothing of that incarnation opens it again. A connection that was shut believes nothing.",
  follows: ledger,
  breaks: (_, label, after) => {
    if (label._tag !== "ConsumerStep" || after.shut) return undefined
    const believed = label.partitions ?? partitionsTold(label.outputs)
    if (believed === undefined) return undefined
    const open = openStreams(after)
    const ghost = believed.find((vbucket) => !open.includes(vbucket))
    if (ghost !== undefined) return `stream ${ghost} is believed open and is not: a ghost`
    const lost = open.find((vbucket) => !believed.includes(vbucket))
    return lost === undefined ? undefined : `stream ${lost} is open, but only ${told(believed)} is believed to be`
  }
})

const partitionsTold = (
  outputs: Extract<DcpLabel, { _tag: "ConsumerStep" }>["outputs"]
): ReadonlyArray<VBucket> | undefined => {
  for (const output of outputs)
    if (output._tag === "Reply" && output.value._tag === "Partitions") return output.value.vbuckets
  return undefined
}

export const S6 = history("DCP-S6", {
  sentence:
    "No ADD_STREAM goes out for a stream that is open or whose last ADD_STREAM is unanswered, and no CLOSE_STREAM for one that is neither.",
  source: "dossier dcp 5, S6",
  follows: ledger,
  breaks: (before, label) => {
    if (label._tag !== "ConsumerStep") return undefined
    const at = received(before, label.input, label.outputs)
    const asked = new Set<number>(at.owed.add)
    for (const packet of requestsSent(label)) {
      const open = openStreams(at).includes(packet.vbucket)
      if (packet._tag === "CloseStream") {
        if (!open && !asked.has(packet.vbucket)) return `CLOSE_STREAM ${packet.vbucket}, which is not open`
      } else {
        if (asked.has(packet.vbucket)) return `a second ADD_STREAM ${packet.vbucket} while the first is unanswered`
        if (open) return `ADD_STREAM ${packet.vbucket}, which is open already`
        asked.add(packet.vbucket)
      }
    }
    return undefined
  }
})

export const S9 = history("DCP-S9", {
  sentence:
    "Ok to a call that drops a stream means that both sides confirmed its close; a shut asks the consumer side alone.",
  source: "dossier dcp 5, S9; 2.1",
  follows: ledger,
  breaks: (before, label) => {
    if (label._tag !== "ConsumerStep" || label.input._tag === "Call") return undefined
    const operation = received(before, label.input, label.outputs).operation
    if (operation === null || operation.request._tag === "Takeover") return undefined
    const ok = label.outputs.some(
      (output) => output._tag === "Reply" && output.call === operation.call && output.value._tag === "Ok"
    )
    if (!ok) return undefined
    const open = operation.dropped.find((vbucket) => !operation.closedAtConsumer.includes(vbucket))
    if (open !== undefined) return `ok, but the consumer side of stream ${open} was not closed`
    if (operation.request._tag === "ShutConnection") return undefined
    const half = operation.dropped.find((vbucket) => !operation.closedAtProducer.includes(vbucket))
    return half === undefined ? undefined : `ok, but the producer side of stream ${half} was not closed`
  }
})

export const S13 = history("DCP-S13", {
  sentence: "A shut is final: afterwards nothing is sent or forwarded, and calls are refused.",
  source: "dossier dcp 5, S13",
  follows: ledger,
  breaks: (before, label) => {
    if (label._tag !== "ConsumerStep" || !before.shut) return undefined
    for (const output of label.outputs) {
      if (output._tag === "SendKvConsumer" || output._tag === "CastCloseStream")
        return "asks kv for something after a shut"
      if (output._tag === "ForwardKvProducer") return "forwards a packet after a shut"
      if (output._tag === "Crash" && label.input._tag !== "SocketClosed" && label.input._tag !== "Killed")
        return "crashes after a shut"
      if (output._tag === "Reply" && output.value._tag !== "Partitions" && output.value._tag !== "Refused")
        return `answers ${output.call} as if it were still at work`
    }
    return undefined
  }
})

export const S16 = history("DCP-S16", {
  sentence:
    "A takeover asks for a stream only where none is open, and is answered ok only after the stream was acknowledged and active was confirmed on it.",
  source: "dossier dcp 5, S16 and 2.6; MB-10779",
  follows: ledger,
  breaks: (before, label) => {
    if (label._tag !== "ConsumerStep") return undefined
    const taken = requestsSent(label).find((packet) => packet._tag === "AddStream" && packet.takeover)
    if (taken !== undefined && openStreams(before).includes(taken.vbucket))
      return `takeover of ${taken.vbucket}, whose stream is open`
    return takeoverAnswer(received(before, label.input, label.outputs), label)
  }
})

const takeoverAnswer = (at: Ledger, label: Extract<DcpLabel, { _tag: "ConsumerStep" }>): string | undefined => {
  const operation = at.operation
  if (operation?.request._tag !== "Takeover") return undefined
  const ok = label.outputs.some(
    (output) => output._tag === "Reply" && output.call === operation.call && output.value._tag === "Ok"
  )
  if (!ok) return undefined
  if (!operation.acknowledged) return "takeover ok before the stream was acknowledged"
  return operation.active ? undefined : "takeover ok before active was confirmed"
}
