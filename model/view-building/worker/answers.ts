/** How a call ends. */
import type { CallId, TaskId } from "../../../spec/view-building/ids.ts"
import type { CallAnswer, Reason } from "../../../spec/view-building/messages.ts"
import { callNamed, type Doing } from "./state.ts"

const answering = ({ shard, seen }: Doing, call: CallId, answer: CallAnswer): Doing => ({
  shard: { ...shard, calls: shard.calls.filter((one) => one.call !== call) },
  seen: [...seen, { _tag: "CallAnswered", node: shard.node, shard: shard.shard, call, answer }]
})

export const refusing = (doing: Doing, call: CallId, reason: Reason): Doing =>
  answering(doing, call, { _tag: "Refused", reason })

/** Those of the tasks that a call asks for which this shard has done. */
export const doneOf = ({ shard }: Doing, call: CallId): ReadonlyArray<TaskId> =>
  (callNamed(shard, call)?.tasks ?? []).filter((id) => shard.completed.includes(id))

/** W8: a call is told what is done of its tasks, which may be nothing. */
export const replying = (doing: Doing, call: CallId): Doing =>
  answering(doing, call, { _tag: "Done", tasks: doneOf(doing, call) })
