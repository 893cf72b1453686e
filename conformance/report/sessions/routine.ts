/** Which steps of a cluster are routine, and what is said of several at once. */
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import { insideOf, type Known, leftBehind, turning } from "./chronicle.ts"
import { barrierName, sentence } from "./cluster-words.ts"
import { listed, place, unique, verb } from "./words.ts"

/** What happens at every barrier, however it ends. No other label is ever routine. */
export const maybeRoutine = (label: ClusterLabel): boolean => {
  switch (label._tag) {
    case "ShardCommitted":
    case "BarrierBegan":
    case "CommandAccepted":
    case "Forgotten":
      return true
    case "CommandAnswered":
      return label.reason === null
    default:
      return false
  }
}

/** Routine where it is that: no session closes around somebody, and no node is done with somebody inside. */
export const isRoutine = ({ label, before }: Known): boolean => {
  if (!maybeRoutine(label)) return false
  if (label._tag === "CommandAnswered") return leftBehind(before, label.node).length === 0
  if (label._tag !== "ShardCommitted") return true
  const { closes } = turning(before, label)
  return closes.every((session) => insideOf(before, place(label), session).length === 0)
}

/** What one has to know of a whole story to sum up a part of it. */
export interface Overview {
  /** The shards of each node of which it tells. */
  readonly shards: ReadonlyMap<string, ReadonlyArray<string>>
  /** Barriers that were answered, each with the node that did. */
  readonly answered: ReadonlySet<string>
}

export const overviewOf = (labels: ReadonlyArray<ClusterLabel>): Overview => {
  const shards = new Map<string, ReadonlyArray<string>>()
  for (const label of labels)
    if (label._tag === "ShardCommitted")
      shards.set(label.node, unique([...(shards.get(label.node) ?? []), place(label)]))
  return { shards, answered: new Set(withTag(labels, "CommandAnswered").map(answerOf)) }
}

const answerOf = (label: { readonly node: string; readonly term: number; readonly index: number }): string =>
  `${label.node} ${barrierName(label)}`

const withTag = <T extends ClusterLabel["_tag"]>(
  labels: ReadonlyArray<ClusterLabel>,
  tag: T
): ReadonlyArray<Extract<ClusterLabel, { readonly _tag: T }>> => labels.filter((label) => isOf(label, tag))

const isOf = <T extends ClusterLabel["_tag"]>(
  label: ClusterLabel,
  tag: T
): label is Extract<ClusterLabel, { readonly _tag: T }> => label._tag === tag

/** One sentence for routine labels: `A and B go over to position 7 and do barrier 3`. */
export const summaryOf = (knowns: ReadonlyArray<Known>, story: Overview): string => {
  const labels = knowns.map(({ label }) => label)
  const answers = withTag(labels, "CommandAnswered")
  const doers = unique(answers.map(({ node }) => node))
  const doing = answers.length === 0 ? [] : [`${verb(doers, "does", "do")} ${listed(unique(answers.map(barrierName)))}`]
  const turns = turnsIn(labels, story)
  const together = turns.length === 1 && turns.every(({ who }) => listed(who) === listed(doers))
  const parts = [
    ...ofTag(knowns, "BarrierBegan"),
    ...turns.map(({ who, at }) =>
      [`${listed(who)} ${verb(who, "goes", "go")} over to position ${at}`, ...(together ? doing : [])].join(" and ")
    ),
    ...(together ? [] : doing.map((does) => `${listed(doers)} ${does}`)),
    ...sessionsIn(knowns),
    ...unique(withTag(labels, "Forgotten").map(({ session }) => `${session} is forgotten`)),
    // Whoever accepts a barrier and never answers is worth a word.
    ...ofTag(
      knowns.filter(({ label }) => label._tag !== "CommandAccepted" || !story.answered.has(answerOf(label))),
      "CommandAccepted"
    )
  ]
  return (parts.length > 0 ? parts : ofTag(knowns, "CommandAccepted")).join("; ")
}

/** The sentences of labels of one kind. */
const ofTag = (knowns: ReadonlyArray<Known>, tag: ClusterLabel["_tag"]): ReadonlyArray<string> =>
  knowns.filter(({ label }) => label._tag === tag).map(({ label, before }) => sentence(label, before))

interface Turns {
  readonly at: number
  readonly who: ReadonlyArray<string>
}

/** Who ends up at which position: a node by its name where all of its shards do. */
const turnsIn = (labels: ReadonlyArray<ClusterLabel>, { shards }: Overview): ReadonlyArray<Turns> => {
  const last = new Map(withTag(labels, "ShardCommitted").map((turn) => [place(turn), turn]))
  return unique([...last.values()].map(({ at }) => at)).map((at) => {
    const there = [...last].filter(([, turn]) => turn.at === at)
    const here = there.map(([name]) => name)
    const all = (node: string): boolean => shards.get(node)?.every((shard) => here.includes(shard)) ?? false
    return { at, who: unique(there.map(([name, { node }]) => (all(node) ? node : name))) }
  })
}

const sessionsIn = (knowns: ReadonlyArray<Known>): ReadonlyArray<string> => {
  const turned = knowns.flatMap(({ label, before }) =>
    label._tag === "ShardCommitted" ? [turning(before, label)] : []
  )
  return [
    ...unique(turned.flatMap(({ opens }) => opens)).map((session) => `${session} opens`),
    ...unique(turned.flatMap(({ closes }) => closes)).map((session) => `${session} closes`)
  ]
}
