/** What goes into a proxy pair and comes out of it, for those who only see its outside. */
import type { Packet, ReplyValue, Request } from "../../../spec/dcp/messages.ts"
import type { CallId } from "../../../spec/ids.ts"
import { describePackets, describeReply, describeRequest } from "../../report/dcp-words.ts"

/** What a proxy pair may take: calls, what its kv ends send, and faults. */
export type PairInput =
  | { readonly _tag: "Call"; readonly call: CallId; readonly request: Request }
  /** One write to the socket. */
  | { readonly _tag: "FromKvConsumer"; readonly packets: ReadonlyArray<Packet> }
  | { readonly _tag: "FromKvProducer"; readonly packets: ReadonlyArray<Packet> }
  /** The kv consumer's end of its socket closes. */
  | { readonly _tag: "Break" }

/** What a proxy pair may do because of one input. */
export type PairOutput =
  | { readonly _tag: "ToKvConsumer"; readonly packets: ReadonlyArray<Packet> }
  | { readonly _tag: "ToKvProducer"; readonly packets: ReadonlyArray<Packet> }
  | { readonly _tag: "Reply"; readonly call: CallId; readonly value: ReplyValue }
  /** Both sockets are closed. */
  | { readonly _tag: "Closed" }
  /** Never seen: packets in hand when everything died, of which the first ones may still have been written. */
  | { readonly _tag: "InHand"; readonly packets: ReadonlyArray<Packet> }

export const tellPairInput = (input: PairInput): string => {
  switch (input._tag) {
    case "Call":
      return describeRequest(input.call, input.request)
    case "FromKvConsumer":
      return `from kv-consumer: ${describePackets(input.packets)}`
    case "FromKvProducer":
      return `from kv-producer: ${describePackets(input.packets)}`
    case "Break":
      return "the kv consumer's socket closes"
  }
}

export const tellPairOutput = (output: PairOutput): string => {
  switch (output._tag) {
    case "ToKvConsumer":
      return `to kv-consumer: ${describePackets(output.packets)}`
    case "ToKvProducer":
      return `to kv-producer: ${describePackets(output.packets)}`
    case "Reply":
      return `reply ${output.call}: ${describeReply(output.value)}`
    case "Closed":
      return "both sockets closed"
    case "InHand":
      return `perhaps to kv-consumer: ${describePackets(output.packets)}`
  }
}
