/** A proxy pair in which an implementation takes the place of the model's consumer connection. */

import { type ConsumerOutlets, routed } from "../../../model/dcp/connection-rules.ts"
import { fresh } from "../../../model/dcp/consumer-state.ts"
import type { Consumer, ConsumerMail } from "../../../model/dcp/pair-cells.ts"
import { deaths } from "../../../model/dcp/pair-cells.ts"
import type { Cell, Write } from "../../../model/kernel/cell.ts"
import { write } from "../../../model/kernel/cell.ts"
import type { Firing, Rule, System } from "../../../model/kernel/system.ts"
import type { DcpLabel } from "../../../spec/dcp/labels.ts"
import type { ConsumerInput, ConsumerOutput } from "../../../spec/dcp/messages.ts"
import type { Partitions } from "../../kit/dcp/seen-words.ts"
import { isDied, isStrange, type Seen } from "../../kit/role-under-test.ts"
import { Learned, type Lesson } from "../learned.ts"
import { cellNamed } from "./cell-named.ts"

type LearnedConsumer = Learned<ConsumerInput, ConsumerOutput, Partitions>

/**
 * The pair with the learned consumer connection in it.
 *
 * Its cell holds the number of the history that is behind it; the model's fresh state stands for none.
 */
export const consumerInPlace = (pair: System<DcpLabel>, learned: LearnedConsumer): System<DcpLabel> => {
  const takes = pair.rules.find(({ name }) => name === "consumer.takes")!
  const cells: CellsByName = (name) => cellNamed(pair, name)
  const everythingDies = dying(takes)
  const fire = (consumer: Consumer | number, mail: ReadonlyArray<ConsumerMail>): ReadonlyArray<Firing<DcpLabel>> => {
    if (consumer === null) return []
    const history = typeof consumer === "number" ? consumer : Learned.start
    return inputsOf(takes, mail).flatMap((input) => {
      const lesson = learned.after(history, input)
      return lesson === undefined ? [] : [firingOf(input, lesson, cells, everythingDies)]
    })
  }
  return {
    ...pair,
    name: `${pair.name} with an implementation`,
    rules: pair.rules.map((rule) => (rule === takes ? { ...takes, fire: fire as Rule<DcpLabel>["fire"] } : rule))
  }
}

/** What a lesson looks like in the pair: its outputs go where the model's would have gone. */
const firingOf = (
  input: ConsumerInput,
  { reaction, next }: Lesson<ConsumerOutput, Partitions>,
  cells: CellsByName,
  everythingDies: ReadonlyArray<Write>
): Firing<DcpLabel> => {
  const outputs = reaction.outputs.flatMap(asOutput)
  const outlets = outletsOf(cells)
  const sent = outputs.flatMap((output) => routed(outlets, output))
  if (outputs.some(({ _tag }) => _tag === "Crash"))
    return {
      labels: [{ _tag: "ConsumerStep", input, outputs, partitions: null }, ...deaths("its process crashed")],
      writes: [...sent, ...everythingDies]
    }
  const taken = input._tag === "FromKvConsumer" ? input.packets.length : 1
  return {
    labels: [{ _tag: "ConsumerStep", input, outputs, partitions: reaction.observed ?? null }],
    writes: [write(cells("consumer mailbox"), { pop: taken }), write(cells("consumer connection"), next), ...sent]
  }
}

type CellsByName = (name: string) => Cell<unknown, unknown>

/** What may come next is the model's affair: a fresh connection has the same mail before it. */
const inputsOf = (takes: Rule<DcpLabel>, mail: ReadonlyArray<ConsumerMail>): ReadonlyArray<ConsumerInput> =>
  takes
    .fire(fresh, mail)
    .flatMap(({ labels }) => labels.flatMap((label) => (label._tag === "ConsumerStep" ? [label.input] : [])))

/** What the model itself writes when everything dies, here because a socket closed. */
const dying = (takes: Rule<DcpLabel>): ReadonlyArray<Write> => takes.fire(fresh, [{ _tag: "SocketClosed" }])[0]!.writes

/** The model's own cells, found by name, for the outputs of whoever plays the consumer connection. */
const outletsOf = (cells: CellsByName): ConsumerOutlets => ({
  toKvConsumer: cells("to kv consumer") as ConsumerOutlets["toKvConsumer"],
  toKvProducer: cells("to kv producer") as ConsumerOutlets["toKvProducer"],
  producerMail: cells("producer mailbox") as ConsumerOutlets["producerMail"],
  callers: cells("callers") as ConsumerOutlets["callers"]
})

/** What was seen, in the spec's words where it has any. */
const asOutput = (output: Seen<ConsumerOutput>): ReadonlyArray<ConsumerOutput> => {
  if (isStrange(output)) return []
  return isDied(output) ? [{ _tag: "Crash", reason: { _tag: "Killed" } }] : [output]
}
