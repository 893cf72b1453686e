/** Labels of view building for the tests of this folder. */
import { Schema } from "effect"
import { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { Change } from "../../../spec/view-building/messages.ts"

const decode = Schema.decodeUnknownSync(ViewBuildingLabel)
const label = (_tag: ViewBuildingLabel["_tag"], fields: object): ViewBuildingLabel => decode({ _tag, ...fields })

const here = { node: "A", shard: 1 }
const coordinator = { _tag: "Coordinator", term: 2 }
const unrelated = { _tag: "Unrelated" }
const row = { key: "k", timestamp: 2, value: null }
const baseRow = { key: "k", timestamp: 1, value: "x", token: 3 }
const done = { _tag: "Done", tasks: [1, 2] }
const state = { tasks: [], minTask: null, processing: null, statuses: [], tables: [], nodes: ["A"], normal: ["A"] }

/** One label of each kind, and more where there are several ways to say it. */
export const everyLabel: ReadonlyArray<ViewBuildingLabel> = [
  label("Elected", { term: 2, node: "A" }),
  label("CoordinatorStopped", { term: 1 }),
  label("GuardTaken", { by: { _tag: "Worker", node: "A" }, at: 3 }),
  label("Committed", { by: coordinator, at: 4, change: { _tag: "CollectTasks", tasks: [1] }, state }),
  label("CommitRefused", { by: coordinator, change: unrelated, expected: 3, head: 4 }),
  label("CommitFailed", { by: { _tag: "Operator" }, change: unrelated }),
  label("Applied", { node: "A", at: 4 }),
  label("ApplyFailed", { node: "A", at: 4 }),
  label("HostMarked", { by: "A", node: "B", alive: false }),
  label("CallSent", { term: 2, call: 1, ...here, tasks: [1, 2] }),
  label("CallEnded", { term: 2, call: 1, answer: { _tag: "Refused", reason: "Disconnected" } }),
  label("CallArrived", { ...here, call: 1, term: 2, tasks: [1] }),
  label("BarrierEnded", { ...here, call: 1, at: 4, term: 2 }),
  label("CallAttached", { ...here, call: 1, batch: 1 }),
  label("CallAnswered", { ...here, call: 1, answer: done }),
  label("BatchBegan", { ...here, batch: 1, call: 1, type: "build_range", base: "t", lastToken: 4, tasks: [1, 2] }),
  label("TasksDropped", { ...here, batch: 1, tasks: [2] }),
  label("AttemptBegan", {
    ...here,
    batch: 1,
    on: 0,
    tasks: [1],
    after: null,
    lastToken: 4,
    sstables: ["s"],
    rows: [baseRow]
  }),
  label("ViewWritten", { ...here, batch: 1, view: "v", rows: [row] }),
  label("AttemptEnded", { ...here, batch: 1, ok: false }),
  label("BatchEnded", { ...here, batch: 1, how: "aborted" }),
  label("FlushBegan", { ...here, base: "t" }),
  label("FlushEnded", { ...here, base: "t", views: ["v"] }),
  label("ArrivalBegan", { ...here, arrival: "w1", base: "t", rows: [baseRow], views: [], to: "staging" }),
  label("ArrivalEnded", { ...here, arrival: "w1", sstable: "s" }),
  label("Truncated", { base: "t" }),
  label("TabletCleaned", { ...here, base: "t", after: null, lastToken: 4 }),
  label("StagingQueued", { ...here, sstable: "s", lastToken: 4 }),
  label("StagingListed", { ...here, sstable: "s", task: 1 }),
  label("SstableProcessed", { ...here, sstable: "s" }),
  label("SstableReplaced", { ...here, sstable: "s", by: "s2" }),
  label("Discovered", { node: "A" }),
  label("BuiltViewsWritten", { node: "A", views: [] }),
  label("Drained", { node: "A" }),
  label("Stopped", { node: "A" }),
  label("Restarted", { node: "A" }),
  label("Elapsed", { ms: 200 })
]

const change = Schema.decodeUnknownSync(Change)

/** One change of each kind. */
export const everyChange: ReadonlyArray<Change> = [
  { _tag: "Fence" },
  { _tag: "PickBase", base: "t" },
  { _tag: "UpdateStatuses", base: "t", built: ["v"], over: true },
  { _tag: "UpdateStatuses", base: "t", built: [], over: false },
  { _tag: "CollectTasks", tasks: [1, 2] },
  { _tag: "StartTasks", tasks: [1] },
  { _tag: "FinishTasks", tasks: [] },
  { _tag: "RegisterStaging", tasks: [], sstables: [{ sstable: "s", task: 3 }] },
  { _tag: "CreateTable", base: "t" },
  { _tag: "CreateView", base: "t", view: "v", empty: true },
  { _tag: "DropView", view: "v" },
  { _tag: "DropTable", base: "t" },
  { _tag: "DropKeyspace", bases: ["t", "u"] },
  { _tag: "MoveTablet", base: "t", lastToken: 4, from: null, to: "write_both_read_old" },
  { _tag: "MoveTablet", base: "t", lastToken: 4, from: "end_migration", to: null },
  { _tag: "Resize", base: "t", how: "split" },
  { _tag: "JoinNode", node: "B" },
  { _tag: "DrainNode", node: "B" },
  { _tag: "LeaveNode", node: "B" },
  { _tag: "EnableFeature", feature: "VIEW_BUILDING_COORDINATOR" },
  { _tag: "Unrelated" }
].map((told) => change(told))
