/** Steps in which something goes wrong, is held up, or gets well again. */
import { NodeId } from "../../../../spec/metadata.ts"
import { kindOf } from "../../cluster/kind.ts"
import type { ClusterRun } from "./cluster-run.ts"
import { failures, lostKinds, places } from "./faults.ts"
import { deedKind, type Kind } from "./kind.ts"

/** Where whoever leads the groups is found. */
const leader = NodeId.make("group0")

const pairs = ({ members }: ClusterRun) =>
  members.flatMap((node, at) => members.slice(at + 1).map((other) => ({ node, other })))

export const faultKinds: ReadonlyArray<Kind> = [
  deedKind(
    "a node is killed",
    4,
    ({ up }) => up,
    (node) => ({ _tag: "Crash", node })
  ),
  kindOf(
    "a node is told to stop",
    2,
    ({ up }: ClusterRun) => up,
    (run, node) => run.stop(node)
  ),
  deedKind(
    "a node comes back",
    8,
    ({ members, down }) => members.filter((node) => down.has(node)),
    (node) => ({ _tag: "Boot", node })
  ),
  deedKind(
    "a node is restarted",
    4,
    ({ up }) => up,
    (node) => ({ _tag: "Restart", node })
  ),
  deedKind(
    "two nodes are separated",
    2,
    (run) => pairs(run).filter(({ node, other }) => !run.apart.has(`${node} ${other}`)),
    ({ node, other }) => ({ _tag: "Separate", node, other })
  ),
  deedKind(
    "two nodes are reunited",
    4,
    ({ apart }) => [...apart.values()].map(([node, other]) => ({ node, other })),
    ({ node, other }) => ({ _tag: "Reunite", node, other })
  ),
  deedKind(
    "all of a kind are lost",
    3,
    ({ members }) => lostKinds.flatMap((kind) => [...members, leader].map((to) => ({ kind, to }))),
    ({ kind, to }) => ({ _tag: "LoseAll", kind, to })
  ),
  deedKind(
    "none of a kind are lost any more",
    4,
    ({ losing }) => [...losing.values()].map(([kind, to]) => ({ kind, to })),
    ({ kind, to }) => ({ _tag: "LoseNone", kind, to })
  ),
  deedKind(
    "a node will stop at a place",
    8,
    ({ members }) => members.flatMap((node) => places.map((place) => ({ node, place }))),
    ({ node, place }) => ({ _tag: "Pause", node, place })
  ),
  deedKind(
    "a node that stopped goes on",
    8,
    ({ paused }) => [...paused.values()].map(([node, place]) => ({ node, place })),
    ({ node, place }) => ({ _tag: "Resume", node, place })
  ),
  deedKind(
    "an upgrade will fail",
    1,
    ({ up }) => up.flatMap((node) => failures.map((place) => ({ node, place }))),
    ({ node, place }) => ({ _tag: "Fail", node, place })
  )
]
