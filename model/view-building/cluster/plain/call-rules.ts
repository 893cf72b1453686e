/** Calls come to shards: each is answered at once, or waits for a batch. Source: dossier view-building 2.3 and 2.5 W1 to W4. */
import type { Term } from "../../../../spec/metadata.ts"
import type { ViewBuildingLabel } from "../../../../spec/view-building/labels.ts"
import type { CallAnswer } from "../../../../spec/view-building/messages.ts"
import { type Write, write } from "../../../kernel/cell.ts"
import { remove } from "../../../kernel/channel.ts"
import type { Firing, Rule } from "../../../kernel/system.ts"
import type { Said } from "../../said.ts"
import { trusting } from "../bounds.ts"
import type { Data } from "../data.ts"
import { type Firings, on, type Setting } from "../setting.ts"
import type { Call } from "../staff.ts"
import { aborted, answering, attempt, batchNumber } from "./answers.ts"
import type { PlainNode, PlainShard } from "./cells.ts"
import { type Batch, doneOf, found, goingBy, taken, type Worker } from "./worker.ts"

/** One rule for each shard. */
export const takes = (setting: Setting, node: PlainNode, shard: PlainShard): Rule<ViewBuildingLabel> => {
  const { bounds, cells, variant } = setting
  return on(
    `${shard.place} takes a call`,
    {
      actor: node.name,
      fair: trusting(bounds, "F9"),
      reads: [shard.worker, shard.calls, shard.data, node.up, cells.head, cells.term]
    },
    (worker, calls, data, up, head, term): Firings =>
      up
        ? calls.map((call, position) => {
            const known = variant.progress === "written" ? null : term
            const { labels, writes } = takenBy(setting, shard, { worker, call, data, head, term, known })
            return { labels, writes: [remove(shard.calls, position), ...writes] }
          })
        : []
  )
}

/** What a call finds. */
interface Found {
  readonly worker: Worker
  readonly call: Call
  readonly data: Data
  readonly head: { readonly at: number; readonly metadata: Said }
  readonly term: Term
  /** What the call's term is held against; null where calls tell none. */
  readonly known: Term | null
}

const takenBy = (setting: Setting, shard: PlainShard, it: Found): Firing<ViewBuildingLabel> => {
  const { worker: was, call } = it
  const { replica } = shard
  const term = it.known === null ? {} : { term: call.term }
  const arrived = { _tag: "CallArrived", ...replica, call: call.call, ...term, tasks: call.tasks } as const
  const done = doneOf(was, call)
  if (done.length > 0) return replied(setting, shard, it, [arrived], [], { _tag: "Done", tasks: done })
  const caughtUp = {
    _tag: "BarrierEnded",
    ...replica,
    call: call.call,
    at: it.head.at,
    term: it.term
  } as ViewBuildingLabel
  const { state } = it.head.metadata
  const worker = it.known === null || call.term === it.known ? goingBy(was, state) : was
  const dropped = was.batch !== null && worker.batch === null ? aborted(setting, shard, was.batch) : nothing
  const before = [arrived, caughtUp, ...dropped.labels]
  const writes = [...dropped.writes, ...(worker === was ? [] : [write(shard.worker, worker)])]
  const outcome = taken(worker, call, state, it.known, replica)
  switch (outcome._tag) {
    case "Refused":
      return replied(setting, shard, it, before, writes, { _tag: "Refused", reason: outcome.reason })
    case "Attached": {
      const batch: Batch = { ...outcome.batch, waiting: [...outcome.batch.waiting, call] }
      return { labels: [...before, attached(shard, call)], writes: [write(shard.worker, { ...worker, batch })] }
    }
    case "Started": {
      const { after, lastToken, ...reads } = found(outcome.tasks, state, it.data)
      const batch: Batch = { tasks: outcome.tasks, waiting: [call], ...reads }
      const [{ type, base }] = outcome.tasks as [Batch["tasks"][number]]
      const tasks = outcome.tasks.map(({ id }) => id)
      return {
        labels: [
          ...before,
          { _tag: "BatchBegan", ...replica, batch: batchNumber, call: call.call, type, base, lastToken, tasks },
          attached(shard, call),
          attempt(replica, batch, after)
        ],
        writes: [...dropped.writes, write(shard.worker, { ...worker, batch })]
      }
    }
  }
}

const nothing = { labels: [], writes: [] } as const

const replied = (
  setting: Setting,
  shard: PlainShard,
  { call }: Found,
  before: ReadonlyArray<ViewBuildingLabel>,
  writes: ReadonlyArray<Write>,
  answer: CallAnswer
): Firing<ViewBuildingLabel> => {
  const told = answering(setting, shard, [call], () => answer)
  return { labels: [...before, ...told.labels], writes: [...writes, ...told.writes] }
}

const attached = ({ replica }: PlainShard, { call }: Call): ViewBuildingLabel => ({
  _tag: "CallAttached",
  ...replica,
  call,
  batch: batchNumber
})
