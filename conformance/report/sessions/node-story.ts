/** What a replica node that is checked alone is given, and what it tells of itself then. */
import { describeNodeAsked, type NodeAsked } from "../../kit/sessions/cluster/node-messages.ts"
import { message, note, type Occurrence } from "../diagram.ts"
import type { Known } from "./chronicle.ts"
import { clients, coordinator, draw, nodeLane } from "./cluster-pencil.ts"
import { sentence } from "./cluster-words.ts"
import { isRoutine, type Overview, summaryOf } from "./routine.ts"
import { unique } from "./words.ts"

interface Given {
  readonly input: NodeAsked
}

interface Seen {
  readonly labels: ReadonlyArray<Known>
}

const boss = coordinator(1)

/** The node that is checked, and the source of what it fetches. */
const [own, source] = [nodeLane("B"), "A"]

/** The input in words, and each thing that it leads to. What is routine is summed up. */
export const tellNode = (
  { labels }: Seen,
  { input }: Given,
  overview: Overview
): readonly [input: string, outputs: ReadonlyArray<string>] => {
  const [first, ...others] = labels
  if (first?.label._tag === "Committed" || first?.label._tag === "Restarted")
    return [sentence(first.label, first.before), summed(others, overview)]
  return [describeNodeAsked(input), summed(labels, overview)]
}

const summed = (labels: ReadonlyArray<Known>, overview: Overview): ReadonlyArray<string> => {
  const told: Array<string> = []
  let routine: Array<Known> = []
  const share = (): void => {
    if (routine.length > 0) told.push(summaryOf(routine, overview))
    routine = []
  }
  for (const known of labels) {
    if (isRoutine(known)) routine.push(known)
    else {
      share()
      told.push(sentence(known.label, known.before))
    }
  }
  share()
  return unique(told)
}

export const drawNode = ({ labels }: Seen, { input }: Given): ReadonlyArray<Occurrence> => [
  ...drawInput(input),
  ...labels.flatMap(({ label, before }) =>
    label._tag === "OperationBegan" ? [note([own], sentence(label, before))] : draw(label, before)
  )
]

const drawInput = (input: NodeAsked): ReadonlyArray<Occurrence> => {
  switch (input._tag) {
    case "Committed":
    case "Restart":
      // Its label draws it.
      return []
    case "Command":
      return [message(boss, own, `barrier ${input.index}`)]
    case "Trigger":
      return [message(boss, own, `${input.operation} ${input.tablet}`)]
    case "Rows":
      return [message(source, own, `rows of ${input.work}, ${input.session}`)]
    case "Request":
      return [message(clients, own, `${input.request}, version ${input.version}`)]
    case "Stop":
    case "GoOn":
      return [note([own], describeNodeAsked(input))]
  }
}
