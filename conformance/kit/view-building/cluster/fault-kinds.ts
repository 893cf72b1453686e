/** Steps in which something goes wrong, is held up, or gets well again. */
import type { NodeId } from "../../../../spec/metadata.ts"
import type { ClusterRun } from "./cluster-run.ts"
import { deedKind, type Kind } from "./kind.ts"

/** Places where somebody may be stopped, and where he may be made to fail (dossier, 3.7). */
const stops = [
  "view_building_worker_pause_build_range_task",
  "view_building_worker_pause_after_flush_before_recording_flushed_views",
  "view_building_worker_pause_state_observer",
  "view_building_worker_pause_before_starting_staging_registrator",
  "view_update_generator_pause_before_processing",
  "view_building_coordinator_pause_main_loop",
  "view_building_coordinator_wait_before_await_event",
  "stream_tablet_wait",
  "cleanup_tablet_wait",
  "handle_tablet_migration_end_migration"
]
const failures = [
  "do_build_range_fail",
  "view_building_failure",
  "view_update_generator_consume_staging_sstable",
  "stream_tablet_fail",
  "stream_tablet_move_to_cleanup"
]

const everywhere = ({ up }: ClusterRun, places: ReadonlyArray<string>) =>
  up.flatMap((node) => places.map((place) => ({ node, place })))

type NodeTag = "Crash" | "Boot" | "Elect" | "Tell" | "CutOff" | "Heal" | "Lag" | "CatchUp" | "Skip"

const nodes = (rule: string, weight: number, tag: NodeTag, among: (run: ClusterRun) => ReadonlyArray<NodeId>): Kind =>
  deedKind(rule, weight, among, (node) => ({ _tag: tag, node }))

/** Nodes that hear of group 0. */
const connected = ({ up, cutOff }: ClusterRun): ReadonlyArray<NodeId> => up.filter((node) => !cutOff.has(node))

export const faultKinds: ReadonlyArray<Kind> = [
  deedKind(
    "time passes",
    12,
    () => [100, 200, 1000],
    (milliseconds) => ({ _tag: "PassTime", milliseconds })
  ),
  deedKind(
    "a connection breaks",
    3,
    ({ up, isDataQuiet }) =>
      isDataQuiet ? up.flatMap((from, at) => up.slice(at + 1).map((to) => ({ from, to }))) : [],
    ({ from, to }) => ({ _tag: "BreakConnection", from, to })
  ),
  nodes("a node crashes", 2, "Crash", ({ up, down, isDataQuiet }) => (isDataQuiet && down.size === 0 ? up : [])),
  nodes("a node comes back", 4, "Boot", ({ down }) => [...down]),
  deedKind(
    "a node is taken for down",
    2,
    ({ setup, convicted }) => setup.nodes.filter((node) => !convicted.has(node)),
    (node) => ({ _tag: "Mark", node, alive: false })
  ),
  deedKind(
    "a node is taken for up",
    4,
    ({ convicted }) => [...convicted],
    (node) => ({ _tag: "Mark", node, alive: true })
  ),
  nodes("a leader is elected", 3, "Elect", connected),
  deedKind(
    "another leads, and the old leader does not know",
    2,
    (run) => (connected(run).includes(run.leader) ? connected(run).filter((node) => node !== run.leader) : []),
    (node, { leader }) => ({ _tag: "Depose", node, old: leader })
  ),
  nodes("an old leader is told", 3, "Tell", ({ untold }) => [...untold]),
  nodes("a node is cut off from group 0", 1, "CutOff", (run) => (run.cutOff.size === 0 ? run.up : [])),
  nodes("a node hears of group 0 again", 3, "Heal", ({ cutOff }) => [...cutOff]),
  nodes("a node lags behind group 0", 2, "Lag", ({ up, lagging }) => up.filter((node) => !lagging.has(node))),
  nodes("a node catches up with group 0", 4, "CatchUp", ({ lagging }) => [...lagging]),
  nodes("a node gets a snapshot", 1, "Skip", ({ up }) => up),
  deedKind(
    "somebody will stop",
    5,
    (run) => everywhere(run, stops),
    ({ node, place }) => ({ _tag: "Pause", node, place })
  ),
  deedKind(
    "whoever stopped goes on",
    5,
    ({ paused }) => [...paused.values()].map(([node, place]) => ({ node, place })),
    ({ node, place }) => ({ _tag: "Resume", node, place })
  ),
  deedKind(
    "somebody will fail",
    4,
    (run) => everywhere(run, failures),
    ({ node, place }) => ({ _tag: "Fail", node, place })
  )
]
