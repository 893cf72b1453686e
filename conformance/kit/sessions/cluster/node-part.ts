/**
 * A replica node as a part: a step is a burst of one thing that it is sent and of all that it does until it rests.
 *
 * Left out, because our nodes go other ways there than the model, and the laws judge both: repairs and restores, whose RPCs are
 * cut otherwise. A copy between two shards of a node ours makes inside the session, the model outside of it, and either will do.
 */
import type { Row } from "../../../../spec/sessions/messages.ts"
import { channelsThatDiffer, type OnChannel } from "../../channels.ts"
import type { Part } from "../../part.ts"
import { type Adapter, isDied, isStrange, type Seen } from "../../role-under-test.ts"
import { checkedNode, ownRuleNames } from "./node-alone.ts"
import {
  describeNodeAsked,
  describeNodeTold,
  type NodeAsked,
  type NodeLabel,
  type NodeStep,
  type NodeTold
} from "./node-messages.ts"

export type NodeAdapter = Adapter<NodeAsked, NodeTold, never> & { readonly role: "sessions/replica-node" }

export const nodePart: Part<NodeLabel, NodeAsked, NodeTold, never> = {
  protocol: "sessions",
  role: "sessions/replica-node",
  internal: ownRuleNames(),
  weights: {
    "group 0 commits": 12,
    "somebody stops": 3,
    "somebody goes on": 5,
    "client asks": 3,
    "somebody restarts it": 1
  },
  renumbered: new Set(["work", "index", "request"]),
  play: (labels) => ({
    input: labels.find(isAsked)?.input,
    due: labels.filter(isTold),
    shown: undefined,
    begins: false,
    ends: false
  }),
  differs: (due, seen) => channelsThatDiffer(due, { ...seen, outputs: withoutCopies(due.due, seen.outputs) }, placeOf),
  actual: (burst, seen) =>
    burst.map((labels, at) =>
      at === 0 ? [...labels.filter((label) => !isTold(label)), ...seen.outputs.flatMap(inWords)] : []
    ),
  choice: (labels) => labels.find(isAsked)?.input ?? null,
  simpler: () => [],
  tellInput: describeNodeAsked,
  tellDue: ({ due }) => due.map(describeNodeTold),
  tellOutput: (output) => {
    if (isDied(output)) return "dead"
    return isStrange(output) ? `${output.channel}: ${output.what}` : describeNodeTold(output)
  },
  tellShown: () => "shows nothing"
}

const isAsked = (label: NodeLabel): label is NodeStep => label._tag === "NodeStep"
/** That it was restarted is told by whoever did it. */
const isTold = (label: NodeLabel): label is NodeTold =>
  "node" in label && label.node === checkedNode && label._tag !== "Restarted"

/** Of each key the row that wins. */
const newest = (rows: ReadonlyArray<Row>): ReadonlyArray<Row> =>
  rows.filter((row) => !rows.some(({ key, timestamp }) => key === row.key && timestamp > row.timestamp))

/** Whoever copies rows between two shards may do so inside the session or outside of it: who comes and goes for a copy is not looked at. */
const withoutCopies = (
  due: ReadonlyArray<NodeTold>,
  outputs: ReadonlyArray<Seen<NodeTold>>
): ReadonlyArray<Seen<NodeTold>> => {
  const worksOf = (tag: NodeTold["_tag"]) =>
    due.flatMap((label) => (label._tag === tag && "work" in label ? [label.work] : []))
  const leaving = worksOf("Left")
  const copies = worksOf("Landed").filter((work) => !leaving.includes(work))
  const isComing = (label: NodeTold): boolean =>
    (label._tag === "Entered" || label._tag === "Left") && copies.includes(label.work)
  return outputs.filter((output) => isDied(output) || isStrange(output) || !isComing(output))
}

const inWords = (output: Seen<NodeTold>): ReadonlyArray<NodeTold> =>
  isDied(output) || isStrange(output) ? [] : [output]

/** Shards go their own ways, and so do commands, operations and requests; each by itself is in order. */
const placeOf = (label: NodeTold): OnChannel => {
  switch (label._tag) {
    case "CommandAccepted":
    case "CommandAnswered":
      return { channel: `command ${label.index}`, items: [label] }
    case "OperationBegan":
    case "OperationEnded":
    case "TriggerRefused":
      return { channel: "operations", items: [label] }
    case "Served":
      // Which shard refuses a request that is too old, nobody says.
      return { channel: "requests", items: [{ ...label, shard: null }] }
    case "Forgotten":
      // One drain forgets sessions in the order in which it met them closing, and any order will do.
      return { channel: `${label.session} on shard ${label.shard}`, items: [label] }
    case "ShardCommitted":
      return { channel: `shard ${label.shard}`, items: [label] }
    case "Landed":
      // Whether what a newer row covers is kept, and copied with it, nobody says.
      return { channel: `${label.work} on shard ${label.shard}`, items: [{ ...label, rows: newest(label.rows) }] }
    case "Entered":
    case "TurnedAway":
    case "Left":
      return { channel: `${label.work} on shard ${label.shard}`, items: [label] }
    default:
      return { channel: "others", items: [label] }
  }
}
