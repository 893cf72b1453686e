/** Steps in which something goes wrong, is held up, or gets well again. */
import type { NodeId } from "../../../../spec/sessions/metadata.ts"
import type { ClusterRun } from "./cluster-run.ts"
import { deedKind, type Kind } from "./kind.ts"

/** Places where somebody may be stopped, those of receivers first and again, and others where he may be made to fail (dossier, section 5). */
const receiving = ["stream_mutation_fragments", "stream_consumer_wait"]
const stops = [
  ...receiving,
  ...receiving,
  "migration_streaming_wait",
  "stream_tablet_wait",
  "replica_write_wait",
  "replica_read_wait",
  "cleanup_tablet_wait",
  "pause_before_barrier_and_drain",
  "truncate_table_wait"
]
const failures = [
  "stream_tablet_fail",
  "rebuild_repair_stage_fail",
  "raft_topology_barrier_and_drain_fail",
  "raft_topology_barrier_and_drain_fail_before",
  "cleanup_tablet_crash",
  "repair_row_level_stop_skip_cleanup",
  "handle_tablet_migration_repair_random_session",
  "truncate_crash_after_session_clear"
]

const everywhere = (run: ClusterRun, places: ReadonlyArray<string>) =>
  run.up.flatMap((node) => places.map((place) => ({ node, place })))

const nodes = (rule: string, weight: number, tag: NodeTag, among: (run: ClusterRun) => ReadonlyArray<NodeId>): Kind =>
  deedKind(rule, weight, among, (node) => ({ _tag: tag, node }))

type NodeTag = "Crash" | "Boot" | "Elect" | "CutOff" | "Heal" | "Lag" | "CatchUp" | "Skip"

export const faultKinds: ReadonlyArray<Kind> = [
  deedKind(
    "time passes",
    10,
    () => [500, 1000],
    (milliseconds) => ({ _tag: "PassTime", milliseconds })
  ),
  deedKind(
    "a connection breaks",
    3,
    ({ up }) => up.flatMap((from, at) => up.slice(at + 1).map((to) => ({ from, to }))),
    ({ from, to }) => ({ _tag: "BreakConnection", from, to })
  ),
  nodes("a node crashes", 2, "Crash", ({ up }) => (up.length < 2 ? [] : up)),
  nodes("a node comes back", 3, "Boot", ({ down, metadata }) =>
    [...down].filter((node) => !metadata.ignored.includes(node))
  ),
  nodes("a leader is elected", 2, "Elect", ({ up, cutOff }) => up.filter((node) => !cutOff.has(node))),
  deedKind(
    "operator declares a node dead",
    1,
    ({ down, up, cutOff, metadata }) =>
      metadata.ignored.length > 0
        ? []
        : up
            .filter((node) => !cutOff.has(node))
            .slice(0, 1)
            .flatMap((at) => [...down].map((node) => ({ at, node }))),
    ({ at, node }) => ({ _tag: "Order", at, order: { _tag: "Exclude", node } })
  ),
  nodes("a node is cut off from group 0", 1, "CutOff", ({ up, cutOff }) => up.filter((node) => !cutOff.has(node))),
  nodes("a node hears of group 0 again", 2, "Heal", ({ cutOff }) => [...cutOff]),
  nodes("a node lags behind group 0", 2, "Lag", ({ up, lagging }) => up.filter((node) => !lagging.has(node))),
  nodes("a node catches up with group 0", 3, "CatchUp", ({ lagging }) => [...lagging]),
  nodes("a node gets a snapshot", 1, "Skip", ({ up }) => up),
  deedKind(
    "somebody will stop",
    6,
    (run) => everywhere(run, stops),
    ({ node, place }) => ({ _tag: "Pause", node, place })
  ),
  deedKind(
    "whoever stopped goes on",
    4,
    ({ paused }) => [...paused.values()].map(([node, place]) => ({ node, place })),
    ({ node, place }) => ({ _tag: "Resume", node, place })
  ),
  deedKind(
    "somebody will fail",
    4,
    (run) => everywhere(run, failures),
    ({ node, place }) => ({ _tag: "Fail", node, place })
  ),
  deedKind(
    "coordinator will roll back",
    1,
    ({ leader, up }) => up.filter((node) => node === leader),
    (node) => ({ _tag: "FailAlways", node, place: "stream_tablet_move_to_cleanup" })
  )
]
