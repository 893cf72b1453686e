/** What the two kv ends may do: their choices are the environment's, as rules with names. */
import type { DcpLabel } from "../../spec/dcp/labels.ts"
import { type Packet, statusCodes } from "../../spec/dcp/messages.ts"
import { type Write, write } from "../kernel/cell.ts"
import { head, pop, push } from "../kernel/channel.ts"
import { outcome } from "../kernel/role.ts"
import { type Firing, type Rule, rulesOf } from "../kernel/system.ts"
import type { Bounds } from "./bounds.ts"
import { type ConsumerChoice, type KvConsumer, type KvConsumerInput, kvConsumer } from "./kv-consumer.ts"
import { type KvProducer, type KvProducerInput, kvProducer, type ProducerChoice } from "./kv-producer.ts"
import { deaths, everythingDies, type PairCells } from "./pair-cells.ts"
import type { Variant } from "./variants.ts"

const on = rulesOf<DcpLabel>()

export const kvRules = (cells: PairCells, variant: Variant, bounds: Bounds): ReadonlyArray<Rule<DcpLabel>> => [
  ...consumerRules(cells, bounds),
  ...producerRules(cells, variant, bounds)
]

// ---- kv consumer --------------------------------------------------------------------------------------------------

const consumerRules = (cells: PairCells, bounds: Bounds): ReadonlyArray<Rule<DcpLabel>> => {
  const role = kvConsumer(bounds, bounds.vbuckets)
  const act = (
    kv: KvConsumer,
    input: KvConsumerInput,
    behaviour: string,
    more: ReadonlyArray<Write>
  ): Firing<DcpLabel> => {
    const result = outcome(role.step(kv, input))
    const packet = input._tag === "Receive" ? input.packet : null
    if (result._tag === "Refused")
      return {
        labels: [
          { _tag: "KvConsumerStep", input: packet, outputs: [], behaviour: "disconnects" },
          ...deaths("the kv consumer disconnected")
        ],
        writes: everythingDies(cells, bounds)
      }
    const { state, outputs } = result.next
    return {
      labels: [{ _tag: "KvConsumerStep", input: packet, outputs, behaviour }],
      writes: [
        ...more,
        write(cells.kvc, state),
        ...outputs.map((packet) =>
          bounds.sockets ? push(cells.fromKvConsumer, packet) : push(cells.consumerMail, { _tag: "Packet", packet })
        )
      ]
    }
  }
  const rules: Array<Rule<DcpLabel>> = [
    on(
      "kvConsumer.takes",
      { actor: "kv consumer", fair: "weak", reads: [cells.kvc, head(cells.toKvConsumer), cells.mayRefuse.left] },
      (kv, packet, refusals) =>
        packet === null
          ? []
          : consumerChoices(kv, packet, bounds, refusals).map((choice) =>
              act(kv, { _tag: "Receive", packet, choice }, choice, [
                pop(cells.toKvConsumer),
                ...(choice === "refuses" ? cells.mayRefuse.pay : [])
              ])
            )
    ),
    on("kvConsumer.says", { actor: "kv consumer", fair: "weak", reads: [cells.kvc] }, (kv) =>
      kv.streams
        .filter((stream) => stream.ready.length > 0)
        .map((stream) => act(kv, { _tag: "Emit", vbucket: stream.vbucket }, "obeys", []))
    )
  ]
  if (bounds.losses.includes("vbucketStateChanged"))
    rules.push(
      on("kvConsumer.changesState", { actor: "kv consumer", fair: "none", reads: [cells.kvc] }, (kv) =>
        kv.streams
          .filter((stream) => stream.ready.some(({ _tag }) => _tag === "AddStreamResponse"))
          .map((stream) => act(kv, { _tag: "StateChanged", vbucket: stream.vbucket }, "vbucketStateChanged", []))
      )
    )
  return rules
}

/** What the kv consumer may do with a packet. Only what makes a difference is listed, and what costs, while it can be paid. */
const consumerChoices = (
  kv: KvConsumer,
  packet: Packet,
  bounds: Bounds,
  refusals: number
): ReadonlyArray<ConsumerChoice> => {
  const choices: Array<ConsumerChoice> = ["obeys"]
  const pending =
    packet._tag === "StreamRequestResponse" &&
    kv.streams.some((stream) => stream.opaque === packet.opaque && stream.phase === "pending")
  if (packet._tag === "AddStream" && refusals > 0 && isFree(kv, packet.vbucket)) choices.push("refuses")
  if (packet._tag === "CloseStream" && bounds.without.includes("DCP-A3")) choices.push("forgetsClose")
  if (pending && bounds.losses.includes("vbucketDeleted")) choices.push("vbucketDeleted")
  if (pending && packet.status === statusCodes.Rollback && bounds.losses.includes("rollbackAborted"))
    choices.push("rollbackAborted")
  if (packet._tag === "StreamEnd" && bounds.losses.includes("droppedWithStream") && owesAnswer(kv, packet))
    choices.push("dropsQueuedAnswer")
  return choices
}

const isFree = (kv: KvConsumer, vbucket: number): boolean =>
  kv.streams.every((stream) => stream.vbucket !== vbucket || stream.phase === "dead")

const owesAnswer = (kv: KvConsumer, end: Extract<Packet, { _tag: "StreamEnd" }>): boolean =>
  kv.streams.some((stream) => stream.opaque === end.opaque && stream.ready.length > 0)

// ---- kv producer --------------------------------------------------------------------------------------------------

const producerRules = (cells: PairCells, variant: Variant, bounds: Bounds): ReadonlyArray<Rule<DcpLabel>> => {
  const role = kvProducer(variant.closeControl === "on")
  const act = (
    kv: KvProducer,
    input: KvProducerInput,
    behaviour: string,
    more: ReadonlyArray<Write>
  ): Firing<DcpLabel> => {
    const result = outcome(role.step(kv, input))
    const { state, outputs } = result._tag === "Became" ? result.next : { state: kv, outputs: [] }
    return {
      labels: [{ _tag: "KvProducerStep", input: input._tag === "Receive" ? input.packet : null, outputs, behaviour }],
      writes: [
        ...more,
        write(cells.kvp, state),
        ...outputs.map((packet) =>
          bounds.sockets ? push(cells.fromKvProducer, packet) : push(cells.producerMail, { _tag: "Packet", packet })
        )
      ]
    }
  }
  return [
    on(
      "kvProducer.takes",
      { actor: "kv producer", fair: "weak", reads: [cells.kvp, head(cells.toKvProducer), cells.mayRefuse.left] },
      (kv, packet, refusals) =>
        packet === null
          ? []
          : producerChoices(kv, packet, bounds, refusals).map((choice) =>
              act(kv, { _tag: "Receive", packet, choice }, choice, [
                pop(cells.toKvProducer),
                ...(choice === "refuses" || choice === "asksRollback" ? cells.mayRefuse.pay : [])
              ])
            )
    ),
    on("kvProducer.saysEnd", { actor: "kv producer", fair: "weak", reads: [cells.kvp] }, (kv) =>
      kv.ending.map((_, position) => act(kv, { _tag: "EmitEnd", position }, "obeys", []))
    ),
    on(
      "kvProducer.endsStream",
      { actor: "kv producer", fair: "none", reads: [cells.kvp, cells.mayEnd.left] },
      (kv, left) =>
        left === 0
          ? []
          : kv.streams.map((stream) =>
              act(kv, { _tag: "EndStream", vbucket: stream.vbucket }, "endsStream", cells.mayEnd.pay)
            )
    ),
    on(
      "kvProducer.asksState",
      { actor: "kv producer", fair: bounds.without.includes("DCP-A5") ? "none" : "weak", reads: [cells.kvp] },
      (kv) =>
        kv.streams
          .filter(({ chain }) => chain === "pendingDue" || chain === "activeDue")
          .map((stream) => act(kv, { _tag: "AskState", vbucket: stream.vbucket }, "obeys", []))
    )
  ]
}

const producerChoices = (
  kv: KvProducer,
  packet: Packet,
  bounds: Bounds,
  refusals: number
): ReadonlyArray<ProducerChoice> => {
  const choices: Array<ProducerChoice> = ["obeys"]
  if (packet._tag === "StreamRequest") {
    const free = kv.streams.every(({ vbucket }) => vbucket !== packet.vbucket)
    if (free && refusals > 0) choices.push("refuses")
    if (free && refusals > 0 && bounds.rollbacks) choices.push("asksRollback")
    if (bounds.losses.includes("producerSilent")) choices.push("neverAnswers")
  }
  if (packet._tag === "CloseStream" && bounds.without.includes("DCP-A3")) choices.push("forgetsClose")
  return choices
}
