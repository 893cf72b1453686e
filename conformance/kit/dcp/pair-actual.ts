/** The labels of a burst as far as a pair's outside tells what really happened in it. */
import type { DcpLabel } from "../../../spec/dcp/labels.ts"
import type { ConsumerOutput, Packet } from "../../../spec/dcp/messages.ts"
import type { Reaction } from "../role-under-test.ts"
import type { PairOutput } from "./pair-words.ts"
import type { Partitions } from "./seen-words.ts"

type ConsumerStep = Extract<DcpLabel, { readonly _tag: "ConsumerStep" }>

/**
 * The burst with what was really seen, all of it told by the consumer connection's last step.
 *
 * Nobody outside can tell which of several inner steps wrote a packet. ADD_STREAM and CLOSE_STREAM are the pair's own;
 * everything else was passed on.
 */
export const actualPair = (
  burst: ReadonlyArray<ReadonlyArray<DcpLabel>>,
  seen: Reaction<PairOutput, Partitions>
): ReadonlyArray<ReadonlyArray<DcpLabel>> => {
  const steps = burst.flat().filter((label): label is ConsumerStep => label._tag === "ConsumerStep")
  const last = steps.at(-1)
  if (last === undefined) return burst
  const casts = steps.flatMap(({ outputs }) => outputs.filter(({ _tag }) => _tag === "CastCloseStream"))
  const gone = seen.outputs.some(({ _tag }) => _tag === "Closed" || _tag === "Died")
  const told: DcpLabel = {
    ...last,
    outputs: [...outputsOf(seen, casts), ...(gone ? [crash] : [])],
    partitions: gone ? null : (seen.observed ?? null)
  }
  const as = (label: DcpLabel): ReadonlyArray<DcpLabel> => {
    if (label === last) return [told]
    if (label._tag === "ConsumerStep") return [{ ...label, outputs: [], partitions: null }]
    return !gone && (label._tag === "Exited" || label._tag === "SocketClosed") ? [] : [label]
  }
  return burst.map((labels) => labels.flatMap(as))
}

const crash: ConsumerOutput = { _tag: "Crash", reason: { _tag: "Killed" } }

const outputsOf = (
  seen: Reaction<PairOutput, Partitions>,
  casts: ReadonlyArray<ConsumerOutput>
): ReadonlyArray<ConsumerOutput> => {
  const packets = (tag: "ToKvConsumer" | "ToKvProducer"): ReadonlyArray<Packet> =>
    seen.outputs.flatMap((output) => (output._tag === tag ? output.packets : []))
  const own = packets("ToKvConsumer").filter(isOwn)
  const passed = packets("ToKvProducer").filter((packet) => !isOwn(packet))
  return [
    ...own.map((packet): ConsumerOutput => ({ _tag: "SendKvConsumer", packet })),
    ...casts,
    ...seen.outputs.flatMap((output): ReadonlyArray<ConsumerOutput> => (output._tag === "Reply" ? [output] : [])),
    ...(passed.length === 0 ? [] : [{ _tag: "ForwardKvProducer" as const, packets: passed }])
  ]
}

const isOwn = ({ _tag }: Packet): boolean => _tag === "AddStream" || _tag === "CloseStream"
