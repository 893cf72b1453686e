/** How the ledger follows the labels of a consumer connection. */
import type { CallId, Status, VBucket } from "../ids.ts"
import type { Memory } from "../law.ts"
import type { DcpLabel } from "./labels.ts"
import {
  closeSucceeded,
  inSetup,
  isCurrentEnd,
  type Ledger,
  openStreams,
  type Stream,
  sortedFailures,
  sortedSet,
  streamOf,
  unconnected,
  without
} from "./ledger.ts"
import type { ConsumerInput, ConsumerOutput, Failure, Packet, ProducerCast, ReplyValue, Request } from "./messages.ts"

/** The ledger of the consumer connection. */
export const ledger: Memory<Ledger, DcpLabel> = {
  name: "ledger",
  init: unconnected,
  on: (before, label) => {
    switch (label._tag) {
      case "ConsumerStep":
        return {
          ...said(received(before, label.input, label.outputs), label.input, label.outputs),
          believed: label.partitions
        }
      case "Exited":
        return label.process === "consumerConnection" ? { ...unconnected, alive: false } : before
      case "Reconnected":
        return unconnected
      default:
        return before
    }
  }
}

/** The ledger after an input, before its outputs. A call counts as begun only if it is not answered at once. */
export const received = (before: Ledger, input: ConsumerInput, outputs: ReadonlyArray<ConsumerOutput>): Ledger => {
  switch (input._tag) {
    case "Call":
      return isDeferred(input.call, outputs) ? begin(before, input.call, input.request) : before
    case "FromKvConsumer":
      return input.packets.reduce(packetReceived, before)
    case "FromProducerConnection":
      return castReceived(before, input.cast)
    case "SocketClosed":
    case "Killed":
      return before
  }
}

const isDeferred = (call: CallId, outputs: ReadonlyArray<ConsumerOutput>): boolean =>
  !outputs.some((output) => (output._tag === "Reply" && output.call === call) || output._tag === "Crash")

/** What a request wants open afterwards, given what is open now. */
export const wantedBy = (request: Request, open: ReadonlyArray<VBucket>): ReadonlyArray<VBucket> => {
  switch (request._tag) {
    case "SetupStreams":
      return sortedSet(request.vbuckets)
    case "MaybeCloseStream":
      return without(open, request.vbucket)
    case "Takeover":
    case "ShutConnection":
    case "GetPartitions":
      return []
  }
}

const begin = (before: Ledger, call: CallId, request: Request): Ledger => {
  const open = openStreams(before)
  const wanted = wantedBy(request, open)
  return {
    ...before,
    operation: {
      call,
      request,
      wanted,
      dropped: request._tag === "Takeover" ? [] : open.filter((vbucket) => !wanted.includes(vbucket)),
      closedAtConsumer: [],
      closedAtProducer: [],
      // A shut over a set-up takes over what already went wrong (dossier 2.1: errors unchanged).
      failures: request._tag === "ShutConnection" ? (before.operation?.failures ?? []) : [],
      tolerated: [],
      acknowledged: false,
      asked: null,
      active: false
    }
  }
}

/** The ledger after one packet from the kv consumer. */
export const packetReceived = (before: Ledger, packet: Packet): Ledger => {
  switch (packet._tag) {
    case "StreamRequest":
      return streamRequestPassed(before, packet)
    case "AddStreamResponse":
      return addAnswered(before, packet.opaque as number as VBucket, packet.status)
    case "CloseStreamResponse":
      return closeAnswered(before, packet.opaque as number as VBucket, packet.status)
    case "SetVBucketStateResponse":
      return stateConfirmed(before, packet)
    default:
      return before
  }
}

const streamRequestPassed = (before: Ledger, packet: Extract<Packet, { _tag: "StreamRequest" }>): Ledger => {
  const stream = streamOf(before, packet.vbucket)
  if (stream === undefined || stream.phase === "ended" || stream.opaque !== null) return before
  return withStream(before, { ...stream, opaque: packet.opaque })
}

const addAnswered = (before: Ledger, vbucket: VBucket, status: Status): Ledger => {
  if (before.owed.late.includes(vbucket))
    return { ...before, owed: { ...before.owed, late: without(before.owed.late, vbucket) } }
  if (!before.owed.add.includes(vbucket)) return before
  const settled = { ...before, owed: { ...before.owed, add: without(before.owed.add, vbucket) } }
  const stream = streamOf(before, vbucket)
  if (status !== 0) return failed(withoutStream(settled, vbucket), { _tag: "BadResponse", status, vbucket })
  const acknowledged =
    settled.operation?.request._tag === "Takeover"
      ? { ...settled, operation: { ...settled.operation, acknowledged: true } }
      : settled
  // After a current end of an incarnation nothing of that incarnation opens it again (S4).
  return stream === undefined || stream.phase === "ended"
    ? acknowledged
    : withStream(acknowledged, { ...stream, phase: "open" })
}

const closeAnswered = (before: Ledger, vbucket: VBucket, status: Status): Ledger => {
  if (!before.owed.close.includes(vbucket)) return before
  const settled = {
    ...before,
    owed: {
      ...before.owed,
      close: without(before.owed.close, vbucket),
      // An ADD_STREAM whose stream was closed may be answered late or never (dossier 2.8 c), so nobody may wait for it.
      add: without(before.owed.add, vbucket),
      late: before.owed.add.includes(vbucket) ? sortedSet([...before.owed.late, vbucket]) : before.owed.late
    }
  }
  if (!closeSucceeded(status)) return failed(settled, { _tag: "BadResponse", status, vbucket })
  return withoutStream(closed(settled, "closedAtConsumer", vbucket, status), vbucket)
}

const stateConfirmed = (before: Ledger, packet: Extract<Packet, { _tag: "SetVBucketStateResponse" }>): Ledger => {
  const operation = before.operation
  if (operation?.request._tag !== "Takeover" || packet.status !== 0) return before
  if (streamOf(before, operation.request.vbucket)?.opaque !== packet.opaque) return before
  return { ...before, operation: { ...operation, asked: null, active: operation.active || operation.asked === 1 } }
}

const castReceived = (before: Ledger, cast: ProducerCast): Ledger => {
  switch (cast._tag) {
    case "ProducerStreamEnd": {
      const stream = streamOf(before, cast.vbucket)
      if (stream === undefined || !isCurrentEnd(before, cast)) return before
      const ended = withStream(before, { ...stream, phase: "ended", early: stream.phase === "adding" })
      return ended.operation?.wanted.includes(cast.vbucket)
        ? failed(ended, { _tag: "StreamEnded", reason: cast.reason, vbucket: cast.vbucket })
        : ended
    }
    case "ProducerStreamClosed": {
      const vbucket = cast.opaque as number as VBucket
      if (!inSetup(before) || !before.owed.closeOnProducer.includes(vbucket)) return before
      const settled = {
        ...before,
        owed: { ...before.owed, closeOnProducer: without(before.owed.closeOnProducer, vbucket) }
      }
      if (before.operation?.request._tag === "ShutConnection") return settled
      if (!closeSucceeded(cast.status)) return failed(settled, { _tag: "BadResponse", status: cast.status, vbucket })
      return withoutStream(closed(settled, "closedAtProducer", vbucket, cast.status), vbucket)
    }
    case "SetVBucketStateSeen": {
      const operation = before.operation
      if (operation?.request._tag !== "Takeover" || operation.asked !== null) return before
      if (streamOf(before, operation.request.vbucket)?.opaque !== cast.opaque) return before
      return { ...before, operation: { ...operation, asked: cast.state } }
    }
  }
}

const said = (before: Ledger, input: ConsumerInput, outputs: ReadonlyArray<ConsumerOutput>): Ledger =>
  outputs.reduce((ledger, output) => outputSaid(ledger, input, output), before)

const outputSaid = (before: Ledger, input: ConsumerInput, output: ConsumerOutput): Ledger => {
  switch (output._tag) {
    case "SendKvConsumer":
      return requestSent(before, output.packet)
    case "CastCloseStream":
      return {
        ...before,
        owed: { ...before.owed, closeOnProducer: sortedSet([...before.owed.closeOnProducer, output.vbucket]) }
      }
    case "Reply":
      return replied(before, input, output.call, output.value)
    case "Crash":
      return { ...unconnected, alive: false }
    case "ForwardKvProducer":
      return before
  }
}

const requestSent = (before: Ledger, packet: Packet): Ledger => {
  if (packet._tag === "AddStream") {
    const fresh: Stream = {
      vbucket: packet.vbucket,
      opaque: null,
      phase: "adding",
      early: false,
      takeover: packet.takeover
    }
    const owed = { ...before.owed, add: sortedSet([...before.owed.add, packet.vbucket]) }
    return withStream({ ...before, owed }, fresh)
  }
  if (packet._tag === "CloseStream")
    return { ...before, owed: { ...before.owed, close: sortedSet([...before.owed.close, packet.vbucket]) } }
  return before
}

const replied = (before: Ledger, input: ConsumerInput, call: CallId, value: ReplyValue): Ledger => {
  const operation = before.operation
  const shutAtOnce = input._tag === "Call" && input.call === call && input.request._tag === "ShutConnection"
  if (shutAtOnce && value._tag !== "Refused") return { ...before, operation: null, shut: true }
  if (operation === null || operation.call !== call) return before
  return {
    ...before,
    operation: null,
    shut: operation.request._tag === "ShutConnection",
    // Whatever a takeover's stream becomes, it is no stream of this connection's any more.
    streams: before.streams.filter((stream) => !stream.takeover)
  }
}

// ---- small words --------------------------------------------------------------------------------------------------

const withStream = (before: Ledger, stream: Stream): Ledger => ({
  ...before,
  streams: [...before.streams.filter((other) => other.vbucket !== stream.vbucket), stream].sort(
    (a, b) => a.vbucket - b.vbucket
  )
})

const withoutStream = (before: Ledger, vbucket: VBucket): Ledger => ({
  ...before,
  streams: before.streams.filter((stream) => stream.vbucket !== vbucket)
})

const failed = (before: Ledger, failure: Failure): Ledger =>
  before.operation === null
    ? before
    : {
        ...before,
        operation: { ...before.operation, failures: sortedFailures([...before.operation.failures, failure]) }
      }

const closed = (
  before: Ledger,
  side: "closedAtConsumer" | "closedAtProducer",
  vbucket: VBucket,
  status: Status
): Ledger => {
  const operation = before.operation
  if (operation === null) return before
  const gone: ReadonlyArray<Failure> = status === 0 ? [] : [{ _tag: "BadResponse", status, vbucket }]
  return {
    ...before,
    operation: {
      ...operation,
      [side]: sortedSet([...operation[side], vbucket]),
      tolerated: sortedFailures([...operation.tolerated, ...gone])
    }
  }
}
