/** When the two connections of a proxy pair act, and where what they say goes. */
import type { DcpLabel } from "../../spec/dcp/labels.ts"
import type { ConsumerInput, ConsumerOutput, Packet, ProducerInput } from "../../spec/dcp/messages.ts"
import { type View, view, type Write, write } from "../kernel/cell.ts"
import { front, head, pop, push } from "../kernel/channel.ts"
import { outcome } from "../kernel/role.ts"
import { type Fairness, type Firing, type Rule, rulesOf } from "../kernel/system.ts"
import type { Bounds } from "./bounds.ts"
import { consumerConnection } from "./consumer-connection.ts"
import {
  type Consumer,
  type ConsumerMail,
  deaths,
  everythingDies,
  type PairCells,
  type ProducerMail
} from "./pair-cells.ts"
import { producerConnection } from "./producer-connection.ts"
import type { Variant } from "./variants.ts"

const on = rulesOf<DcpLabel>()

const fairness = (bounds: Bounds): Fairness => (bounds.without.includes("DCP-A2") ? "none" : "weak")

// ---- consumer connection ------------------------------------------------------------------------------------------

/** What a process may find next: the head of its mailbox, or as many packets as one chunk of its socket may hold. */
const chunks = <M extends { readonly _tag: string }>(
  mail: ReadonlyArray<M | PacketMail>
): ReadonlyArray<ReadonlyArray<Packet>> => {
  const packets: Array<Packet> = []
  for (const item of mail) {
    if (!isPacket(item)) break
    packets.push(item.packet)
  }
  return prefixes(packets)
}

/** A chunk may end behind any packet. */
const prefixes = (packets: ReadonlyArray<Packet>): ReadonlyArray<ReadonlyArray<Packet>> =>
  packets.map((_, last) => packets.slice(0, last + 1))

interface PacketMail {
  readonly _tag: "Packet"
  readonly packet: Packet
}
const isPacket = (mail: { readonly _tag: string }): mail is PacketMail => mail._tag === "Packet"

const consumerInputs = (mail: ReadonlyArray<ConsumerMail>): ReadonlyArray<ConsumerInput> => {
  const first = mail[0]
  if (first === undefined) return []
  if (!isPacket(first)) return [first]
  return chunks(mail).map((packets) => ({ _tag: "FromKvConsumer", packets }))
}

export const consumerRules = (cells: PairCells, variant: Variant, bounds: Bounds): ReadonlyArray<Rule<DcpLabel>> => {
  const role = consumerConnection(variant)
  const takes = on(
    "consumer.takes",
    { actor: "consumer", fair: fairness(bounds), reads: [cells.consumer, front(cells.consumerMail, bounds.chunk)] },
    (consumer, mail) =>
      consumer === null
        ? []
        : consumerInputs(mail).map((input) => {
            const taken = pop(cells.consumerMail, input._tag === "FromKvConsumer" ? input.packets.length : 1)
            return consumerFiring(cells, bounds, role, consumer, input, taken)
          })
  )
  if (!bounds.sockets) return [takes]
  const reads = on(
    "consumer.reads",
    {
      actor: "consumer",
      fair: fairness(bounds),
      reads: [cells.consumer, head(cells.consumerMail), front(cells.fromKvConsumer, bounds.chunk)]
    },
    (consumer, mail, packets) =>
      consumer === null || mail !== null
        ? []
        : prefixes(packets).map((chunk) =>
            consumerFiring(
              cells,
              bounds,
              role,
              consumer,
              { _tag: "FromKvConsumer", packets: chunk },
              pop(cells.fromKvConsumer, chunk.length)
            )
          )
  )
  return [takes, reads]
}

const consumerFiring = (
  cells: PairCells,
  bounds: Bounds,
  role: ReturnType<typeof consumerConnection>,
  consumer: NonNullable<Consumer>,
  input: ConsumerInput,
  taken: Write
): Firing<DcpLabel> => {
  const result = outcome(role.step(consumer, input))
  if (result._tag === "Refused")
    return {
      labels: [
        { _tag: "ConsumerStep", input, outputs: [{ _tag: "Crash", reason: result.reason }], partitions: null },
        ...deaths("its process crashed")
      ],
      writes: everythingDies(cells, bounds)
    }
  const { state, outputs } = result.next
  return {
    labels: [{ _tag: "ConsumerStep", input, outputs, partitions: state.partitions }],
    writes: [taken, write(cells.consumer, state), ...outputs.flatMap((output) => routed(cells, output))]
  }
}

/** Where a consumer connection's outputs go. */
export type ConsumerOutlets = Pick<PairCells, "toKvConsumer" | "toKvProducer" | "producerMail" | "callers">

/** What an output of the consumer connection writes, whoever plays it. */
export const routed = (cells: ConsumerOutlets, output: ConsumerOutput): ReadonlyArray<Write> => {
  switch (output._tag) {
    case "SendKvConsumer":
      return [push(cells.toKvConsumer, output.packet)]
    case "ForwardKvProducer":
      return [push(cells.toKvProducer, ...output.packets)]
    case "CastCloseStream":
      return [push(cells.producerMail, { _tag: "CloseStreamCast", vbucket: output.vbucket })]
    case "Reply":
      return [write(cells.callers, { over: output.call })]
    case "Crash":
      return []
  }
}

// ---- producer connection ------------------------------------------------------------------------------------------

const producerInputs = (mail: ReadonlyArray<ProducerMail>): ReadonlyArray<ProducerInput> => {
  const first = mail[0]
  if (first === undefined) return []
  if (!isPacket(first)) return [first]
  return chunks(mail).map((packets) => ({ _tag: "FromKvProducer", packets }))
}

export const producerRules = (cells: PairCells, bounds: Bounds): ReadonlyArray<Rule<DcpLabel>> => {
  const writes: View<ReadonlyArray<Packet>, boolean> = view(
    cells.held,
    "producer connection is writing",
    (held) => held.length > 0
  )
  const rules: Array<Rule<DcpLabel>> = [
    on(
      "producer.takes",
      { actor: "producer", fair: fairness(bounds), reads: [front(cells.producerMail, bounds.chunk), writes] },
      (mail, writing) =>
        writing
          ? []
          : producerInputs(mail).map((input) =>
              producerFiring(
                cells,
                input,
                pop(cells.producerMail, input._tag === "FromKvProducer" ? input.packets.length : 1)
              )
            )
    ),
    on("producer.writes", { actor: "producer", fair: fairness(bounds), reads: [cells.held] }, (held) =>
      held.length === 0
        ? []
        : [
            {
              labels: [{ _tag: "ProducerWrote", packets: held }],
              writes: [write(cells.held, []), push(cells.toKvConsumer, ...held)]
            }
          ]
    )
  ]
  if (bounds.sockets)
    rules.push(
      on(
        "producer.reads",
        {
          actor: "producer",
          fair: fairness(bounds),
          reads: [head(cells.producerMail), front(cells.fromKvProducer, bounds.chunk), writes]
        },
        (mail, packets, writing) =>
          mail !== null || writing
            ? []
            : prefixes(packets).map((chunk) =>
                producerFiring(
                  cells,
                  { _tag: "FromKvProducer", packets: chunk },
                  pop(cells.fromKvProducer, chunk.length)
                )
              )
      )
    )
  return rules
}

/** Casts leave at once; what is forwarded is written in a step of its own, because the consumer connection may act in between. */
const producerFiring = (cells: PairCells, input: ProducerInput, taken: Write): Firing<DcpLabel> => {
  const result = outcome(producerConnection.step(null, input))
  const outputs = result._tag === "Became" ? result.next.outputs : []
  const casts = outputs.some((output) => output._tag === "CastConsumer")
  const writes = outputs.map((output): Write => {
    switch (output._tag) {
      case "CastConsumer":
        return push(cells.consumerMail, { _tag: "FromProducerConnection", cast: output.cast })
      case "SendKvProducer":
        return push(cells.toKvProducer, output.packet)
      case "ForwardKvConsumer":
        return casts ? write(cells.held, output.packets) : push(cells.toKvConsumer, ...output.packets)
      case "Crash":
        return write(cells.held, [])
    }
  })
  const wrote = outputs.flatMap(
    (output): ReadonlyArray<DcpLabel> =>
      output._tag === "ForwardKvConsumer" && !casts ? [{ _tag: "ProducerWrote", packets: output.packets }] : []
  )
  return {
    labels: [{ _tag: "ProducerStep", input, outputs }, ...wrote],
    writes: [taken, ...writes]
  }
}
