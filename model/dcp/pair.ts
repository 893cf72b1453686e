/**
 * A proxy pair between two kv ends, with callers: the system in which MB-53445 lives.
 *
 * Source: dossier 1.4 and 1.5. Lifetimes are atomic here; `replicator-system.ts` takes them apart.
 */
import type { DcpLabel } from "../../spec/dcp/labels.ts"
import { callerLaws, consumerLaws } from "../../spec/dcp/laws.ts"
import type { ConsumerInput, ConsumerOutput, Packet, ProducerInput } from "../../spec/dcp/messages.ts"
import type { Law } from "../../spec/law.ts"
import { type View, view, type Write, write } from "../kernel/cell.ts"
import { front, head, pop, push } from "../kernel/channel.ts"
import { outcome } from "../kernel/role.ts"
import { type Fairness, type Firing, type Rule, rulesOf, type System } from "../kernel/system.ts"
import type { Bounds } from "./bounds.ts"
import { consumerConnection } from "./consumer-connection.ts"
import { fresh } from "./consumer-state.ts"
import { kvRules } from "./kv-rules.ts"
import {
  type Consumer,
  type ConsumerMail,
  callName,
  deaths,
  everythingDies,
  listed,
  type PairCells,
  type ProducerMail,
  pairCells
} from "./pair-cells.ts"
import { producerConnection } from "./producer-connection.ts"
import type { Variant } from "./variants.ts"

const on = rulesOf<DcpLabel>()

/** The system of a variant within bounds, judged by the given laws besides those of every proxy pair. */
export const pair = (variant: Variant, bounds: Bounds, laws: ReadonlyArray<Law<DcpLabel>>): System<DcpLabel> => {
  const cells = pairCells(bounds, variant.closeControl === "on")
  return {
    name: "dcp proxy pair",
    cells: listed(cells),
    rules: [
      ...callerRules(cells, bounds),
      consumerTakes(cells, variant, bounds),
      ...producerRules(cells, bounds),
      ...kvRules(cells, variant, bounds),
      ...faultRules(cells, bounds)
    ],
    laws: [...consumerLaws, ...callerLaws, ...laws],
    observables: {}
  }
}

// ---- callers ------------------------------------------------------------------------------------------------------

const callerRules = (cells: PairCells, bounds: Bounds): ReadonlyArray<Rule<DcpLabel>> => [
  on("caller.calls", { actor: "caller", fair: "none", reads: [cells.callers, cells.up] }, (callers, up) => {
    if (!up || callers.made >= bounds.calls || (callers.waiting.length > 0 && !bounds.overlap)) return []
    const call = callName(callers.made)
    return bounds.requests.map((request) => ({
      labels: [{ _tag: "Called", call, request }],
      writes: [write(cells.callers, { made: call }), push(cells.consumerMail, { _tag: "Call", call, request })]
    }))
  }),
  on("caller.exits", { actor: "caller", fair: "weak", reads: [cells.callers, cells.up] }, (callers, up) =>
    up
      ? []
      : callers.waiting.map((call) => ({
          labels: [{ _tag: "CallerExited", call }],
          writes: [write(cells.callers, { over: call })]
        }))
  )
]

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
  return packets.map((_, last) => packets.slice(0, last + 1))
}

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

const consumerTakes = (cells: PairCells, variant: Variant, bounds: Bounds): Rule<DcpLabel> => {
  const role = consumerConnection(variant)
  return on(
    "consumer.takes",
    {
      actor: "consumer",
      fair: fairness(bounds),
      reads: [cells.consumer, front(cells.consumerMail, bounds.chunk)]
    },
    (consumer, mail) =>
      consumer === null ? [] : consumerInputs(mail).map((input) => consumerFiring(cells, role, consumer, input))
  )
}

const consumerFiring = (
  cells: PairCells,
  role: ReturnType<typeof consumerConnection>,
  consumer: NonNullable<Consumer>,
  input: ConsumerInput
): Firing<DcpLabel> => {
  const taken = pop(cells.consumerMail, input._tag === "FromKvConsumer" ? input.packets.length : 1)
  const result = outcome(role.step(consumer, input))
  if (result._tag === "Refused")
    return {
      labels: [
        { _tag: "ConsumerStep", input, outputs: [{ _tag: "Crash", reason: result.reason }], partitions: null },
        ...deaths("its process crashed")
      ],
      writes: everythingDies(cells)
    }
  const { state, outputs } = result.next
  return {
    labels: [{ _tag: "ConsumerStep", input, outputs, partitions: state.partitions }],
    writes: [taken, write(cells.consumer, state), ...outputs.flatMap((output) => routed(cells, output))]
  }
}

const routed = (cells: PairCells, output: ConsumerOutput): ReadonlyArray<Write> => {
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

const producerRules = (cells: PairCells, bounds: Bounds): ReadonlyArray<Rule<DcpLabel>> => {
  const writes: View<ReadonlyArray<Packet>, boolean> = view(
    cells.held,
    "producer connection is writing",
    (held) => held.length > 0
  )
  return [
    on(
      "producer.takes",
      { actor: "producer", fair: fairness(bounds), reads: [front(cells.producerMail, bounds.chunk), writes] },
      (mail, writing) => (writing ? [] : producerInputs(mail).map((input) => producerFiring(cells, input)))
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
}

/** Casts leave at once; what is forwarded is written in a step of its own, because the consumer connection may act in between. */
const producerFiring = (cells: PairCells, input: ProducerInput): Firing<DcpLabel> => {
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
    writes: [pop(cells.producerMail, input._tag === "FromKvProducer" ? input.packets.length : 1), ...writes]
  }
}

// ---- faults and repair --------------------------------------------------------------------------------------------

const fairness = (bounds: Bounds): Fairness => (bounds.without.includes("DCP-A2") ? "none" : "weak")

const faultRules = (cells: PairCells, bounds: Bounds): ReadonlyArray<Rule<DcpLabel>> => {
  const waits = view(cells.callers, "some caller waits", (callers) => callers.waiting.length > 0)
  const rules: Array<Rule<DcpLabel>> = [
    on("socket.breaks", { actor: "network", fair: "none", reads: [cells.up, cells.mayBreak.left] }, (up, left) =>
      up && left > 0
        ? [{ labels: deaths("the network broke it"), writes: [...everythingDies(cells), ...cells.mayBreak.pay] }]
        : []
    ),
    on("replicator.restarts", { actor: "replicator", fair: "weak", reads: [cells.up, waits] }, (up, waiting) =>
      up || waiting ? [] : [{ labels: [{ _tag: "Reconnected" }], writes: [write(cells.consumer, fresh)] }]
    )
  ]
  if (bounds.without.includes("DCP-A1"))
    for (const [name, wire] of [
      ["kv consumer", cells.toKvConsumer],
      ["kv producer", cells.toKvProducer]
    ] as const)
      rules.push(
        on(`network.loses to ${name}`, { actor: "network", fair: "none", reads: [head(wire)] }, (packet) =>
          packet === null ? [] : [{ labels: [], writes: [pop(wire)] }]
        )
      )
  return rules
}
