/**
 * The kv producer: the end of the proxy that has the data. The environment decides what its inputs leave open.
 *
 * Source: kv_engine engines/ep/src/dcp/producer.cc and active_stream.cc; dossier 2.9 and flow F6.
 */
import type { Packet } from "../../spec/dcp/messages.ts"
import { statusCodes } from "../../spec/dcp/messages.ts"
import type { Opaque, Status, VBucket } from "../../spec/ids.ts"
import { become, type Role, type Step } from "../kernel/role.ts"

/** How far a takeover's chain of states is; `none` for an ordinary stream. */
type Chain = "none" | "pendingDue" | "pendingAsked" | "activeDue" | "activeAsked"

export interface ActiveStream {
  readonly vbucket: VBucket
  readonly opaque: Opaque
  readonly chain: Chain
}

export interface KvProducer {
  /** Ascending by vBucket. */
  readonly streams: ReadonlyArray<ActiveStream>
  /** STREAM_END(Closed) of closed streams, in a queue of their own: one may leave after a later STREAM_REQ's answer. */
  readonly ending: ReadonlyArray<{ readonly vbucket: VBucket; readonly opaque: Opaque }>
}

/** How the kv producer may act on a packet, where it has a choice. */
export type ProducerChoice =
  | "obeys"
  /** Refuses STREAM_REQ: the vBucket is not its own. */
  | "refuses"
  /** Wants the consumer to roll back first. */
  | "asksRollback"
  /** 2.8 f: never answers a STREAM_REQ. */
  | "neverAnswers"
  /** Breaks A3: never answers a CLOSE_STREAM. */
  | "forgetsClose"

export type KvProducerInput =
  | { readonly _tag: "Receive"; readonly packet: Packet; readonly choice: ProducerChoice }
  /** Say that a closed stream ended. */
  | { readonly _tag: "EmitEnd"; readonly position: number }
  /** End a stream of its own accord. */
  | { readonly _tag: "EndStream"; readonly vbucket: VBucket }
  /** Ask for the next state of a takeover. */
  | { readonly _tag: "AskState"; readonly vbucket: VBucket }

/** Reasons of STREAM_END: 0 Ok, 1 Closed, 2 StateChanged. Source: kv_engine dcp_stream_end_status.h. */
const reasons = { ok: 0, closed: 1, stateChanged: 2 }

type KvStep = Step<KvProducer, Packet, never>

export const kvProducer = (closeControl: boolean): Role<KvProducer, KvProducerInput, Packet, never> => ({
  name: "kv producer",
  initial: { streams: [], ending: [] },
  step: (kv, input) => {
    switch (input._tag) {
      case "Receive":
        return receive(kv, input.packet, input.choice, closeControl)
      case "EmitEnd": {
        const due = kv.ending[input.position]
        if (due === undefined) return become(kv)
        return become({ ...kv, ending: kv.ending.toSpliced(input.position, 1) }, endOf(due, reasons.closed))
      }
      case "EndStream": {
        const stream = activeOf(kv, input.vbucket)
        return stream === undefined
          ? become(kv)
          : become(without(kv, input.vbucket), endOf(stream, reasons.stateChanged))
      }
      case "AskState":
        return askState(kv, input.vbucket)
    }
  }
})

export const activeOf = (kv: KvProducer, vbucket: number): ActiveStream | undefined =>
  kv.streams.find((stream) => stream.vbucket === vbucket)

const endOf = (stream: { readonly vbucket: VBucket; readonly opaque: Opaque }, reason: number): Packet => ({
  _tag: "StreamEnd",
  vbucket: stream.vbucket,
  opaque: stream.opaque,
  reason
})

const receive = (kv: KvProducer, packet: Packet, choice: ProducerChoice, closeControl: boolean): KvStep => {
  switch (packet._tag) {
    case "StreamRequest": {
      if (choice === "neverAnswers") return become(kv)
      const answer = (status: number): Packet => ({
        _tag: "StreamRequestResponse",
        opaque: packet.opaque,
        status: status as Status
      })
      if (activeOf(kv, packet.vbucket) !== undefined) return become(kv, answer(statusCodes.KeyEexists))
      if (choice === "asksRollback") return become(kv, answer(statusCodes.Rollback))
      if (choice === "refuses") return become(kv, answer(statusCodes.NotMyVbucket))
      const chain: Chain = packet.takeover === true ? "pendingDue" : "none"
      return become(
        withStream(kv, { vbucket: packet.vbucket, opaque: packet.opaque, chain }),
        answer(statusCodes.Success)
      )
    }
    case "CloseStream": {
      if (choice === "forgetsClose") return become(kv)
      const stream = activeOf(kv, packet.vbucket)
      const status = (stream === undefined ? statusCodes.KeyEnoent : statusCodes.Success) as Status
      const answer: Packet = { _tag: "CloseStreamResponse", opaque: packet.opaque, status }
      if (stream === undefined) return become(kv, answer)
      const ending = closeControl ? [...kv.ending, { vbucket: stream.vbucket, opaque: stream.opaque }] : kv.ending
      return become({ ...without(kv, packet.vbucket), ending }, answer)
    }
    case "SetVBucketStateResponse": {
      const stream = kv.streams.find(({ opaque }) => opaque === packet.opaque)
      if (stream?.chain === "pendingAsked") return become(withStream(kv, { ...stream, chain: "activeDue" }))
      return stream?.chain === "activeAsked"
        ? become(without(kv, stream.vbucket), endOf(stream, reasons.ok))
        : become(kv)
    }
    default:
      return become(kv)
  }
}

/** A takeover asks for pending (3), then for active (1), each awaiting its confirmation. */
const askState = (kv: KvProducer, vbucket: VBucket): KvStep => {
  const stream = activeOf(kv, vbucket)
  if (stream?.chain !== "pendingDue" && stream?.chain !== "activeDue") return become(kv)
  const state = stream.chain === "pendingDue" ? 3 : 1
  const chain: Chain = stream.chain === "pendingDue" ? "pendingAsked" : "activeAsked"
  return become(withStream(kv, { ...stream, chain }), {
    _tag: "SetVBucketState",
    vbucket,
    opaque: stream.opaque,
    state
  })
}

const withStream = (kv: KvProducer, stream: ActiveStream): KvProducer => ({
  ...kv,
  streams: [...kv.streams.filter(({ vbucket }) => vbucket !== stream.vbucket), stream].sort(
    (a, b) => a.vbucket - b.vbucket
  )
})

const without = (kv: KvProducer, vbucket: number): KvProducer => ({
  ...kv,
  streams: kv.streams.filter((stream) => stream.vbucket !== vbucket)
})
