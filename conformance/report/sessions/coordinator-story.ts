/** What a coordinator that is checked alone is given, and what it does then. */
import {
  type CommitFate,
  type CoordinatorAsked,
  type CoordinatorSaid,
  describeAsked,
  describeFate,
  describeSaid
} from "../../kit/sessions/cluster/coordinator-messages.ts"
import { message, note, type Occurrence } from "../diagram.ts"
import { after, type Chronicle, type Known } from "./chronicle.ts"
import { coordinator, groupZero, operator } from "./cluster-pencil.ts"
import { sentence } from "./cluster-words.ts"
import { changes } from "./commit-words.ts"

interface Given {
  readonly input: CoordinatorAsked
  readonly outputs: ReadonlyArray<CoordinatorSaid>
}

/** What was known before a step, and the commit that happens in it, if one does. */
interface Seen {
  readonly before: Chronicle
  readonly labels: ReadonlyArray<Known>
}

const boss = coordinator(1)

/** The input in words, and each thing that it leads to. */
export const tellCoordinator = (
  seen: Seen,
  { input, outputs }: Given
): readonly [input: string, outputs: ReadonlyArray<string>] => [
  tellInput(seen, input),
  outputs.map((output) =>
    output._tag === "Commit"
      ? `it commits behind position ${output.seen}: ${changed(seen, output)}`
      : describeSaid(output)
  )
]

const commitIn = ({ labels }: Seen): Known | undefined => labels.find(({ label }) => label._tag === "Committed")

const tellInput = (seen: Seen, input: CoordinatorAsked): string => {
  const commit = commitIn(seen)
  if (commit === undefined) return describeAsked(input)
  const said = sentence(commit.label, commit.before)
  return input._tag === "CommitAnswered" && input.fate === "unheard" ? `${said}, and does not hear of it` : said
}

/** What a commit asks for, compared with what group 0 says by then. */
const changed = ({ before, labels }: Seen, { metadata }: Extract<CoordinatorSaid, { _tag: "Commit" }>): string => {
  const now = labels.reduce((known, { label }) => after(known, label), before)
  return changes(now.metadata, metadata).join(", ")
}

export const drawCoordinator = (seen: Seen, { input, outputs }: Given): ReadonlyArray<Occurrence> => [
  ...drawInput(seen, input),
  ...outputs.flatMap((output) => drawOutput(seen, output))
]

/** What it hears of its commit. */
const heard: Readonly<Record<CommitFate, string>> = {
  committed: "committed",
  refused: "refused",
  unheard: "committed",
  lost: "lost"
}

const drawInput = (seen: Seen, input: CoordinatorAsked): ReadonlyArray<Occurrence> => {
  switch (input._tag) {
    case "Said":
      return [message(operator, groupZero, `position ${input.at}`), note([groupZero], changesIn(seen))]
    case "CommitAnswered": {
      const isHeard = input.fate === "committed" || input.fate === "refused"
      const fate = commitIn(seen) === undefined ? describeFate(input.fate) : changesIn(seen)
      return [note([groupZero], fate), message(groupZero, boss, heard[input.fate], isHeard ? "solid" : "lost")]
    }
    case "CommandAnswered":
      return [message(input.node, boss, `barrier ${input.index}: ${input.reason ?? "done"}`)]
    case "TriggerAnswered":
      return [message(input.node, boss, `${input.operation}: ${input.reason ?? "done"}`)]
    case "ConnectionBroke":
      return [message(boss, input.node, "the connection breaks", "lost")]
  }
}

const changesIn = (seen: Seen): string => {
  const commit = commitIn(seen)
  return commit?.label._tag === "Committed"
    ? changes(commit.before.metadata, commit.label.metadata).join(", ")
    : "nothing new"
}

const drawOutput = (seen: Seen, output: CoordinatorSaid): ReadonlyArray<Occurrence> => {
  switch (output._tag) {
    case "Commit":
      return [message(boss, groupZero, `behind ${output.seen}: ${changed(seen, output)}`)]
    case "BarrierBegan":
      return output.targets.map((node) => message(boss, node, `barrier ${output.index}`))
    case "BarrierEnded":
      return [note([boss], describeSaid(output))]
    case "Trigger": {
      const under = output.session === null ? "" : `, ${output.session}`
      return [message(boss, output.node, `${output.operation} ${output.tablet}${under}`)]
    }
  }
}
