/** What must be reachable, so that no law holds only because nothing happens: one witness for each flow and outcome. */
import { type SometimesLaw, sometimes } from "../../law.ts"
import { ledger } from "../follow.ts"
import type { DcpLabel } from "../labels.ts"
import { isCurrentEnd, type Ledger, streamOf } from "../ledger.ts"
import { type Desire, desire } from "../memories.ts"
import type { ReplyValue, Request } from "../messages.ts"

type Happens = SometimesLaw<DcpLabel, Ledger>["happens"]

const witness = (id: string, sentence: string, source: string, happens: Happens): SometimesLaw<DcpLabel> =>
  sometimes<DcpLabel, Ledger>(id, {
    sentence,
    source: `dossier dcp 3, ${source}`,
    follows: ledger,
    happens
  }) as SometimesLaw<DcpLabel>

const answered =
  (request: Request["_tag"], value: ReplyValue["_tag"]): Happens =>
  (before, label) =>
    label._tag === "ConsumerStep" &&
    before.operation?.request._tag === request &&
    label.outputs.some(
      (output) => output._tag === "Reply" && output.call === before.operation?.call && output.value._tag === value
    )

/** A shut took the place of a set-up, whose caller was told or forgotten. */
const overtaken: Happens = (before, label, after) =>
  label._tag === "ConsumerStep" &&
  before.operation !== null &&
  before.operation.request._tag !== "ShutConnection" &&
  (after.operation?.request._tag === "ShutConnection" || after.shut)

const currentEnd = (before: Ledger, label: DcpLabel): number | undefined => {
  if (label._tag !== "ConsumerStep" || label.input._tag !== "FromProducerConnection") return undefined
  const cast = label.input.cast
  return cast._tag === "ProducerStreamEnd" && isCurrentEnd(before, cast) ? cast.vbucket : undefined
}

/** F1: a set-up of something is answered ok. */
export const W1 = witness("DCP-W1", "A set-up is answered ok.", "F1", answered("SetupStreams", "Ok"))

export const W2 = witness("DCP-W2", "A set-up is answered with errors.", "F2", answered("SetupStreams", "Errors"))

export const W3 = witness("DCP-W3", "A stream ends before it is acknowledged.", "F3", (before, label) => {
  const vbucket = currentEnd(before, label)
  return vbucket !== undefined && streamOf(before, vbucket)?.phase === "adding"
})

export const W4 = witness("DCP-W4", "A stream ends during the set-up that opened it.", "F4", (before, label) => {
  const vbucket = currentEnd(before, label)
  return (
    vbucket !== undefined &&
    streamOf(before, vbucket)?.phase === "open" &&
    before.operation?.wanted.includes(vbucket as never) === true
  )
})

export const W5 = witness("DCP-W5", "A stream ends while it is being closed.", "F5", (before, label) => {
  const vbucket = currentEnd(before, label)
  return vbucket !== undefined && before.owed.close.includes(vbucket as never)
})

export const W6 = witness("DCP-W6", "A takeover is answered ok.", "F6", answered("Takeover", "Ok"))

export const W7 = witness("DCP-W7", "A shut overtakes a set-up.", "F7", overtaken)

export const W8 = witness(
  "DCP-W8",
  "A fresh connection takes the place of a dead one.",
  "F8",
  (_, label) => label._tag === "Reconnected"
)

export const W9 = witness(
  "DCP-W9",
  "A stale end of an earlier stream arrives while a new one is open or being added.",
  "F5",
  (before, label) => {
    if (label._tag !== "ConsumerStep" || label.input._tag !== "FromProducerConnection") return false
    const cast = label.input.cast
    if (cast._tag !== "ProducerStreamEnd") return false
    const stream = streamOf(before, cast.vbucket)
    return stream !== undefined && stream.opaque !== null && stream.opaque !== cast.opaque
  }
)

const managerAnswers =
  (result: "ok" | "rebalanceFails"): SometimesLaw<DcpLabel, Desire>["happens"] =>
  (_, label) =>
    label._tag === "ManagerStep" && label.outputs.some((output) => output._tag === "Answer" && output.result === result)

export const W10 = sometimes<DcpLabel, Desire>("DCP-W10", {
  sentence: "A rebalance fails.",
  source: "dossier dcp 2.10, point 3",
  follows: desire,
  happens: managerAnswers("rebalanceFails")
}) as SometimesLaw<DcpLabel>

export const W11 = sometimes<DcpLabel, Desire>("DCP-W11", {
  sentence: "The desired map is in force.",
  source: "dossier dcp 2.7",
  follows: desire,
  happens: managerAnswers("ok")
}) as SometimesLaw<DcpLabel>

export const witnesses: ReadonlyArray<SometimesLaw<DcpLabel>> = [W1, W2, W3, W4, W5, W6, W7, W8, W9, W10, W11]
