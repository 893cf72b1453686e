/** Laws about what callers are told: S1, S2, S3, S5, S7, S10, S12. */
import { history } from "../../law.ts"
import { ledger, received, wantedBy } from "../follow.ts"
import type { DcpLabel } from "../labels.ts"
import { failureText, inSetup, type Ledger, nothingOwed, openStreams, streamOf } from "../ledger.ts"
import { calls } from "../memories.ts"
import type { Failure, ReplyValue } from "../messages.ts"

type ConsumerStep = Extract<DcpLabel, { _tag: "ConsumerStep" }>

const repliesOf = (label: DcpLabel) =>
  label._tag === "ConsumerStep" ? label.outputs.flatMap((output) => (output._tag === "Reply" ? [output] : [])) : []

/** The reply to the deferred set-up, close or shut, with the ledger as it stood when the reply was due. */
const setupReply = (
  before: Ledger,
  label: DcpLabel
): { at: Ledger; step: ConsumerStep; value: ReplyValue } | undefined => {
  if (label._tag !== "ConsumerStep") return undefined
  const at = received(before, label.input, label.outputs)
  if (!inSetup(at)) return undefined
  const reply = repliesOf(label).find((output) => output.call === at.operation?.call)
  return reply === undefined ? undefined : { at, step: label, value: reply.value }
}

export const S1 = history("DCP-S1", {
  sentence: "Each call gets at most one reply, and none once the consumer connection has crashed.",
  source: "dossier dcp 5, S1; ns_server dcp_consumer_conn.erl handle_call",
  follows: calls,
  breaks: (before, label) => {
    const open = new Set(before.open.map(({ call }) => call as string))
    if (label._tag === "ConsumerStep" && label.input._tag === "Call") open.add(label.input.call)
    for (const { call } of repliesOf(label)) {
      if (before.dead) return `${call} is answered after the crash`
      if (!open.delete(call)) return `${call} is answered although it is not waiting`
    }
    return undefined
  }
})

export const S2 = history("DCP-S2", {
  sentence:
    "Ok means that every response of the call was a success; errors lists exactly the responses of the call that failed.",
  source: "dossier dcp 5, S2; ns_server dcp_consumer_conn.erl maybe_reply_setup_streams",
  reading: "Stream ends listed beside the responses are S3's and S10's business; S2 compares the responses.",
  follows: ledger,
  breaks: (before, label) => {
    const reply = setupReply(before, label)
    if (reply === undefined) return undefined
    const seen = responses(reply.at.operation?.failures ?? [])
    if (reply.value._tag === "Ok") return seen.length > 0 ? `ok, but ${seen.join(", ")}` : undefined
    if (reply.value._tag !== "Errors") return undefined
    if (reply.value.failures.length === 0) return "errors, but none is named"
    const told = responses(reply.value.failures)
    return told.join() === seen.join() ? undefined : `told [${told.join(", ")}], saw [${seen.join(", ")}]`
  }
})

const responses = (failures: ReadonlyArray<Failure>): ReadonlyArray<string> =>
  failures
    .filter((failure) => failure._tag === "BadResponse")
    .map(failureText)
    .sort()

/** vBuckets that an ok promises to be open, at the moment it is given. */
const promised = (before: Ledger, label: DcpLabel): { at: Ledger; wanted: ReadonlyArray<number> } | undefined => {
  if (label._tag !== "ConsumerStep") return undefined
  const deferred = setupReply(before, label)
  if (deferred !== undefined)
    return deferred.value._tag === "Ok" ? { at: deferred.at, wanted: deferred.at.operation?.wanted ?? [] } : undefined
  const input = label.input
  if (input._tag !== "Call") return undefined
  const ok = repliesOf(label).some((reply) => reply.call === input.call && reply.value._tag === "Ok")
  return ok ? { at: before, wanted: wantedBy(input.request, openStreams(before)) } : undefined
}

export const S3 = history("DCP-S3", {
  sentence: "Ok to a set-up means that no wanted stream has ended before the reply.",
  source: "dossier dcp 5, S3 (strict) and section 3, F4",
  follows: ledger,
  breaks: (before, label) => {
    const ok = promised(before, label)
    const over = ok?.wanted.find((vbucket) => streamOf(ok.at, vbucket)?.phase === "ended")
    return over === undefined ? undefined : `ok, but stream ${over} had ended`
  }
})

export const S3w = history("DCP-S3w", {
  sentence: "Ok to a set-up means that no wanted stream had ended before it was acknowledged.",
  source: "dossier dcp 5, S3w",
  follows: ledger,
  breaks: (before, label) => {
    const ok = promised(before, label)
    const over = ok?.wanted.find((vbucket) => streamOf(ok.at, vbucket)?.early === true)
    return over === undefined ? undefined : `ok, but stream ${over} ended before it was acknowledged`
  }
})

export const S5 = history("DCP-S5", {
  sentence: "A set-up is answered when nothing is owed to it any more, at the first such moment and not before.",
  source: "dossier dcp 5, S5 and 2.5",
  reading:
    "Interrupted is no answer in this sense. A design that takes a current end as the answer to its ADD_STREAM may answer then.",
  follows: ledger,
  breaks: (before, label, after) => {
    if (label._tag !== "ConsumerStep" || label.outputs.some((output) => output._tag === "Crash")) return undefined
    if (inSetup(after) && nothingOwed(after)) return "nothing is owed any more, but the call is not answered"
    const at = received(before, label.input, label.outputs)
    const reply = inSetup(at) ? repliesOf(label).find((output) => output.call === at.operation?.call) : undefined
    if (reply === undefined || label.input._tag === "Call") return undefined
    if (reply.value._tag === "Interrupted") return undefined
    const add = at.owed.add.filter((vbucket) => streamOf(at, vbucket)?.phase !== "ended")
    const producer = at.operation?.request._tag === "ShutConnection" ? [] : at.owed.closeOnProducer
    const owed = [
      ...add.map((vbucket) => `ADD_STREAM ${vbucket}`),
      ...at.owed.close.map((vbucket) => `CLOSE_STREAM ${vbucket}`),
      ...producer.map((vbucket) => `CLOSE_STREAM ${vbucket} at the producer`)
    ]
    return owed.length > 0 ? `answered while ${owed.join(", ")} is not` : undefined
  }
})

export const S7 = history("DCP-S7", {
  sentence:
    "One operation at a time: while one is going on, set-up, close and takeover are refused at once and change nothing.",
  source: "dossier dcp 5, S7 and 2.1",
  follows: ledger,
  breaks: (before, label) => {
    if (label._tag !== "ConsumerStep" || label.input._tag !== "Call") return undefined
    if (before.operation === null && !before.shut) return undefined
    const { call, request } = label.input
    if (request._tag === "GetPartitions" || request._tag === "ShutConnection") return undefined
    const refused =
      label.outputs.length === 1 &&
      label.outputs.every(
        (output) => output._tag === "Reply" && output.call === call && output.value._tag === "Refused"
      )
    return refused ? undefined : `${call} came during another operation and was not simply refused`
  }
})

export const S10 = history("DCP-S10", {
  sentence: "Nothing of a finished call survives into the next: what a reply reports happened during its own call.",
  source: "dossier dcp 5, S10",
  follows: ledger,
  breaks: (before, label) => {
    const reply = setupReply(before, label)
    if (reply?.value._tag !== "Errors") return undefined
    const own = [...(reply.at.operation?.failures ?? []), ...(reply.at.operation?.tolerated ?? [])].map(failureText)
    const foreign = reply.value.failures.map(failureText).find((text) => !own.includes(text))
    return foreign === undefined ? undefined : `reports ${foreign}, which did not happen during this call`
  }
})

export const S12 = history("DCP-S12", {
  sentence: "A close that finds the stream already gone is no error.",
  source: "dossier dcp 5, S12; 2.8 close stream; MB-15926",
  follows: ledger,
  breaks: (before, label) => {
    const reply = setupReply(before, label)
    if (reply?.value._tag !== "Errors") return undefined
    const failed = (reply.at.operation?.failures ?? []).map(failureText)
    const gone = (reply.at.operation?.tolerated ?? []).map(failureText)
    const blamed = reply.value.failures.map(failureText).find((text) => gone.includes(text) && !failed.includes(text))
    return blamed === undefined ? undefined : `reports ${blamed} as an error, but it only says that the stream is gone`
  }
})
