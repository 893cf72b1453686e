/** Commands on their way: who was asked, who accepted, who has yet to do it. */
import type { Memory } from "../../law.ts"
import type { ClusterLabel } from "../labels.ts"
import type { CommandIndex } from "../messages.ts"
import type { NodeId, Position, Term } from "../metadata.ts"
import { goingOf } from "./fences.ts"
import { afterIgnored, fallenNode } from "./places.ts"

export interface GoingBarrier {
  readonly term: Term
  readonly index: CommandIndex
  /** What group 0 had said last when it began; null where nobody knows. */
  readonly began: Position | null
  /** Targets that have not done it: accepted it after a read barrier of their own, and answered that it is done. */
  readonly waiting: ReadonlyArray<NodeId>
  /** Nodes that counted when it began and were not asked. */
  readonly missed: ReadonlyArray<NodeId>
}

export interface Accepted {
  readonly node: NodeId
  readonly term: Term
  readonly index: CommandIndex
}

/** A command that a node accepted and has not answered. */
export interface Busy extends Accepted {
  readonly at: Position
}

export interface Barriers {
  readonly at: Position | null
  readonly nodes: ReadonlyArray<NodeId>
  readonly ignored: ReadonlyArray<NodeId>
  /** The greatest term that anybody was elected in, or acted in. */
  readonly term: Term | null
  /** The greatest term that has committed, and its first commit. */
  readonly leader: { readonly term: Term; readonly since: Position } | null
  readonly going: ReadonlyArray<GoingBarrier>
  /** The last command of each node. */
  readonly accepted: ReadonlyArray<Accepted>
  readonly busy: ReadonlyArray<Busy>
}

export const barriers: Memory<Barriers, ClusterLabel> = {
  name: "barriers",
  init: { at: null, nodes: [], ignored: [], term: null, leader: null, going: [], accepted: [], busy: [] },
  on: (before, label) => {
    const fallen = fallenNode(label)
    if (fallen !== undefined)
      return { ...before, accepted: notOf(fallen, before.accepted), busy: notOf(fallen, before.busy) }
    switch (label._tag) {
      case "Elected":
        return { ...before, term: later(before.term, label.term) }
      case "Committed":
        return committed(before, label)
      case "BarrierBegan":
        return begun(before, label)
      case "CommandAccepted":
        return accepted(before, label)
      case "CommandAnswered":
        return answered(before, label)
      case "BarrierEnded": {
        const over = goingOf(before.going, label)
        return { ...before, going: before.going.filter((other) => other !== over) }
      }
      default:
        return before
    }
  }
}

type Labelled<Tag extends ClusterLabel["_tag"]> = Extract<ClusterLabel, { _tag: Tag }>

const notOf = <A extends Accepted>(node: NodeId, all: ReadonlyArray<A>): ReadonlyArray<A> =>
  all.filter((other) => other.node !== node)

const later = (one: Term | null, other: Term): Term => (one === null || other > one ? other : one)

const committed = (before: Barriers, label: Labelled<"Committed">): Barriers => {
  const { by, at, metadata } = label
  const now = { ...before, at, nodes: metadata.nodes, ignored: afterIgnored(before.ignored, label) }
  if (by._tag === "Operator") return now
  const first = before.leader === null || by.term > before.leader.term
  return { ...now, term: later(before.term, by.term), leader: first ? { term: by.term, since: at } : before.leader }
}

const begun = (before: Barriers, { term, index, targets }: Labelled<"BarrierBegan">): Barriers => {
  const missed = before.nodes.filter((node) => !before.ignored.includes(node) && !targets.includes(node))
  const going: GoingBarrier = { term, index, began: before.at, waiting: [...targets].sort(), missed }
  return { ...before, term: later(before.term, term), going: [...before.going, going] }
}

const accepted = (before: Barriers, { node, term, index, at }: Labelled<"CommandAccepted">): Barriers => {
  const last = before.accepted.find((known) => known.node === node)
  const counts = last === undefined || term > last.term || (term === last.term && index > last.index)
  const rest = before.accepted.filter((known) => known !== last)
  return {
    ...before,
    accepted: counts ? byNode([...rest, { node, term, index }]) : before.accepted,
    busy: byNode([...before.busy, { node, term, index, at }])
  }
}

/** Only an answer to a command that was accepted in time makes its node one that has done it. */
const answered = (before: Barriers, { node, term, index, reason }: Labelled<"CommandAnswered">): Barriers => {
  // Refused before it was accepted: a copy that came twice does not end the one that goes on.
  if (reason === "OldCommand" || reason === "TermChanged") return before
  const done = before.busy.find((busy) => busy.node === node && busy.term === term && busy.index === index)
  const busy = before.busy.filter((other) => other !== done)
  if (done === undefined || reason !== null) return { ...before, busy }
  const barrier = goingOf(before.going, done)
  const going = before.going.map((other) =>
    other === barrier && (barrier.began === null || done.at >= barrier.began)
      ? { ...other, waiting: other.waiting.filter((target) => target !== node) }
      : other
  )
  return { ...before, busy, going }
}

const byNode = <A extends Accepted>(all: ReadonlyArray<A>): ReadonlyArray<A> =>
  [...all].sort((one, other) =>
    one.node === other.node ? one.term - other.term || one.index - other.index : one.node < other.node ? -1 : 1
  )
