/** Draws a cluster's labels as occurrences between its lanes. */
import { ClusterLabel } from "../../../spec/sessions/labels.ts"
import type { Committer } from "../../../spec/sessions/messages.ts"
import { death, message, note, type Occurrence } from "../diagram.ts"
import type { Chronicle } from "./chronicle.ts"
import { barrierName, sentence, stillInside, turned } from "./cluster-words.ts"
import { changes } from "./commit-words.ts"
import { place, rowsInWords } from "./words.ts"

export const groupZero = "group 0"
export const clients = "clients"
export const operator = "operator"

export const coordinator = (term: number): string => `coordinator ${term}`

/** What a node does as a whole is done by its first shard: commands, triggers and operations. */
export const nodeLane = (node: string): string => `${node}.0`

export const isCoordinator = (name: string): boolean => name.startsWith("coordinator ")

/** The lane of one who is known by name alone. */
const endLane = (name: string): string => (isCoordinator(name) ? name : nodeLane(name))

const committer = (by: Committer): string => (by._tag === "Operator" ? operator : coordinator(by.term))

/** One label, in the light of what was known before it. */
export const draw = (label: ClusterLabel, before: Chronicle): ReadonlyArray<Occurrence> => {
  const beside = (lane: string): ReadonlyArray<Occurrence> => [note([lane], sentence(label, before))]
  const here = (at: Parameters<typeof place>[0]): ReadonlyArray<Occurrence> => beside(place(at))
  const boss = coordinator(before.term)
  return ClusterLabel.match(label, {
    Committed: ({ by, at, metadata }) => [
      message(committer(by), groupZero, `position ${at}`),
      note([groupZero], changes(before.metadata, metadata).join(", "))
    ],
    CommitRefused: ({ by, expected, head }) => [
      message(committer(by), groupZero, `after ${expected}: refused, it is at ${head}`, "lost")
    ],
    Elected: ({ node }) => beside(nodeLane(node)),
    ShardCommitted: (turn) => [
      message(groupZero, place(turn), `position ${turn.at}`, "dashed"),
      ...turned(turn, before).map((what) => note([place(turn)], what))
    ],
    BarrierBegan: ({ term, targets, ...command }) =>
      targets.map((node) => message(coordinator(term), nodeLane(node), barrierName({ term, ...command }))),
    CommandAccepted: ({ node }) => beside(nodeLane(node)),
    CommandAnswered: ({ node, term, reason, ...command }) => [
      ...stillInside(before, node).map((left) => note([nodeLane(node)], left)),
      message(nodeLane(node), coordinator(term), `${barrierName({ term, ...command })}: ${reason ?? "done"}`)
    ],
    BarrierEnded: ({ term }) => beside(coordinator(term)),
    Entered: (into) => {
      const from = before.inside.find(({ work, node }) => work === into.work && node === into.node)
      const hop =
        from === undefined || place(from) === place(into)
          ? []
          : [message(place(from), place(into), `rows of ${into.work}`)]
      return [...hop, note([place(into)], `${into.work} enters ${into.session}`)]
    },
    TurnedAway: here,
    Left: here,
    WorkSent: ({ by }) => beside(endLane(by)),
    Forgotten: here,
    OperationBegan: ({ node, operation, tablet, session }) => [
      message(boss, nodeLane(node), `${operation} ${tablet}${session === null ? "" : `, ${session}`}`)
    ],
    OperationEnded: ({ node, operation, reason }) => [
      message(nodeLane(node), boss, `${operation}: ${reason ?? "done"}`)
    ],
    TriggerRefused: ({ node, operation, reason }) => [message(nodeLane(node), boss, `${operation} refused: ${reason}`)],
    Landed: (on) => [note([place(on)], `${on.work} lands: ${rowsInWords(on.rows)}`)],
    Cleaned: here,
    Truncated: here,
    Snapshotted: here,
    Purged: here,
    RequestBegan: ({ request, node, targets }) => [
      message(clients, nodeLane(node), request),
      ...beside(nodeLane(node)),
      ...targets.filter((target) => target !== node).map((target) => message(nodeLane(node), nodeLane(target), request))
    ],
    Served: here,
    RequestEnded: ({ request, ok }) => {
      const node = before.requests.get(request)
      return node === undefined
        ? beside(clients)
        : [message(nodeLane(node), clients, `${request} ${ok ? "succeeds" : "fails"}`)]
    },
    Restarted: ({ node }) => beside(nodeLane(node)),
    Stopped: ({ node }) => [death(nodeLane(node), "stops")],
    ConnectionBroke: ({ from, to }) =>
      isCoordinator(from) ? [message(from, endLane(to), "the connection breaks", "lost")] : beside(endLane(to))
  })
}
