/**
 * A replica node with an environment that holds group 0, the coordinator and the source: everything it may be sent, in any order.
 *
 * The node's own rules are the model's. Between two inputs a node is let come to rest, in the model as in an implementation, and
 * what is compared is what it told until then, channel by channel. What runs against what (a session closes under admitted work, a
 * fence rises under a request, a command overlaps another) the environment brings about by stopping the node at a place and
 * sending more, never by two things at once. So from an input to the next rest a node has no choice but one: of an operation that
 * is over and a trigger that could still join it, which comes first. Here the operation ends first, as in ours. A node that lets
 * the trigger join is lawful too, and would be told apart here by a difference that breaks no law.
 */

import { type Cell, register, write } from "../../../../model/kernel/cell.ts"
import { clear, push, remove } from "../../../../model/kernel/channel.ts"
import { type Firing, type Rule, rulesOf, type System } from "../../../../model/kernel/system.ts"
import { type Bounds, small } from "../../../../model/sessions/cluster/bounds.ts"
import { clusterCells, listed } from "../../../../model/sessions/cluster/cells.ts"
import { fallen } from "../../../../model/sessions/cluster/fault-rules.ts"
import { firstRow, rowKey, tabletName } from "../../../../model/sessions/cluster/names.ts"
import { sessionLaws } from "../../../../spec/sessions/laws.ts"
import type { Operation, Row } from "../../../../spec/sessions/messages.ts"
import { type Metadata, NodeId, Position, type Tablet, Term, Version } from "../../../../spec/sessions/metadata.ts"
import { selectors } from "../../../../spec/sessions/selectors.ts"
import type { NodeAsked, NodeLabel, Place } from "./node-messages.ts"
import { nextMetadata } from "./node-orders.ts"
import { ownRules } from "./node-own-rules.ts"

const on = rulesOf<NodeLabel>()
type Firings = ReadonlyArray<Firing<NodeLabel>>

/** The node that is checked: the tablet comes to it from A, and may be taken back. */
export const checkedNode = NodeId.make("B")

export const nodeBounds: Bounds = { ...small, requests: ["write", "read", "write", "read", "delete", "write"] }

/** The same where the node has the tablet from the beginning. */
export const boundsAtHome: Bounds = { ...nodeBounds, replicas: [checkedNode] }

const heldBy: ReadonlyArray<readonly [suffix: RegExp, place: Place]> = [
  [/ applies$/, "applying"],
  [/ admits rows$/, "admitting"],
  [/ writes rows from /, "landing"],
  [/ serves a request$/, "serving"],
  [/ cleans up$/, "cleaning"]
]

/** Where a node is stopped while it has nothing in hand there, it would come to rest all the same. */
const places: ReadonlyArray<Place> = ["applying", "admitting", "landing", "serving", "cleaning"]

export const nodeAlone = (bounds: Bounds = nodeBounds): System<NodeLabel> => {
  const cells = clusterCells(bounds)
  const node = cells.nodes.find(({ name }) => name === checkedNode)!
  const source = cells.nodes.find(({ name }) => name !== checkedNode)!
  const held = register<ReadonlyArray<Place>>("held", [])
  const sent = register("sent", { index: 0, requests: 0 })

  /** A rule that does not fire while its place is stopped. */
  const holdable = (rule: Rule<NodeLabel>): Rule<NodeLabel> => {
    const place = heldBy.find(([suffix]) => suffix.test(rule.name))?.[1]
    if (place === undefined) return rule
    return {
      ...rule,
      reads: [held, ...rule.reads],
      fire: (stopped, ...values) => (Array.isArray(stopped) && stopped.includes(place) ? [] : rule.fire(...values))
    }
  }

  const asks = (input: NodeAsked, ...writes: Firing<NodeLabel>["writes"]): Firing<NodeLabel> => ({
    labels: [{ _tag: "NodeStep", input }],
    writes
  })

  const commits = on(
    "group 0 commits",
    { actor: "group 0", fair: "none", reads: [cells.head, held, node.node] },
    ({ at, metadata }, stopped, now): Firings => {
      // Who waits for one of several entries would go on in the midst of them, and the order would make a difference.
      const isWaiting = now.triggers.length > 0 || now.commands.some(({ version }) => version === null)
      if (isWaiting && stopped.includes("applying")) return []
      const isFree = !stopped.includes("landing")
      const said = nextMetadata(at, metadata).filter(
        (next) => isFree || isUndisturbed(metadata) || !isUndisturbed(next)
      )
      return said.map((next) => {
        const { labels, writes } = asks({ _tag: "Committed", metadata: next }, write(cells.group0, { commit: next }))
        return {
          labels: [
            ...labels,
            { _tag: "Committed", by: { _tag: "Operator" }, at: Position.make(at + 1), metadata: next }
          ],
          writes
        }
      })
    }
  )
  const commands = on(
    "coordinator commands",
    { actor: "coordinator", fair: "none", reads: [sent, node.node] },
    (now, { commands: busy }): Firings =>
      busy.length > 2
        ? []
        : [Math.max(1, now.index), now.index + 1].flatMap((index) => {
            if (busy.some((other) => other.index === index)) return []
            const command = "barrier_and_drain" as const
            return [
              asks(
                { _tag: "Command", index, command },
                write(sent, { ...now, index: Math.max(index, now.index) }),
                push(node.mail, { _tag: "Command", term: Term.make(1), index, command })
              )
            ]
          })
  )
  const triggers = on(
    "coordinator triggers",
    { actor: "coordinator", fair: "none", reads: [node.node, source.mail] },
    ({ running, triggers: waiting }, mail): Firings =>
      running.length + waiting.length > 2 || mail.length > mostFetches
        ? []
        : operations.map((operation) =>
            asks(
              { _tag: "Trigger", operation, tablet: tabletName },
              push(node.mail, {
                _tag: "Trigger",
                term: Term.make(1),
                call: 1,
                operation,
                tablet: tabletName,
                session: null
              })
            )
          )
  )
  const sends = on(
    "source sends rows",
    { actor: "source", fair: "none", reads: [source.mail] },
    (mail): Firings =>
      mail.flatMap((message, position) => {
        if (message._tag !== "Fetch") return []
        const { tablet, session, to, work } = message
        const via = node.shards[0]!.id
        const rows = [firstRow]
        return [
          asks(
            { _tag: "Rows", tablet, session, rows, work },
            remove(source.mail, position),
            push(node.mail, {
              _tag: "Rows",
              tablet,
              session,
              via,
              to: to.shard,
              rows,
              work,
              repair: false,
              owner: checkedNode
            })
          )
        ]
      })
  )
  const requests = on(
    "client asks",
    { actor: "client", fair: "none", reads: [sent, held, cells.head] },
    (now, stopped, { metadata }): Firings => {
      const own = cells.requests[now.requests]
      const [tablet] = metadata.tablets
      // Whoever requests are not routed to is not asked: what was routed before the last barrier has ended.
      if (own === undefined || tablet === undefined || stopped.includes("applying") || stopped.includes("serving"))
        return []
      const row = rowOf(bounds.requests[now.requests]!, now.requests)
      if (!isAskedFor(tablet, row === null ? "reads" : "writes")) return []
      return [metadata.version, Math.max(1, metadata.version - 1), 0].filter(distinct).map((token) => {
        const version = Version.make(token)
        return asks(
          { _tag: "Request", request: own.id, version, tablet: tabletName, row, key: rowKey },
          write(sent, { ...now, requests: now.requests + 1 }),
          push(node.mail, { _tag: "Request", request: own.number, version, tablet: tabletName, row })
        )
      })
    }
  )
  const stops = on(
    "somebody stops",
    { actor: "test", fair: "none", reads: [held, cells.head] },
    (stopped, { metadata }): Firings =>
      places
        .filter((place) => !stopped.includes(place) && (place !== "landing" || !isUndisturbed(metadata)))
        .map((place) => asks({ _tag: "Stop", place }, write(held, [...stopped, place].sort())))
  )
  const goesOn = on(
    "somebody goes on",
    { actor: "test", fair: "none", reads: [held] },
    (stopped): Firings =>
      stopped.map((place) =>
        asks(
          { _tag: "GoOn", place },
          write(
            held,
            stopped.filter((other) => other !== place)
          )
        )
      )
  )
  /**
   * What has come to the node dies with it; what it has asked for is on its way, and comes to the node that takes its place. That
   * one begins with the last entry that it has received, so it had better have applied this one: else it jumps, as it may.
   */
  const restarts = on(
    "somebody restarts it",
    {
      actor: "test",
      fair: "none",
      reads: [node.node, cells.position, ...node.shards.map(({ shard }) => shard)]
    },
    (now, head, ...shards): Firings =>
      shards.every(({ at }) => at === head)
        ? [
            {
              labels: [
                { _tag: "NodeStep", input: { _tag: "Restart" } },
                { _tag: "Restarted", node: checkedNode }
              ],
              writes: [...fallen(cells, node, now, true, shards), clear(node.mail)]
            }
          ]
        : []
  )
  /** Answers are seen as labels, and nobody waits for them. */
  const { answers } = cells.coordinators[0]!
  const hears = on(
    hearing,
    { actor: "coordinator", fair: "weak", reads: [answers] },
    (waiting): Firings => (waiting.length === 0 ? [] : [{ labels: [], writes: [clear(answers)] }])
  )
  const all: ReadonlyArray<Rule<NodeLabel>> = [
    hears,
    ...ownRules(cells, bounds, node).map(holdable),
    commits,
    commands,
    triggers,
    sends,
    requests,
    stops,
    goesOn,
    restarts
  ]
  const extra = [held, sent] as ReadonlyArray<Cell<unknown, unknown>>
  return { name: "node alone", cells: [...listed(cells), ...extra], rules: all, laws: ownLaws, observables: {} }
}

const isAskedFor = ({ replicas, transition }: Tablet, what: "reads" | "writes"): boolean => {
  const selector = transition === null ? "prev" : selectors[transition.stage][what]
  const [old, next] = [replicas, transition?.next ?? []].map((side) => side.some(({ node }) => node === checkedNode))
  return selector === "both" ? old === true || next === true : (selector === "prev" ? old : next) === true
}

/**
 * Whether nobody is held up in writing rows of the tablet. Where it is to be cleaned up a coordinator has waited for them, and whether
 * a cleanup waits for whoever writes all the same is a node's own affair; so it is whether a copy between two shards can be stopped.
 */
const isUndisturbed = ({ tablets }: Metadata): boolean =>
  tablets.some(
    ({ transition }) =>
      transition?.stage === "cleanup" ||
      transition?.stage === "cleanup_target" ||
      transition?.kind === "intranode_migration"
  )

const hearing = "coordinator hears"

/** Fetches that nobody has answered yet. Their operations may be long over. */
const mostFetches = 4

/** S8, S8o and S10 are kept by coordinators, which wait for barriers. Here group 0 says what it likes. */
const keptByOthers: ReadonlySet<string> = new Set(["SES-S8", "SES-S8o", "SES-S10"])
const ownLaws = sessionLaws.filter(({ id }) => !keptByOthers.has(id))

const operations: ReadonlyArray<Operation> = ["stream", "cleanup"]
const distinct = <A>(value: A, at: number, all: ReadonlyArray<A>): boolean => all.indexOf(value) === at

const rowOf = (kind: Bounds["requests"][number], number: number): Row | null =>
  kind === "read" ? null : { key: rowKey, timestamp: number + 2, value: kind === "delete" ? null : `w${number + 2}` }

/** The names of the node's own rules, which an implementation carries out by itself. */
export const ownRuleNames = (): ReadonlySet<string> => {
  const cells = clusterCells(nodeBounds)
  const own = ownRules(cells, nodeBounds, cells.nodes.find(({ name }) => name === checkedNode)!)
  return new Set([hearing, ...own.map(({ name }) => name)])
}
