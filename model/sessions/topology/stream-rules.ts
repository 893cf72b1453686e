/** A node is told to stream: it checks the command, sends rows under the session of the request in hand, and answers. */
import { defaultSession, type SessionId } from "../../../spec/sessions/ids.ts"
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import type { Reason } from "../../../spec/sessions/messages.ts"
import { view, type Write, write } from "../../kernel/cell.ts"
import { push, remove } from "../../kernel/channel.ts"
import { type Firing, type Rule, rulesOf } from "../../kernel/system.ts"
import { workName } from "../cluster/works.ts"
import type { TopologyCells, TopologyNode } from "./cells.ts"
import type { Setting } from "./coordinator-rules.ts"
import { type Current, type Ring, receiversOf, ringOf, sourceOf, streamersOf } from "./global-track.ts"
import { type Caller, isDone, type Streaming } from "./streams.ts"
import type { TopologyVariant } from "./variant.ts"

const on = rulesOf<ClusterLabel>()

type Firings = ReadonlyArray<Firing<ClusterLabel>>

export const streamRules = (setting: Setting, node: TopologyNode): ReadonlyArray<Rule<ClusterLabel>> => [
  accepts(setting, node),
  sends(setting, node),
  ends(setting.cells, node)
]

/** What those who wait are told. */
export const told = (
  cells: TopologyCells,
  { name }: TopologyNode,
  callers: ReadonlyArray<Caller>,
  reason: Reason | null
): ReadonlyArray<Write> =>
  callers.map(({ term, index }) =>
    push(cells.global.find((known) => known.term === term)!.answers, { _tag: "Command", node: name, index, reason })
  )

/** Why a node does not stream, or null. It does what its own group 0 says, for the command says no more than that it is time. */
const refusalOf = (node: TopologyNode, ring: Ring, accepted: Caller, call: Caller, term: number): Reason | null => {
  if (call.term !== term) return "TermChanged"
  if (call.term === accepted.term && call.index <= accepted.index) return "OldCommand"
  const { current } = ring.topology
  const stages = ["write_both_read_old", "rebuilding"]
  return current !== null && stages.includes(current.stage) && streamersOf(ring, current).includes(node.name)
    ? null
    : "WrongStage"
}

/**
 * A command to stream arrives, and its read barrier is over.
 *
 * A stream that already runs for the request is joined. Source: service/storage_service.cc raft_topology_cmd_handler.
 */
const accepts = ({ cells }: Setting, node: TopologyNode): Rule<ClusterLabel> => {
  const applied = view(node.own, "applied", ({ at, loaded, metadata }) => ({ at, loaded, metadata }))
  return on(
    `${node.name} accepts a command to stream`,
    {
      actor: node.name,
      fair: "weak",
      reads: [node.node, node.calls, node.streams, applied, cells.position, cells.term]
    },
    (state, calls, streams, { at, loaded, metadata }, head, term): Firings =>
      !loaded || at < head
        ? []
        : calls.flatMap((call, position) => {
            if (call._tag !== "Stream") return []
            const ring = ringOf(metadata)
            const caller: Caller = { term: call.term, index: call.index }
            const taken = remove(node.calls, position)
            const reason = refusalOf(node, ring, state.accepted, caller, term)
            if (reason !== null) return [{ labels: [], writes: [taken, ...told(cells, node, [caller], reason)] }]
            const { request } = ring.topology.current!
            const joined = streams.find((stream) => stream.request === request)
            const stream: Streaming = joined ?? {
              request,
              session: ring.session,
              awaits: null,
              failed: false,
              callers: []
            }
            const others = streams.filter((other) => other !== joined)
            return [
              {
                labels: [],
                writes: [
                  taken,
                  write(node.node, { ...state, accepted: caller }),
                  write(node.streams, [...others, { ...stream, callers: [...stream.callers, caller] }])
                ]
              }
            ]
          })
  )
}

/** The frozen guard that goes with the rows. */
const permitFor = (
  { leavesUnder, repairsUnder, streamSession }: TopologyVariant,
  { kind, byRepair }: Current,
  { session }: Streaming,
  current: SessionId | null
): SessionId | null => {
  if (kind === "leave" && leavesUnder === "default") return defaultSession
  if (byRepair && repairsUnder === "default") return defaultSession
  return streamSession === "accepted" ? session : current
}

/** The stream comes to its work: rows go out, or are fetched. The end they are taken from holds no guard. */
const sends = ({ cells, variant }: Setting, node: TopologyNode): Rule<ClusterLabel> => {
  const applied = view(node.own, "metadata", ({ metadata }) => metadata)
  return on(
    `${node.name} streams`,
    {
      actor: node.name,
      fair: "weak",
      reads: [node.streams, applied, cells.works, cells.group0, ...cells.nodes.map(({ rows }) => rows)]
    },
    (streams, metadata, named, { log }, ...stored): Firings =>
      streams
        .filter(({ awaits }) => awaits === null)
        .map((stream) => {
          // The plan was made of what group 0 said when the request was taken in hand.
          const began = log.map(ringOf).find(({ topology }) => topology.current?.request === stream.request)!
          const current = began.topology.current!
          const session = permitFor(variant, current, stream, metadata.session)
          const others = streams.filter((other) => other !== stream)
          const source = sourceOf(began, current)
          const rows = stored[cells.nodes.findIndex(({ name }) => name === source)] ?? []
          const to = current.kind === "leave" ? receiversOf(began, current) : [node.name]
          if (session === null || to.length === 0)
            return {
              labels: [],
              writes: [write(node.streams, [...others, { ...stream, awaits: [], failed: session === null }])]
            }
          const works = to.map((_, k) => workName(named + k + 1))
          return {
            labels: works.map((work) => ({ _tag: "WorkSent", by: node.name, request: stream.request, session, work })),
            writes: [
              write(node.streams, [...others, { ...stream, awaits: works }]),
              write(cells.works, named + works.length),
              ...to.map((name, k) =>
                push(cells.nodes.find((other) => other.name === name)!.calls, {
                  _tag: "Rows",
                  work: works[k]!,
                  session,
                  rows,
                  by: node.name
                })
              )
            ]
          }
        })
  )
}

/** All has landed, or something never will: whoever asked is told. */
const ends = (cells: TopologyCells, node: TopologyNode): Rule<ClusterLabel> =>
  on(
    `${node.name} ends a stream`,
    { actor: node.name, fair: "weak", reads: [node.streams] },
    (streams): Firings =>
      streams.filter(isDone).map((stream) => ({
        labels: [],
        writes: [
          write(
            node.streams,
            streams.filter((other) => other !== stream)
          ),
          ...told(cells, node, stream.callers, stream.failed ? "StreamFailed" : null)
        ]
      }))
  )
