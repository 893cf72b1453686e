/** Draws DCP labels one after the other, as occurrences between the lanes of a story. */
import { DcpLabel } from "../../spec/dcp/labels.ts"
import {
  type ConsumerInput,
  type ConsumerOutput,
  type CrashReason,
  type Packet,
  ProducerCast,
  type ProducerInput,
  type ProducerOutput
} from "../../spec/dcp/messages.ts"
import type { CallId, VBucket } from "../../spec/ids.ts"
import { vbucketList } from "./dcp-names.ts"
import { shortCast, shortCrash, shortPackets, shortReply, shortRequest } from "./dcp-short-words.ts"
import { drawManagerStep, drawReplicatorStep } from "./dcp-supervision-story.ts"
import { death, message, note, type Occurrence } from "./diagram.ts"

const laneOfProcess = {
  consumerConnection: "consumer",
  producerConnection: "producer",
  replicator: "replicator"
} as const

/** Draws labels in order. It remembers what the consumer connection believes and who is gone, to tell changes only. */
export class Pencil {
  readonly #severalCalls: boolean
  readonly #isAlone: boolean
  #believedOpen: ReadonlyArray<VBucket> = []
  #gone = new Set<string>()

  /** `isAlone`: the story is of one connection, so whoever gives it an input is drawn when the connection takes it. */
  constructor({ severalCalls, isAlone }: { readonly severalCalls: boolean; readonly isAlone: boolean }) {
    this.#severalCalls = severalCalls
    this.#isAlone = isAlone
  }

  draw(label: DcpLabel): ReadonlyArray<Occurrence> {
    return DcpLabel.match(label, {
      Called: ({ call, request }) => [message("caller", "consumer", this.#of(call, shortRequest(request)))],
      ConsumerStep: ({ input, outputs, partitions }) => [
        ...(this.#isAlone ? this.#consumerInput(input) : []),
        ...this.#effect(input, outputs, partitions),
        ...outputs.flatMap((output) => this.#consumerOutput(output))
      ],
      ProducerStep: ({ input, outputs }) => [
        ...(this.#isAlone ? producerInput(input) : []),
        ...outputs.flatMap((output) => this.#producerOutput(output))
      ],
      ProducerWrote: ({ packets }) => [message("producer", "kvConsumer", shortPackets(packets))],
      KvConsumerStep: (step) => kvActs("kvConsumer", "consumer", step),
      KvProducerStep: (step) => kvActs("kvProducer", "producer", step),
      SocketClosed: ({ socket, why }) => [note([socket], why === "" ? "socket closed" : `socket closed: ${why}`)],
      Exited: ({ process }) => this.#end(laneOfProcess[process], "exits"),
      ProxyDied: ({ proxy }) => this.#end(laneOfProcess[proxy], "dies"),
      CallerExited: ({ call }) =>
        this.#severalCalls ? [note(["caller"], `${call} exits`)] : this.#end("caller", "exits"),
      Reconnected: () => this.#reconnect(),
      ReplicatorStep: (taken) => drawReplicatorStep(taken),
      ManagerStep: (taken) => drawManagerStep(taken),
      Recoded: ({ original, again, declared }) => [
        note(["consumer"], recoded(original, again)),
        ...(original.length === 2 * declared ? [] : [note(["consumer"], `its header tells ${declared} bytes`)])
      ]
    })
  }

  #of(call: CallId, text: string): string {
    return this.#severalCalls ? `${call}: ${text}` : text
  }

  #consumerInput(input: ConsumerInput): ReadonlyArray<Occurrence> {
    switch (input._tag) {
      case "Call":
        return [message("caller", "consumer", this.#of(input.call, shortRequest(input.request)))]
      case "FromKvConsumer":
        return [message("kvConsumer", "consumer", shortPackets(input.packets))]
      case "FromProducerConnection":
        return [message("producer", "consumer", shortCast(input.cast), "dashed")]
      case "SocketClosed":
      case "Killed":
        return [note(["consumer"], endedFrom[input._tag])]
    }
  }

  #consumerOutput(output: ConsumerOutput): ReadonlyArray<Occurrence> {
    switch (output._tag) {
      case "SendKvConsumer":
        return [message("consumer", "kvConsumer", shortPackets([output.packet]))]
      case "ForwardKvProducer":
        return [message("consumer", "kvProducer", shortPackets(output.packets))]
      case "CastCloseStream":
        return [message("consumer", "producer", `close stream ${output.vbucket}`, "dashed")]
      case "Reply":
        return [message("consumer", "caller", this.#of(output.call, `reply ${shortReply(output.value)}`))]
      case "Crash":
        return this.#crash("consumer", output.reason)
    }
  }

  #producerOutput(output: ProducerOutput): ReadonlyArray<Occurrence> {
    switch (output._tag) {
      case "CastConsumer":
        return [message("producer", "consumer", shortCast(output.cast), "dashed")]
      case "SendKvProducer":
        return [message("producer", "kvProducer", shortPackets([output.packet]))]
      // Drawn by the ProducerWrote that follows: until then the packets are nowhere.
      case "ForwardKvConsumer":
        return []
      case "Crash":
        return this.#crash("producer", output.reason)
    }
  }

  /** What an input did to the belief, or that a stream's end did nothing at all. */
  #effect(
    input: ConsumerInput,
    outputs: ReadonlyArray<ConsumerOutput>,
    partitions: ReadonlyArray<VBucket> | null
  ): ReadonlyArray<Occurrence> {
    if (partitions !== null && !sameMembers(partitions, this.#believedOpen)) {
      this.#believedOpen = partitions
      return [note(["consumer"], `believes open: ${partitions.length === 0 ? "none" : vbucketList(partitions)}`)]
    }
    const ignored =
      outputs.length === 0 &&
      input._tag === "FromProducerConnection" &&
      ProducerCast.guards.ProducerStreamEnd(input.cast)
    return ignored ? [note(["consumer"], "stream end ignored")] : []
  }

  #crash(lane: string, reason: CrashReason): ReadonlyArray<Occurrence> {
    return this.#end(lane, shortCrash(reason))
  }

  /** A process ends once, though several labels may tell of it. */
  #end(lane: string, how: string): ReadonlyArray<Occurrence> {
    if (this.#gone.has(lane)) return []
    this.#gone.add(lane)
    return [death(lane, how)]
  }

  #reconnect(): ReadonlyArray<Occurrence> {
    this.#gone = new Set()
    this.#believedOpen = []
    return [note(["consumer", "producer"], "fresh connections")]
  }
}

const endedFrom = { SocketClosed: "socket closed", Killed: "is killed" } as const

const producerInput = (input: ProducerInput): ReadonlyArray<Occurrence> => {
  switch (input._tag) {
    case "FromKvProducer":
      return [message("kvProducer", "producer", shortPackets(input.packets))]
    case "CloseStreamCast":
      return [message("consumer", "producer", `close stream ${input.vbucket}`, "dashed")]
    case "SocketClosed":
    case "Killed":
      return [note(["producer"], endedFrom[input._tag])]
  }
}

const sameMembers = (one: ReadonlyArray<VBucket>, other: ReadonlyArray<VBucket>): boolean =>
  one.length === other.length && one.every((vbucket) => other.includes(vbucket))

interface KvStep {
  readonly input: Packet | null
  readonly outputs: ReadonlyArray<Packet>
  readonly behaviour: string
}

/** What kv sends; where it sends nothing, what it took, and what it made of it if that is out of the ordinary. */
const kvActs = (from: string, to: string, { input, outputs, behaviour }: KvStep): ReadonlyArray<Occurrence> => {
  if (outputs.length > 0) return [message(from, to, shortPackets(outputs))]
  const took = input === null ? "" : `takes ${shortPackets([input])}`
  const made = behaviour === "" || behaviour === "obeys" ? "" : inWords(behaviour)
  const text = [took, made].filter((part) => part !== "").join(": ")
  return text === "" ? [] : [note([from], text)]
}

/** `losesResponse` and `loses-response` as `loses response`. */
const inWords = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
    .replace(/[-_]/g, " ")

const recoded = (original: string, again: string): string =>
  original === again
    ? `${original.length / 2} bytes decoded and encoded again: the same`
    : `${original} decoded and encoded again: ${again}`
