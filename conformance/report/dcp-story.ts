/**
 * A story in DCP labels as a sequence diagram.
 *
 * A packet is drawn when it is sent; the network's own steps are not drawn. What a process does with an input shows in
 * what it sends, in what it believes open afterwards, and in its end.
 */

import type { DcpLabel } from "../../spec/dcp/labels.ts"
import type { CallId } from "../../spec/ids.ts"
import { Pencil } from "./dcp-pencil.ts"
import { type Diagram, diagram, type Lane, lanesOf, type Message, type Occurrence } from "./diagram.ts"

/** One step of a story: which rule fired, who acted, and what it looked like from outside. */
export interface DcpStoryStep {
  readonly rule: string
  readonly actor: string
  readonly labels: ReadonlyArray<DcpLabel>
}

export type DcpStory = ReadonlyArray<DcpStoryStep>

const lanes: ReadonlyArray<Lane> = [
  { id: "caller", title: "caller" },
  { id: "manager", title: "manager" },
  { id: "replicator", title: "replicator" },
  { id: "consumer", title: "consumer" },
  { id: "kvConsumer", title: "kv consumer" },
  { id: "producer", title: "producer" },
  { id: "kvProducer", title: "kv producer" }
]

const rarelySeen: ReadonlyArray<string> = ["manager", "replicator"]

/** The story as a diagram. Lanes of processes that only some systems have appear when they act. */
export const dcpDiagram = (title: string, story: DcpStory): Diagram => {
  const labels = story.flatMap(({ labels }) => labels)
  const pencil = new Pencil({
    severalCalls: new Set(labels.flatMap(callsOf)).size > 1,
    isAlone: !labels.some(({ _tag }) => surroundings.has(_tag))
  })
  const steps = story.map(({ labels }) => joined(labels.flatMap((label) => pencil.draw(label))))
  const seen = new Set(steps.flat().flatMap(lanesOf))
  return diagram(
    title,
    lanes.filter(({ id }) => !rarelySeen.includes(id) || seen.has(id)),
    steps
  )
}

/** Labels of those who are around a connection. Where there are none, its inputs are all that is known of them. */
const surroundings: ReadonlySet<string> = new Set(["Called", "KvConsumerStep", "KvProducerStep"])

const callsOf = (label: DcpLabel): ReadonlyArray<CallId> => {
  if (label._tag === "Called") return [label.call]
  return label._tag === "ConsumerStep" && label.input._tag === "Call" ? [label.input.call] : []
}

/** Neighbouring messages of one step that go the same way are one arrow. */
const joined = (occurrences: ReadonlyArray<Occurrence>): ReadonlyArray<Occurrence> => {
  const arrows: Array<Occurrence> = []
  for (const next of occurrences) {
    const last = arrows.at(-1)
    if (last?._tag === "Message" && next._tag === "Message" && sameWay(last, next)) {
      arrows[arrows.length - 1] = { ...last, text: `${last.text}, ${next.text}` }
    } else {
      arrows.push(next)
    }
  }
  return arrows
}

const sameWay = (one: Message, other: Message): boolean =>
  one.from === other.from && one.to === other.to && one.kind === other.kind
