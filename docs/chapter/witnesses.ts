/** What must be reachable, or must not be, for a reading of the sources to be right: witnesses that only the chapter asks for. */
import { ledger } from "../../spec/dcp/follow.ts"
import type { DcpLabel } from "../../spec/dcp/labels.ts"
import type { Ledger } from "../../spec/dcp/ledger.ts"
import { type Memory, nothing, type SometimesLaw, sometimes } from "../../spec/law.ts"

/** How the end of a stream and its acknowledgement travel, in a system with one stream. */
interface Race {
  /** The end was in the producer connection's chunk, with the answer to STREAM_REQ or without. */
  readonly end: "not yet" | "with the answer" | "later than the answer" | "delivered"
  readonly acknowledged: boolean
}

const start: Race = { end: "not yet", acknowledged: false }

const race: Memory<Race, DcpLabel> = {
  name: "race",
  init: start,
  on: (before, label) => {
    if (label._tag === "Exited" || label._tag === "Reconnected") return start
    if (label._tag === "ConsumerStep") {
      if (isEnd(label)) return { ...before, end: "delivered" }
      return acknowledges(label) ? { ...before, acknowledged: true } : before
    }
    if (label._tag !== "ProducerStep" || label.input._tag !== "FromKvProducer") return before
    const { packets } = label.input
    if (packets.every(({ _tag }) => _tag !== "StreamEnd")) return before
    const answered = packets.some(({ _tag }) => _tag === "StreamRequestResponse")
    return { ...before, end: answered ? "with the answer" : "later than the answer" }
  }
}

type ConsumerStep = Extract<DcpLabel, { _tag: "ConsumerStep" }>

const isEnd = ({ input }: ConsumerStep): boolean =>
  input._tag === "FromProducerConnection" && input.cast._tag === "ProducerStreamEnd"

const acknowledges = (label: DcpLabel): boolean =>
  label._tag === "ConsumerStep" &&
  label.input._tag === "FromKvConsumer" &&
  label.input.packets.some((packet) => packet._tag === "AddStreamResponse" && packet.status === 0)

const witness = <M>(
  id: string,
  sentence: string,
  follows: Memory<M, DcpLabel>,
  happens: (before: M, label: DcpLabel) => boolean
): SometimesLaw<DcpLabel> =>
  sometimes<DcpLabel, M>(`DCP-${id}`, {
    sentence,
    source: "dossier dcp 1.4",
    follows,
    happens
  }) as SometimesLaw<DcpLabel>

export const answerOvertakesItsChunk = witness(
  "O1",
  "An acknowledgement comes before the end that shared a chunk with the producer's answer.",
  race,
  ({ end }, label) => end === "with the answer" && acknowledges(label)
)

export const answerBeforeLaterEnd = witness(
  "O2a",
  "An acknowledgement comes before an end that is on its way in a chunk of its own.",
  race,
  ({ end }, label) => end === "later than the answer" && acknowledges(label)
)

export const laterEndBeforeAnswer = witness(
  "O2b",
  "An end from a chunk of its own comes before the acknowledgement.",
  race,
  ({ end, acknowledged }, label) =>
    end === "later than the answer" && !acknowledged && label._tag === "ConsumerStep" && isEnd(label)
)

export const answerAfterTheEnd = witness(
  "O1b",
  "An acknowledgement comes after the end was delivered: O1 is about something that happens.",
  race,
  ({ end }, label) => end === "delivered" && acknowledges(label)
)

/** CLOSE_STREAMs and ends of closed streams that the kv consumer has taken. */
interface Taken {
  readonly closes: number
  readonly ends: number
}

const taken: Memory<Taken, DcpLabel> = {
  name: "taken",
  init: { closes: 0, ends: 0 },
  on: (before, label) => {
    if (label._tag === "Exited" || label._tag === "Reconnected") return { closes: 0, ends: 0 }
    if (label._tag !== "KvConsumerStep" || label.input === null) return before
    if (label.input._tag === "CloseStream") return { ...before, closes: before.closes + 1 }
    return label.input._tag === "StreamEnd" && label.input.reason === 1 ? { ...before, ends: before.ends + 1 } : before
  }
}

export const endBeforeItsClose = witness(
  "O3",
  "The kv consumer sees the end of a closed stream before the request to close it.",
  taken,
  ({ closes, ends }, label) =>
    label._tag === "KvConsumerStep" &&
    label.input?._tag === "StreamEnd" &&
    label.input.reason === 1 &&
    ends + 1 > closes
)

export const endAfterItsClose = witness(
  "O3b",
  "The kv consumer sees the end of a closed stream after the request to close it: O3 is about something that happens.",
  taken,
  ({ closes }, label) =>
    closes > 0 && label._tag === "KvConsumerStep" && label.input?._tag === "StreamEnd" && label.input.reason === 1
)

export const answerAfterItsClose = witness(
  "late",
  "An ADD_STREAM is answered after the CLOSE_STREAM that a shut sent behind it.",
  ledger,
  (before: Ledger, label) =>
    label._tag === "ConsumerStep" &&
    label.input._tag === "FromKvConsumer" &&
    label.input.packets.some(
      (packet) => packet._tag === "AddStreamResponse" && before.owed.late.includes(packet.opaque as never)
    )
)

const exits = (id: string, input: "WorkerDone" | "ChildExited", reason: "crashed" | "childInterrupted") =>
  witness(`exit-${id}`, `The replicator exits as ${reason}.`, nothing as Memory<null, DcpLabel>, (_, label) => {
    if (label._tag !== "ReplicatorStep" || label.input._tag !== input) return false
    return label.outputs.some((output) => output._tag === "Exit" && output.reason === reason)
  })

export const exitsByWorker = exits("worker", "WorkerDone", "crashed")
export const exitsByChild = exits("child", "ChildExited", "childInterrupted")
