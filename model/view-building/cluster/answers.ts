/** What shards say of their batches and calls, and whom their answers reach. */
import type { Replica } from "../../../spec/metadata.ts"
import type { BatchId } from "../../../spec/view-building/ids.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import type { CallAnswer } from "../../../spec/view-building/messages.ts"
import { type View, view, type Write } from "../../kernel/cell.ts"
import { push } from "../../kernel/channel.ts"
import type { Coordinator } from "../coordinator/state.ts"
import type { BuildingCells, ShardCells } from "./cells.ts"
import type { Batch, Call } from "./plain-worker.ts"
import type { Setting } from "./setting.ts"

/** A shard runs one batch at a time, so that all of them may have the same number. */
export const batchNumber = 1 as BatchId

/** Whether somebody still listens to the coordinator of each term. */
export const listening = ({ coordinators }: BuildingCells): ReadonlyArray<View<Coordinator | null, boolean>> =>
  coordinators.map(({ state }) => view(state, "is there", (now) => now !== null))

/** Answers go to whoever is there to hear them. */
export const answering = (
  { cells }: Setting,
  { replica }: ShardCells,
  calls: ReadonlyArray<Call>,
  answer: (call: Call) => CallAnswer,
  listens: ReadonlyArray<boolean>
): { readonly labels: ReadonlyArray<ViewBuildingLabel>; readonly writes: ReadonlyArray<Write> } => ({
  labels: calls.map((call) => ({ _tag: "CallAnswered", ...replica, call: call.call, answer: answer(call) })),
  writes: calls.flatMap((call) =>
    listens[call.term - 1] === true
      ? [push(cells.coordinators[call.term - 1]!.answers, { replica, call: call.call, answer: answer(call) })]
      : []
  )
})

/** A batch is over without having done anything, and whoever waits for it is told so. */
export const aborted = (setting: Setting, shard: ShardCells, batch: Batch, listens: ReadonlyArray<boolean>) => {
  const told = answering(setting, shard, batch.waiting, () => ({ _tag: "Done", tasks: [] }), listens)
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
