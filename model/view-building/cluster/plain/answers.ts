/** What shards say of their batches and calls, and whom their answers reach. */
import type { Replica } from "../../../../spec/metadata.ts"
import type { BatchId } from "../../../../spec/view-building/ids.ts"
import type { ViewBuildingLabel } from "../../../../spec/view-building/labels.ts"
import type { CallAnswer } from "../../../../spec/view-building/messages.ts"
import type { Write } from "../../../kernel/cell.ts"
import { posting } from "../mailbox.ts"
import type { Setting } from "../setting.ts"
import type { Call, StaffShard } from "../staff.ts"
import type { Batch } from "./worker.ts"

/** A shard runs one batch at a time, so that all of them may have the same number. */
export const batchNumber = 1 as BatchId

/** Answers go to whoever is there to hear them. */
export const answering = (
  { cells }: Setting,
  { replica }: StaffShard,
  calls: ReadonlyArray<Call>,
  answer: (call: Call) => CallAnswer
): { readonly labels: ReadonlyArray<ViewBuildingLabel>; readonly writes: ReadonlyArray<Write> } => ({
  labels: calls.map((call) => ({ _tag: "CallAnswered", ...replica, call: call.call, answer: answer(call) })),
  writes: calls.map((call) =>
    posting(cells.coordinators[call.term - 1]!.answers, { replica, call: call.call, answer: answer(call) })
  )
})

/** A batch is over without having done anything, and whoever waits for it is told so. */
export const aborted = (setting: Setting, shard: StaffShard, batch: Batch) => {
  const told = answering(setting, shard, batch.waiting, () => ({ _tag: "Done", tasks: [] }))
  const over: ViewBuildingLabel = { _tag: "BatchEnded", ...shard.replica, batch: batchNumber, how: "aborted" }
  return { labels: [over, ...told.labels], writes: told.writes }
}

export const attempt = (
  replica: Replica,
  { tasks, sstables, rows }: Batch,
  after: number | null
): ViewBuildingLabel => {
  const [{ lastToken }] = tasks as [Batch["tasks"][number]]
  const [ids, on] = [tasks.map(({ id }) => id), replica.shard]
  return {
    _tag: "AttemptBegan",
    ...replica,
    batch: batchNumber,
    on,
    tasks: ids,
    after,
    lastToken,
    sstables,
    rows
  } as ViewBuildingLabel
}
